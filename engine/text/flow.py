"""What may stand in `{…}` and `[…]`: names and plain numbers. There a comma belongs to YAML.

`{cap: $3,500}` is to YAML `cap: $3` and a key `500`. That is an error which shows the block form; the tree
then holds what was meant, so that the later passes complain of what is wrong there and not of a key `500`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from .diagnostic import Diagnostics
from .document import Entry, Mapping, Node, Scalar, Sequence
from .quote import as_scalar, quoted
from .scalars import scalar_offsets
from .source import Source, Span

_NAME = r"[^\W\d][\w-]*"
_ALLOWED = re.compile(rf"{_NAME}([./]{_NAME})*|-?\d+(\.\d+)?|\d+(-\d+)+")
"""A name, a path with dots or slashes, a number, a date or another code of digits and hyphens."""

_KEY = re.compile(r"""("[^"]*"|'[^']*'|[^:\s](?:[^:]|:(?!\s))*?)\s*:(\s+|$)""")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")

_QUOTES = ("'", '"')
_SHOWN = 12
"""Lines of the block form that a help shows."""

Piece = tuple[int, int]
"""From where to where something stands in the file."""


def check_flow(node: Mapping | Sequence, key: Scalar | None, diagnostics: Diagnostics) -> Node:
    """The collection itself if only names and numbers stand in it, else what was meant, after reporting Y019.

    `node` is an outermost flow collection, `key` the key that it is the value of.
    """
    bad = next(_bad(node), None)
    if bad is None:
        return node
    meant = _meant(node)
    source, start, end = node.span.source, node.span.start, node.span.end
    key_text = key.span.text if key else None
    if isinstance(meant, Scalar):
        report_flow(source, start, end, key_text, diagnostics, at=node.span, found=node.span.text)
        return meant
    inner = _innermost(node, bad)
    comma = _misleading_comma(source.text, inner.start, inner.end)
    if comma is None:
        report_flow(source, start, end, key_text, diagnostics, at=bad.span, found=bad.span.text)
        return meant
    cut = value_around(source, inner.start, inner.end, comma)
    label = f"this comma ends the value at `{shortened(source.text[cut.start : comma])}`"
    at = Span(source, comma, comma + 1)
    report_flow(source, start, end, key_text, diagnostics, at=at, found=cut.text, label=label)
    return meant


def _innermost(node: Node, bad: Scalar) -> Span:
    """The place of the brackets that stand closest around `bad`."""
    span = node.span
    inside: Node | None = node
    while inside is not None and not isinstance(inside, Scalar):
        if inside.span.text[:1] in ("{", "["):
            span = inside.span
        around = (child for child in _children(inside) if child.span.start <= bad.span.start < child.span.end)
        inside = next(around, None)
    return span


def is_plain(text: str) -> bool:
    """Whether a text may stand between brackets: a name, a path, a number, or nothing."""
    return not text or _ALLOWED.fullmatch(text) is not None


def report_flow(
    source: Source, start: int, end: int, key: str | None, diagnostics: Diagnostics, *,
    at: Span, found: str, label: str = "",
) -> None:  # fmt: skip
    """Report Y019 at `at` for the brackets from `start` to `end`, with their block form as help."""
    text = source.text
    brackets = "{…}" if text[start] == "{" else "[…]"
    lead = f"{key}: " if key else ""
    whole = " ".join(text[start:end].split())
    lines = _block_form(text, start, end)
    if lines is None:
        help = [f"if it is a sentence, put it in quotes: `{lead}{shortened(quoted(whole), 100)}`"]
        if "," in whole:
            help.append(f"a list is written `{lead}[{shortened(whole[1:-1].strip(), 100)}]`")
    elif len(lines) == 1 and not key:
        help = [f"write it in block form: `{lines[0]}`"]
    else:
        head = [f"{key}:", *(f"  {line}" for line in lines)] if key else lines
        more = [] if len(head) <= _SHOWN else ["…"]
        help = ["\n".join(["write it in block form:", *head[:_SHOWN], *more])]
    diagnostics.report("Y019", at, label=label, help=help, brackets=brackets, found=shortened(found))


def shortened(text: str, limit: int = 60) -> str:
    """The text on one line, cut after `limit` characters."""
    text = " ".join(text.split())
    return text if len(text) <= limit else text[: limit - 1] + "…"


def _block_form(text: str, start: int, end: int) -> list[str] | None:
    """The lines that say in block form what `text[start:end]`, a bracket and its partner, was meant to say.

    Nothing for braces in which no key stands: that is prose or a list, not a mapping.
    """
    lines: list[str] = []
    if text[start] == "[":
        for piece in _pieces(text, start + 1, end - 1):
            lines.extend(_with_value("-", text, piece))
        return lines
    pairs = _pairs(text, start, end)
    if pairs is None:
        return None
    for (first, last), value in pairs:
        lines.extend(_with_value(f"{text[first:last]}:", text, value))
    return lines


def _with_value(lead: str, text: str, piece: Piece) -> list[str]:
    """A key or a dash with the value at `piece`: on its line, or below it if it needs block form too."""
    written = " ".join(text[piece[0] : piece[1]].split())
    if written[:1] not in ("{", "["):
        return [f"{lead} {written if written[:1] in _QUOTES else as_scalar(written)}" if written else lead]
    closed = written[-1] == {"{": "}", "[": "]"}[written[0]] and len(written) > 1
    if not closed or all(_ALLOWED.fullmatch(word) for word in re.split(r"[\s,:{}\[\]]+", written) if word):
        return [f"{lead} {written}"]
    below = _block_form(text, *piece)
    return [f"{lead} {quoted(written)}"] if below is None else [lead, *(f"  {line}" for line in below)]


def _bad(node: Node) -> Iterator[Scalar]:
    """The scalars of a flow collection that may not stand in one."""
    if isinstance(node, Scalar):
        if not is_plain(node.text):
            yield node
    elif isinstance(node, Sequence):
        for item in node.items:
            yield from _bad(item)
    else:
        for entry in node.entries:
            yield from _bad(entry.key)
            if without_colon(entry.key, entry.value):
                yield entry.key
            yield from _bad(entry.value)


def without_colon(key: Node, value: Node) -> bool:
    """Whether an entry of a flow mapping is a word alone, to which the parser added the rest."""
    start, end = key.span.end, value.span.end
    return value.span.start == end and ":" not in key.span.source.text[start:end]


def _meant(node: Node) -> Node:
    """The tree that the writer of a flow collection with commas of his own had in mind."""
    if isinstance(node, Scalar):
        return node
    source, start, end = node.span.source, node.span.start, node.span.end
    if source.text[start : start + 1] not in ("{", "["):  # the pair `a: b` in a list, without braces
        return node
    known = {child.span.start: child for child in _children(node)}
    if isinstance(node, Sequence):
        pieces = _pieces(source.text, start + 1, end - 1)
        return Sequence(tuple(_value(source, piece, known) for piece in pieces), node.span, True)
    pairs = _pairs(source.text, start, end)
    if pairs is None:
        return _scalar(source, (start, end))
    entries: dict[str, Entry] = {}
    for key, value in pairs:
        name = _value(source, key, known)
        if isinstance(name, Scalar):
            entries.setdefault(name.text, Entry(name, _value(source, value, known)))
    return Mapping(tuple(entries.values()), node.span, True)


def _children(node: Mapping | Sequence) -> Iterator[Node]:
    if isinstance(node, Sequence):
        yield from node.items
    else:
        for entry in node.entries:
            yield entry.key
            yield entry.value


def _value(source: Source, piece: Piece, known: dict[int, Node]) -> Node:
    node = known.get(piece[0])
    if node is not None and node.span.end == piece[1]:
        return _meant(node)
    return _scalar(source, piece)


def _scalar(source: Source, piece: Piece) -> Scalar:
    start, end = piece
    value = " ".join(source.text[start:end].split())
    offsets = scalar_offsets(value, "plain", source.text, start, end)
    return Scalar(value, "plain", Span(source, start, end), offsets, True)


def _pairs(text: str, start: int, end: int) -> list[tuple[Piece, Piece]] | None:
    """Keys and values between braces; a piece without a colon belongs to the value before it."""
    pairs: list[tuple[Piece, Piece]] = []
    for first, last in _pieces(text, start + 1, end - 1):
        colon = _KEY.match(text, first, last)
        if colon:
            pairs.append(((first, colon.end(1)), (colon.end(), last)))
        elif pairs:
            pairs[-1] = (pairs[-1][0], (pairs[-1][1][0], last))
        else:
            return None
    return pairs


def _pieces(text: str, start: int, end: int) -> list[Piece]:
    """What stands between the commas that part things: not those in calls, quotes, brackets and amounts."""
    found = commas_of(text, start, end)
    commas = [at for at, nested in found if not nested and not _THOUSANDS.match(text, at)]
    pieces = zip([start, *(at + 1 for at in commas)], [*commas, end], strict=True)
    return [piece for piece in (_trimmed(text, a, b) for a, b in pieces) if piece[0] < piece[1]]


def _trimmed(text: str, start: int, end: int) -> Piece:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def commas_of(text: str, start: int, end: int) -> Iterator[tuple[int, bool]]:
    """The commas outside quotes and outside inner brackets, each with whether it stands in parentheses."""
    calls = others = 0
    quote = ""
    before = ","
    for at in range(start, end):
        char = text[at]
        if quote:
            quote = "" if char == quote else quote
        elif char in "\"'" and before in ",:[{(=":
            quote = char
        elif char in "()":
            calls = max(0, calls + (1 if char == "(" else -1))
        elif char in "[{]}":
            others = max(0, others + (1 if char in "[{" else -1))
        elif char == "," and not others:
            yield at, calls > 0
        if not char.isspace():
            before = char


def _misleading_comma(text: str, start: int, end: int) -> int | None:
    """The first comma at which YAML ended a value that its writer meant to go on."""
    parting = {first for first, _ in _parts(text, start, end)}
    for at, _ in commas_of(text, start + 1, end - 1):
        rest = _trimmed(text, at + 1, end - 1)[0]
        if rest not in parting and rest < end - 1:
            return at
    return None


def _parts(text: str, start: int, end: int) -> list[Piece]:
    """The things between brackets as their writer meant them."""
    if text[start] == "{":
        return [(key[0], value[1]) for key, value in _pairs(text, start, end) or []]
    return _pieces(text, start + 1, end - 1)


def value_around(source: Source, start: int, end: int, at: int) -> Span:
    """The value that the comma at `at` cuts in two."""
    text = source.text
    if text[start] == "{":
        values = [value for _, value in _pairs(text, start, end) or []]
    else:
        values = _pieces(text, start + 1, end - 1)
    first, last = next(((a, b) for a, b in values if a <= at < b), (start, end))
    return Span(source, first, last)
