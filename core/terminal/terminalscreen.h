// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/textcolor.h"

#include <QByteArray>
#include <QString>

#include <deque>
#include <memory>
#include <vector>

namespace forkscope {

struct TerminalCell {
    char32_t character = 0; ///< 0: empty, or the right half of a wide one
    char32_t mark = 0; ///< the first character that combines with it; 0: none
    quint8 width = 1; ///< 1 or 2; of the right half 0
    bool bold = false, italic = false, underline = false, blink = false, reverse = false, strike = false;
    TextColor foreground, background;

    friend bool operator==(const TerminalCell &, const TerminalCell &) = default;
};
using TerminalLine = std::vector<TerminalCell>;

/// The line's characters, empty cells as spaces, without spaces at the end.
QString textOf(const TerminalLine &line);

/// What a key, or a key with modifiers, means to a program.
enum class TerminalKey : quint16 {
    Enter,
    Tab,
    Backspace,
    Escape,
    Up,
    Down,
    Left,
    Right,
    Insert,
    Delete,
    Home,
    End,
    PageUp,
    PageDown,
    F1 = 100, ///< F1 + n − 1 is Fn
};
struct TerminalModifiers {
    bool shift = false, alt = false, control = false;
};

/// A terminal as xterm is one, by libvterm: bytes in, cells out; keys in, bytes out. Not thread-safe.
class TerminalScreen
{
public:
    static constexpr int kMostScrollback = 10'000; ///< lines; the oldest go first

    TerminalScreen(int columns, int rows);
    ~TerminalScreen();
    Q_DISABLE_COPY_MOVE(TerminalScreen)

    /// What the program wrote. Any bytes.
    void write(QByteArrayView bytes);
    void resize(int columns, int rows);

    int columns() const;
    int rows() const;
    /// Lines that have left the screen at the top, oldest first; then the screen's rows.
    int scrollbackCount() const;
    TerminalLine line(int number) const; ///< 0 … scrollbackCount() + rows() − 1
    /// Whether the text of the line seems to go on in the next: libvterm does not tell, a line that is full to the edge is taken
    /// for one that does. Not on the alternate screen, where programs draw to the edge. number as of line().
    bool runsOver(int number) const;
    qint64 scrolledOff() const; ///< how many lines ever left the scrollback: line numbers shift by it

    struct Cursor {
        enum class Shape : quint8 { Block, Underline, Bar };
        int row = 0, column = 0; ///< of the screen
        bool visible = true, blinks = true;
        Shape shape = Shape::Block;
    };
    Cursor cursor() const;
    QString title() const; ///< as the program set it
    bool isAlternate() const; ///< full-screen programs use it: it has no scrollback
    enum class Mouse : quint8 { None, Click, Drag, Move };
    Mouse mouse() const; ///< what the program wants to know of the mouse

    // All of these put bytes into the output, which takeOutput() gives: for the program's input.
    void pressKey(TerminalKey key, TerminalModifiers modifiers);
    void typeCharacter(char32_t character, TerminalModifiers modifiers);
    void paste(const QString &text); ///< bracketed where the program asked for it
    void moveMouse(int row, int column, TerminalModifiers modifiers);
    /// button: 1 left, 2 middle, 3 right, 4 and 5 the wheel up and down.
    void pressMouse(int button, bool pressed, TerminalModifiers modifiers);
    /// Answers to the program's questions (what are you, where is the cursor), and what was typed.
    QByteArray takeOutput();

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace forkscope
