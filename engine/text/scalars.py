"""Where each character of a YAML value stands in the file, in each of the styles that YAML has."""

from __future__ import annotations

_ESCAPE_WIDTH = {"x": 4, "u": 6, "U": 10}
_BLANK = " \t\r\n"


def scalar_offsets(value: str, style: str, text: str, start: int, end: int) -> tuple[int, ...]:
    """For each character of `value` its offset in `text`, and one more that closes the last.

    `text[start:end]` is the value as written, with its quotes or its block header; `style` is `plain`,
    `single`, `double`, `literal` or `folded`. A folded line end stands where the line ends, an escape
    where it begins.
    """
    if style == "plain":
        if end - start == len(value):
            return tuple(range(start, end + 1))
        found = _walk_flowing(style, text, start, end)
    elif style in ("single", "double"):
        found = _walk_flowing(style, text, start + 1, end - 1)
    else:
        found = _walk_block(value, style == "folded", text, start, end)
    if len(found) != len(value) + 1:
        found = _align(value, text, start, end)
    return tuple(found)


def _walk_flowing(style: str, text: str, at: int, end: int) -> list[int]:
    """Plain and quoted values, which may run over several lines."""
    found: list[int] = []
    while at < end:
        char = text[at]
        if char == "\\" and style == "double":
            if text[at + 1] in "\r\n":  # an escaped line end vanishes; empty lines after it do not
                stop = _past_blanks(text, at + 1, end)
                found.extend(_breaks(text, at + 1, stop)[1:])
                at = stop
            else:
                found.append(at)
                at += _ESCAPE_WIDTH.get(text[at + 1], 2)
        elif char == "'" and style == "single":
            found.append(at)
            at += 2
        elif char in _BLANK:
            stop = _past_blanks(text, at, end)
            breaks = _breaks(text, at, stop)
            if not breaks:
                found.extend(range(at, stop))
            else:  # one line end reads as a blank; of several the first vanishes
                found.extend(breaks[1:] or breaks)
            at = stop
        else:
            found.append(at)
            at += 1
    return [*found, end]


def _past_blanks(text: str, at: int, end: int) -> int:
    while at < end and text[at] in _BLANK:
        at += 1
    return at


def _breaks(text: str, start: int, end: int) -> list[int]:
    """The line ends from `start` to `end`; the two characters of a Windows line end count once."""
    feeds = [at for at in range(start, end) if text[at] == "\n"]
    return [at - 1 if at > start and text[at - 1] == "\r" else at for at in feeds]


def _walk_block(value: str, folded: bool, text: str, start: int, end: int) -> list[int]:
    """Values after `|` and `>`."""
    header = text.find("\n", start, end)
    if header < 0 or not value:
        return [end if header < 0 else header]
    lines = list(_lines(text, header + 1, end))
    indent = _indent(value, text, lines)
    found: list[int] = []
    ends: list[int] = []  # line ends seen since the last content
    for first, last in lines:
        content = range(first + indent, last)
        if not folded:
            found.extend(content)
            found.append(last)
        elif not content:
            ends.append(last)
        else:
            kept = _run(value, len(found))
            found.extend(ends[len(ends) - min(kept, len(ends)) :] if kept else ends[:1])
            found.extend(content)
            ends = [last]
    found.extend(ends)
    del found[len(value) :]
    return [*found, found[-1] + 1] if found else []


def _lines(text: str, at: int, end: int) -> list[tuple[int, int]]:
    """Start and end (without the line end) of each line."""
    found = []
    while at < end:
        stop = text.find("\n", at, end)
        close = end if stop < 0 else stop
        found.append((at, close - 1 if stop > at and text[stop - 1] == "\r" else close))
        at = close + 1
    return found


def _indent(value: str, text: str, lines: list[tuple[int, int]]) -> int:
    """How many blanks open each line: those of the file's first visible line less those of the value's."""
    line = next((text[first:last] for first, last in lines if text[first:last].strip(" ")), None)
    shown = next((part for part in value.split("\n") if part.strip(" ")), None)
    if line is None or shown is None:  # nothing but blanks: what the value has of a line stands at its end
        kept = zip(lines, value.split("\n"), strict=False)
        widest = max((last - first for first, last in lines), default=0)
        return next((last - first - len(part) for (first, last), part in kept if part), widest)
    return (len(line) - len(line.lstrip(" "))) - (len(shown) - len(shown.lstrip(" ")))


def _run(value: str, at: int) -> int:
    """How many line ends stand in the value from `at` on."""
    stop = at
    while stop < len(value) and value[stop] == "\n":
        stop += 1
    return stop - at


def _align(value: str, text: str, at: int, end: int) -> list[int]:
    """Last resort for a spelling that the walks do not know: the next place that shows the same character."""
    found = []
    for char in value:
        here = text.find(char, at, end) if char not in _BLANK else at
        found.append(min(here if here >= 0 else at, max(end - 1, 0)))
        at = min(found[-1] + 1, end)
    return [*found, at]
