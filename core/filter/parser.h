// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/filter/displayfilter.h"
#include "core/filter/node.h"

#include <optional>

namespace forkscope::filter {

/// Reads a filter from left to right. An object reads one text once.
class Parser
{
public:
    explicit Parser(QStringView text) : m_text(text) { }

    /// Null where problem() says why, and for an empty text.
    NodePointer parse();
    const std::optional<Problem> &problem() const { return m_problem; }

    /// What was looked for last, and where: for completion of a text that ends at the cursor.
    enum class Expected : quint8 { Field, Operator, Value, Connective };
    struct Expectation {
        Expected what = Expected::Field;
        qsizetype at = 0;
        FieldId field = FieldId::Length; ///< of Operator, Value
    };
    const QList<Expectation> &expectations() const { return m_expectations; }

private:
    struct Number {
        double real = 0;
        qint64 floor = 0;
        bool isWhole = true;
    };
    struct FieldWord {
        FieldId id = FieldId::Length;
        QByteArrayList path;
        QString text; ///< as it was written
    };

    NodePointer any();
    NodePointer all();
    NodePointer unary();
    NodePointer test();
    bool field(FieldWord &word);
    bool quoted(QString &text, bool keepsEscapes);
    bool values(const FieldWord &word, Test &test);
    bool set(const FieldWord &word, Test &test);
    bool oneValue(const FieldWord &word, Test &test, const QString &op);
    bool stringValue(const FieldWord &word, QString &text, bool keepsEscapes);
    bool expressionValue(const FieldWord &word, Test &test);
    bool hexValue(Test &test);
    bool dateValue(Test &test, const QString &op);
    std::optional<Number> number(ValueType type);
    std::optional<qint64> unit(ValueType type);
    QString operatorHere();

    static bool isWordPart(QChar c) { return c.isLetterOrNumber() || c == u'_' || c == u'-'; }
    void skipSpace();
    bool take(QStringView what);
    bool takeWord(QStringView word);
    QStringView wordHere(qsizetype at) const; ///< letters, digits, '_', '-'; for messages and keywords
    bool atEnd() const { return m_at >= m_text.size(); }
    QChar here(qsizetype ahead = 0) const { return m_at + ahead < m_text.size() ? m_text[m_at + ahead] : QChar(); }
    void expect(Expected what, FieldId field = FieldId::Length) { m_expectations.append({what, m_at, field}); }
    struct Failed {
        operator bool() const { return false; }
        operator NodePointer() const { return nullptr; }
    };
    Failed fail(qsizetype at, qsizetype length, const QString &text); ///< notes the first one
    Failed failHere(const QString &text); ///< at the word or character here
    static NodePointer joined(Node::Kind kind, std::vector<NodePointer> parts);

    QStringView m_text;
    qsizetype m_at = 0;
    int m_depth = 0, m_tests = 0;
    std::optional<Problem> m_problem;
    QList<Expectation> m_expectations;
};

} // namespace forkscope::filter
