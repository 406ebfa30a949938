// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/terminal/terminalscreen.h"

#include "core/terminal/sequencefilter.h"

#include <vterm.h>

#include <algorithm>

namespace forkscope {

namespace {

TextColor colorOf(const VTermColor &color)
{
    TextColor result;
    if (VTERM_COLOR_IS_DEFAULT_FG(&color) || VTERM_COLOR_IS_DEFAULT_BG(&color))
        return result;
    if (VTERM_COLOR_IS_INDEXED(&color)) {
        result.kind = TextColor::Kind::Indexed;
        result.index = color.indexed.idx;
    } else {
        result = {TextColor::Kind::Rgb, 0, color.rgb.red, color.rgb.green, color.rgb.blue};
    }
    return result;
}

/// libvterm 0.1.4 writes a wide character out of bounds where a line (of double width: half a line) has no room for two cells.
constexpr int kLeastColumns = 4;
constexpr int kLeastRows = 2;

/// libvterm marks the right half of a wide character so.
constexpr uint32_t kRightHalf = uint32_t(-1);

TerminalCell cellOf(const VTermScreenCell &from)
{
    TerminalCell cell;
    const bool rightHalf = from.chars[0] == kRightHalf;
    cell.character = rightHalf ? 0 : char32_t(from.chars[0]);
    cell.mark = rightHalf || from.chars[0] == 0 ? 0 : char32_t(from.chars[1]);
    cell.width = rightHalf ? 0 : quint8(from.width);
    cell.bold = from.attrs.bold;
    cell.italic = from.attrs.italic;
    cell.underline = from.attrs.underline != VTERM_UNDERLINE_OFF;
    cell.blink = from.attrs.blink;
    cell.reverse = from.attrs.reverse;
    cell.strike = from.attrs.strike;
    cell.foreground = colorOf(from.fg);
    cell.background = colorOf(from.bg);
    return cell;
}

/// Back into libvterm's form, for a line that returns to a screen that has grown. It knows only its own colour flags.
VTermScreenCell cellFor(const TerminalCell &cell)
{
    VTermScreenCell to{};
    to.chars[0] = cell.width == 0 ? kRightHalf : cell.character;
    to.chars[1] = cell.width == 0 ? 0 : cell.mark;
    to.width = char(std::max<quint8>(cell.width, 1));
    to.attrs.bold = cell.bold;
    to.attrs.italic = cell.italic;
    to.attrs.underline = cell.underline ? VTERM_UNDERLINE_SINGLE : VTERM_UNDERLINE_OFF;
    to.attrs.blink = cell.blink;
    to.attrs.reverse = cell.reverse;
    to.attrs.strike = cell.strike;
    const auto convert = [](const TextColor &color, VTermColor &result, int defaultFlag) {
        if (color.kind == TextColor::Kind::Indexed)
            vterm_color_indexed(&result, color.index);
        else
            vterm_color_rgb(&result, color.red, color.green, color.blue);
        if (color.kind == TextColor::Kind::Default)
            result.type |= uint8_t(defaultFlag);
    };
    convert(cell.foreground, to.fg, VTERM_COLOR_DEFAULT_FG);
    convert(cell.background, to.bg, VTERM_COLOR_DEFAULT_BG);
    return to;
}

VTermModifier modifiersOf(TerminalModifiers modifiers)
{
    return VTermModifier(
        (modifiers.shift ? VTERM_MOD_SHIFT : 0) | (modifiers.alt ? VTERM_MOD_ALT : 0) | (modifiers.control ? VTERM_MOD_CTRL : 0));
}

} // namespace

struct TerminalScreen::Private {
    VTerm *terminal = nullptr;
    VTermScreen *screen = nullptr;
    std::deque<TerminalLine> scrollback;
    qint64 scrolledOff = 0;
    Cursor cursor;
    QString title;
    bool alternate = false;
    Mouse mouse = Mouse::None;
    QByteArray output;
    SequenceFilter sequences;

    static Private &of(void *user) { return *static_cast<Private *>(user); }

    static int moveCursor(VTermPos position, VTermPos, int, void *user)
    {
        of(user).cursor.row = position.row;
        of(user).cursor.column = position.col;
        return 1;
    }

    static int setProperty(VTermProp property, VTermValue *value, void *user)
    {
        Private &d = of(user);
        switch (property) {
        case VTERM_PROP_CURSORVISIBLE:
            d.cursor.visible = value->boolean;
            break;
        case VTERM_PROP_CURSORBLINK:
            d.cursor.blinks = value->boolean;
            break;
        case VTERM_PROP_CURSORSHAPE:
            d.cursor.shape = value->number == VTERM_PROP_CURSORSHAPE_UNDERLINE ? Cursor::Shape::Underline
                : value->number == VTERM_PROP_CURSORSHAPE_BAR_LEFT             ? Cursor::Shape::Bar
                                                                               : Cursor::Shape::Block;
            break;
        case VTERM_PROP_ALTSCREEN:
            d.alternate = value->boolean;
            break;
        case VTERM_PROP_TITLE:
            d.title = QString::fromUtf8(value->string).left(200);
            break;
        case VTERM_PROP_MOUSE:
            d.mouse = Mouse(std::clamp(value->number, 0, 3));
            break;
        default:
            return 0;
        }
        return 1;
    }

    static int pushLine(int columns, const VTermScreenCell *cells, void *user)
    {
        Private &d = of(user);
        TerminalLine line;
        // Without the empty end: most lines are short, and there may be ten thousand.
        while (columns > 0 && cells[columns - 1].chars[0] == 0 && colorOf(cells[columns - 1].bg) == TextColor())
            --columns;
        line.reserve(size_t(columns));
        for (int i = 0; i < columns; ++i)
            line.push_back(cellOf(cells[i]));
        d.scrollback.push_back(std::move(line));
        if (d.scrollback.size() > kMostScrollback) {
            d.scrollback.pop_front();
            ++d.scrolledOff;
        }
        return 1;
    }

    static int popLine(int columns, VTermScreenCell *cells, void *user)
    {
        Private &d = of(user);
        if (d.scrollback.empty())
            return 0;
        const TerminalLine line = std::move(d.scrollback.back());
        d.scrollback.pop_back();
        for (int i = 0; i < columns; ++i) {
            const bool isThere = size_t(i) < line.size() && (i + 1 < columns || line[size_t(i)].width < 2);
            cells[i] = cellFor(isThere ? line[size_t(i)] : TerminalCell());
        }
        return 1;
    }

    static void takeBytes(const char *bytes, size_t length, void *user) { of(user).output.append(bytes, qsizetype(length)); }
};

QString textOf(const TerminalLine &line)
{
    QString text;
    for (const TerminalCell &cell : line) {
        if (cell.width == 0)
            continue;
        text += cell.character ? QString::fromUcs4(&cell.character, 1) : QStringLiteral(" ");
        if (cell.mark)
            text += QString::fromUcs4(&cell.mark, 1);
    }
    while (text.endsWith(u' '))
        text.chop(1);
    return text;
}

TerminalScreen::TerminalScreen(int columns, int rows) : d(std::make_unique<Private>())
{
    static constexpr VTermScreenCallbacks callbacks
        = {nullptr, nullptr, Private::moveCursor, Private::setProperty, nullptr, nullptr, Private::pushLine, Private::popLine};
    d->terminal = vterm_new(std::max(rows, kLeastRows), std::max(columns, kLeastColumns));
    vterm_set_utf8(d->terminal, 1);
    vterm_output_set_callback(d->terminal, Private::takeBytes, d.get());
    d->screen = vterm_obtain_screen(d->terminal);
    vterm_screen_set_callbacks(d->screen, &callbacks, d.get());
    vterm_screen_enable_altscreen(d->screen, 1);
    vterm_screen_reset(d->screen, 1);
}

TerminalScreen::~TerminalScreen()
{
    vterm_free(d->terminal);
}

void TerminalScreen::write(QByteArrayView bytes)
{
    const QByteArray passed = d->sequences.filter(bytes, columns());
    vterm_input_write(d->terminal, passed.constData(), size_t(passed.size()));
}

void TerminalScreen::resize(int columnCount, int rowCount)
{
    // libvterm 0.1.4 keeps margins that lie outside of the new size, and can leave the cursor in a row above the first: both make
    // it scroll out of bounds. Whoever set margins draws anew when the size changes.
    const auto place = [this] {
        const int row = std::clamp(d->cursor.row, 0, rows() - 1);
        const int column = std::clamp(d->cursor.column, 0, columns() - 1);
        const QByteArray sequence
            = "\x1b[?69l\x1b[r\x1b[" + QByteArray::number(row + 1) + ';' + QByteArray::number(column + 1) + 'H';
        vterm_input_write(d->terminal, sequence.constData(), size_t(sequence.size()));
    };
    place();
    vterm_set_size(d->terminal, std::max(rowCount, kLeastRows), std::max(columnCount, kLeastColumns));
    place();
}

int TerminalScreen::columns() const
{
    int rows, columns;
    vterm_get_size(d->terminal, &rows, &columns);
    return columns;
}

int TerminalScreen::rows() const
{
    int rows, columns;
    vterm_get_size(d->terminal, &rows, &columns);
    return rows;
}

int TerminalScreen::scrollbackCount() const
{
    return int(d->scrollback.size());
}

TerminalLine TerminalScreen::line(int number) const
{
    if (number < scrollbackCount())
        return d->scrollback[size_t(number)];
    TerminalLine line;
    const int width = columns();
    line.reserve(size_t(width));
    for (int column = 0; column < width; ++column) {
        VTermScreenCell cell;
        if (!vterm_screen_get_cell(d->screen, {number - scrollbackCount(), column}, &cell))
            break;
        line.push_back(cellOf(cell));
    }
    return line;
}

bool TerminalScreen::runsOver(int number) const
{
    if (number + 1 >= scrollbackCount() + rows() || (isAlternate() && number >= scrollbackCount()))
        return false;
    const TerminalLine cells = line(number);
    if (int(cells.size()) < columns())
        return false;
    const TerminalCell &last = cells.back();
    return last.width == 0 || (last.character != 0 && last.character != U' ');
}

qint64 TerminalScreen::scrolledOff() const
{
    return d->scrolledOff;
}

TerminalScreen::Cursor TerminalScreen::cursor() const
{
    return d->cursor;
}

QString TerminalScreen::title() const
{
    return d->title;
}

bool TerminalScreen::isAlternate() const
{
    return d->alternate;
}

TerminalScreen::Mouse TerminalScreen::mouse() const
{
    return d->mouse;
}

void TerminalScreen::pressKey(TerminalKey key, TerminalModifiers modifiers)
{
    static constexpr VTermKey keys[]
        = {VTERM_KEY_ENTER, VTERM_KEY_TAB, VTERM_KEY_BACKSPACE, VTERM_KEY_ESCAPE, VTERM_KEY_UP, VTERM_KEY_DOWN, VTERM_KEY_LEFT,
            VTERM_KEY_RIGHT, VTERM_KEY_INS, VTERM_KEY_DEL, VTERM_KEY_HOME, VTERM_KEY_END, VTERM_KEY_PAGEUP, VTERM_KEY_PAGEDOWN};
    // With Shift or Ctrl libvterm would send sequences for these that hardly a program understands ("CSI u").
    if (key == TerminalKey::Backspace && modifiers.control) {
        d->output += modifiers.alt ? "\x1b\b" : "\b";
        return;
    }
    if (key == TerminalKey::Enter || key == TerminalKey::Escape || key == TerminalKey::Backspace)
        modifiers = {false, modifiers.alt, false};
    else if (key == TerminalKey::Tab)
        modifiers = {modifiers.shift, modifiers.alt && !modifiers.shift, false};
    const VTermKey code
        = key >= TerminalKey::F1 ? VTermKey(VTERM_KEY_FUNCTION_0 + 1 + int(key) - int(TerminalKey::F1)) : keys[size_t(key)];
    vterm_keyboard_key(d->terminal, code, modifiersOf(modifiers));
}

void TerminalScreen::typeCharacter(char32_t character, TerminalModifiers modifiers)
{
    // As above: Ctrl with h, i, j, m, [ and the space bar are the control characters that they have always been.
    if (modifiers.control && (character == U' ' || (character >= U'@' && character <= U'~'))) {
        if (modifiers.alt)
            d->output += '\x1b';
        d->output += char(character & 0x1f); // of the space bar: NUL
        return;
    }
    vterm_keyboard_unichar(d->terminal, character, modifiersOf(modifiers));
}

void TerminalScreen::paste(const QString &text)
{
    vterm_keyboard_start_paste(d->terminal);
    // The Enter key sends CR. ESC could end the bracket and pretend to be typed.
    QString plain = text;
    plain.replace(QStringLiteral("\r\n"), QStringLiteral("\r")).replace(u'\n', u'\r').remove(u'\x1b');
    d->output += plain.toUtf8();
    vterm_keyboard_end_paste(d->terminal);
}

void TerminalScreen::moveMouse(int row, int column, TerminalModifiers modifiers)
{
    vterm_mouse_move(d->terminal, row, column, modifiersOf(modifiers));
}

void TerminalScreen::pressMouse(int button, bool pressed, TerminalModifiers modifiers)
{
    vterm_mouse_button(d->terminal, button, pressed, modifiersOf(modifiers));
}

QByteArray TerminalScreen::takeOutput()
{
    return std::exchange(d->output, {});
}

} // namespace forkscope
