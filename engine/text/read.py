"""From a source to the tree of its YAML: everything text, every character with its place, nothing clever.

The parser's events are turned into the tree with a stack of our own, so that no nesting can exhaust Python's,
and depth and size are known to be bounded before anything is built.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

import yaml

from .characters import FORBIDDEN, check_characters, report_character
from .comments import check_lost_text, find_comments
from .diagnostic import Diagnostics, Label
from .document import Document, Entry, Mapping, Node, Scalar, Sequence
from .flow import check_flow, shortened, without_colon
from .load import FILE_LIMIT, report_too_large
from .quote import quoted
from .scalars import scalar_offsets
from .source import Source, Span
from .yaml_errors import explain

DEPTH_LIMIT = 100
"""Levels of nesting."""
NODE_LIMIT = 200_000
"""Keys, values and collections of one file."""
SCALAR_LIMIT = 100_000
"""Characters of one value."""

_STYLES = {"'": "single", '"': "double", "|": "literal", ">": "folded"}
_PROPERTIES = re.compile(r"(?:[&!]\S*[ \t\r\n]*)*")
_READINGS = {
    **dict.fromkeys(("y", "yes", "on", "true"), "true"),
    **dict.fromkeys(("n", "no", "off", "false"), "false"),
    **dict.fromkeys(("null", "~"), "nothing"),
}
"""What YAML 1.1 makes of a word."""

_FAST: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The parser written in C where it was built: the same events and places, thirty times as fast."""


def read_document(source: Source, diagnostics: Diagnostics, *, loader: Any = _FAST) -> Document | None:
    """The tree of a YAML file, with its comments; complaints (Y004 to Y031) go to `diagnostics`.

    Nothing comes back where there is no tree to speak of: YAML is broken, the file is empty, too
    large or too deep. Otherwise the tree holds what could be read. `loader` is PyYAML's parser.
    """
    if len(source.text) > FILE_LIMIT:
        report_too_large(source, diagnostics)
        return None
    if not check_characters(source, diagnostics) or not _check_tabs(source, diagnostics):
        return None
    found = Diagnostics()
    reader = _Reader(source, found)
    parser = loader(source.text)
    try:
        while parser.check_event():
            if not reader.take(parser.get_event()):
                break
    except yaml.MarkedYAMLError as problem:
        refusal = Diagnostics()
        explain(source, problem, reader.scalars[-1] if reader.scalars else None, refusal)
        # What was said of the line that turned out to be broken was said of a misreading of it.
        broken = {source.position(told.span.start)[0] for told in refusal.sorted()}
        told_before = (told for told in found.sorted() if source.position(told.span.start)[0] not in broken)
        diagnostics.extend(told_before)
        diagnostics.extend(refusal.sorted())
        return None
    finally:
        parser.dispose()
    diagnostics.extend(found.sorted())
    if reader.stopped:
        return None
    root = reader.root
    if root is None or (isinstance(root, Scalar) and not root.text and root.style == "plain"):
        diagnostics.report("Y008", Span(source, 0, 0), help="a file begins with `key: value`")
        return None
    comments = find_comments(source, reader.scalars)
    check_lost_text(source, reader.scalars, comments, diagnostics)
    return Document(source, root, comments, tuple(reader.repeated))


_TABS = re.compile(r"^ *\t[ \t]*(?=[^\s])", re.MULTILINE)


def _check_tabs(source: Source, diagnostics: Diagnostics) -> bool:
    """Whether no line is indented with a tab (Y007)."""
    tabs = list(_TABS.finditer(source.text))
    for found in tabs[:5]:
        at = source.text.index("\t", found.start())
        diagnostics.report("Y007", Span(source, at, found.end()), help="indent with blanks, two to a level")
    return not tabs


@dataclass(slots=True)
class _Frame:
    """A collection that is being read."""

    start: int
    is_mapping: bool
    in_flow: bool
    end: int
    key: Node | None = None
    entries: list[Entry] = field(default_factory=list)
    items: list[Node] = field(default_factory=list)
    first: dict[str, Scalar] = field(default_factory=dict)


class _Reader:
    """Takes the parser's events one by one; `stopped` says that a limit was passed."""

    def __init__(self, source: Source, diagnostics: Diagnostics) -> None:
        self.source = source
        self.diagnostics = diagnostics
        self.stack: list[_Frame] = []
        self.scalars: list[Scalar] = []
        self.repeated: list[Entry] = []
        self.root: Node | None = None
        self.stopped = False
        self.count = 0

    def take(self, event: Any) -> bool:
        """Whether the file is to be read on after this event."""
        start, end = event.start_mark.index, event.end_mark.index
        if isinstance(event, yaml.ScalarEvent):
            self._properties(event, start)
            self._add(self._scalar(event, start, end))
        elif isinstance(event, yaml.AliasEvent):
            self._report_alias(start, end)
            text = self.source.text[start:end]
            offsets = tuple(range(start, end + 1))
            self._add(self._keep(Scalar(text, "plain", Span(self.source, start, end), offsets)))
        elif isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent)):
            self._properties(event, start)
            is_mapping = isinstance(event, yaml.MappingStartEvent)
            self.stack.append(_Frame(start, is_mapping, bool(event.flow_style), end))
            if len(self.stack) > DEPTH_LIMIT:
                help = "a policy never needs a tenth of that; check the brackets"
                self.diagnostics.report("Y016", Span(self.source, start, end), help=help, limit=DEPTH_LIMIT)
                self.stopped = True
        elif isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
            self._close(end)
        elif isinstance(event, yaml.DocumentStartEvent):
            return self._document(event, start, end)
        self.count += 1
        if self.count > 2 * NODE_LIMIT or len(self.scalars) > NODE_LIMIT:
            span = Span(self.source, start, max(start, end))
            help = "rows of data belong in a dataset"
            self.diagnostics.report("Y017", span, help=help, limit=f"{NODE_LIMIT:,}")
            self.stopped = True
        return not self.stopped

    def _document(self, event: Any, start: int, end: int) -> bool:
        text = self.source.text
        if event.version or event.tags:
            line = text[start:end].split("\n")[0].rstrip()
            span = Span(self.source, start, start + len(line))
            self.diagnostics.report("Y031", span, help="delete the line", found=line)
        if self.root is None:
            return True
        self.diagnostics.report(
            "Y009", Span(self.source, start, end), label="begins here",
            help="put it in a file of its own, or delete the line `---`",
        )  # fmt: skip
        return False

    def _properties(self, event: Any, start: int) -> None:
        """Complain of an anchor or a tag before a value."""
        if event.anchor is None and event.tag is None:
            return
        written = _PROPERTIES.match(self.source.text, start)
        for found in islice(re.finditer(r"[&!]\S*", written.group() if written else ""), 3):
            span = Span(self.source, start + found.start(), start + found.end())
            if found.group()[0] == "&":
                help = f"give the value a name under `parameters` or `definitions`; {self._quotes(start)}"
                self.diagnostics.report("Y010", span, help=help, found=found.group(), kind="an anchor")
            else:
                help = f"delete it: its place says what a value is; {self._quotes(start)}"
                self.diagnostics.report("Y011", span, help=help, found=found.group())

    def _report_alias(self, start: int, end: int) -> None:
        found = self.source.text[start:end]
        help = f"repeat the value, or name it under `parameters` or `definitions`; {self._quotes(start)}"
        span = Span(self.source, start, end)
        self.diagnostics.report("Y010", span, help=help, found=found, kind="an alias")

    def _quotes(self, start: int) -> str:
        line = self.source.text[start : start + 200].split("\n", 1)[0]
        return f"if it is part of the text, put the text in quotes: `{shortened(quoted(line.strip()))}`"

    def _scalar(self, event: Any, start: int, end: int) -> Scalar:
        text, value = self.source.text, event.value
        if event.anchor is not None or event.tag is not None:
            written = _PROPERTIES.match(text, start, end)
            start = min(written.end(), end) if written else start
        style = _STYLES.get(event.style or "", "plain")
        offsets = scalar_offsets(value, style, text, start, end)
        if style in ("literal", "folded"):
            shown = len(value.rstrip("\n"))
            header = text.find("\n", start, end)
            end = offsets[shown - 1] + 1 if shown else end if header < 0 else header
        span = Span(self.source, start, end)
        if len(value) > SCALAR_LIMIT:
            self.diagnostics.report("Y018", span, length=f"{len(value):,}", limit=f"{SCALAR_LIMIT:,}")
            value, offsets = value[:80], offsets[:81]
        if style == "double" and (hidden := FORBIDDEN.search(value)):
            at = offsets[hidden.start()]
            escape = Span(self.source, at, max(at + 1, offsets[hidden.start() + 1]))
            report_character(escape, hidden.group(), self.diagnostics)
        in_flow = bool(self.stack) and self.stack[-1].in_flow
        return self._keep(Scalar(value, style, span, offsets, in_flow))

    def _keep(self, scalar: Scalar) -> Scalar:
        self.scalars.append(scalar)
        return scalar

    def _close(self, end: int) -> None:
        frame = self.stack.pop()
        span = Span(self.source, frame.start, end if frame.in_flow else frame.end)
        node: Mapping | Sequence
        if frame.is_mapping:
            node = Mapping(tuple(frame.entries), span, frame.in_flow)
        else:
            node = Sequence(tuple(frame.items), span, frame.in_flow)
        outer = self.stack[-1] if self.stack else None
        if frame.in_flow and (outer is None or not outer.in_flow):
            key = outer.key if outer and isinstance(outer.key, Scalar) else None
            self._add(check_flow(node, key, self.diagnostics))
        else:
            self._add(node)

    def _add(self, node: Node) -> None:
        """Put a finished node where it belongs."""
        if not self.stack:
            self.root = node
            return
        frame = self.stack[-1]
        frame.end = max(frame.end, node.span.end)
        if not frame.is_mapping:
            frame.items.append(node)
        elif frame.key is None:
            frame.key = node
        else:
            key, frame.key = frame.key, None
            if isinstance(key, Scalar) and self._check_key(key, node, frame):
                frame.entries.append(Entry(key, node))
            elif not isinstance(key, Scalar):
                help = "write a name, a colon and a blank; a text that begins with a bracket stands in quotes"
                self.diagnostics.report("Y014", key.span, help=help, found="a list or a mapping")

    def _check_key(self, key: Scalar, value: Node, frame: _Frame) -> bool:
        """Whether an entry with this key is kept."""
        report, plain = self.diagnostics.report, key.style == "plain"
        before = self.source.text[: key.span.start].rpartition("\n")[2].rstrip()
        if plain and not key.text:
            report("Y014", key.span, help="write a name before the colon", found="nothing at all")
            return False
        if before.endswith("?") and before[-2:-1] in ("", " ", "{", "[", ",", "-"):
            help = f"delete the `?` and write `{shortened(key.text)}: value`"
            report("Y014", key.span, help=help, found="one after `?`")
        if plain and key.text == "<<":
            report("Y012", key.span, help="write the entries out, or use `extends`")
            return False
        reading = _READINGS.get(key.text.lower()) if plain else None
        if reading and not (frame.in_flow and without_colon(key, value)):
            help = f'give it a longer name, or put it in quotes: `"{key.text}":`'
            report("Y015", key.span, help=help, key=key.text, reading=reading)
        if key.text in frame.first:
            earlier = Label(frame.first[key.text].span, "first written here")
            help, name = "keep one of the two, or give one another name", shortened(key.text)
            report("Y013", key.span, label="again here", others=(earlier,), help=help, key=name)
            self.repeated.append(Entry(key, value))
            return False
        frame.first[key.text] = key
        return True
