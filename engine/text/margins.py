"""What is written between the entries of a YAML file: comments and empty lines, each with the entry it belongs to."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias

from .document import Comment, Document, Entry, Mapping, Node, Scalar, Sequence

Child: TypeAlias = Entry | Node
"""An entry of a mapping or an item of a sequence."""


@dataclass(frozen=True, slots=True)
class Remark:
    """A comment on a line of its own; `apart` says that an empty line stands above it."""

    text: str
    apart: bool


@dataclass(frozen=True, slots=True)
class Margins:
    """By the identity of an entry, item or collection: comments above it, beside it, and at the end within it; which
    entries and items have an empty line right above.
    """

    above: dict[int, list[Remark]] = field(default_factory=dict)
    beside: dict[int, list[str]] = field(default_factory=dict)
    last: dict[int, list[Remark]] = field(default_factory=dict)
    apart: set[int] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a child stands: the collections around it from the outermost in, and the end of the brackets around it."""

    child: Child
    start: int
    around: tuple[Mapping | Sequence, ...]
    flow_end: int

    @property
    def own_flow_end(self) -> int:
        """The end of the brackets that the child is in, or that it holds."""
        node = self.child.value if isinstance(self.child, Entry) else self.child
        opens = not isinstance(node, Scalar) and node.in_flow
        return self.flow_end or (node.span.end if opens else 0)


def margins(document: Document) -> Margins:
    """Every comment of a document with what it belongs to.

    A comment on a line of its own belongs to the entry or item below it. One that is indented deeper than that ends
    the block above. A comment beside something belongs to what begins last before it.
    """
    found = Margins()
    places = list(_places(document))
    text = document.source.text
    for place in places:
        if _is_apart(text, place.start):
            found.apart.add(id(place.child))
    at, group, level = 0, -1, 0
    for comment in document.comments:
        start = comment.span.start
        while at < len(places) and places[at].start < start:
            at += 1
        before, after = places[at - 1] if at else None, places[at] if at < len(places) else None
        if at != group:
            group, level = at, 1000
        remark = Remark(comment.text.rstrip(), _is_apart(text, start))
        if before is None:
            target = found.above.setdefault(id(places[0].child), [])
            target.append(remark)
        elif not comment.own_line:
            found.beside.setdefault(id(_beside(places, at - 1, start).child), []).append(remark.text)
        elif after is not None and after.flow_end and after.around[-1].span.start < start:
            found.above.setdefault(id(after.child), []).append(remark)
        elif before.flow_end > start:
            found.last.setdefault(id(before.around[-1]), []).append(remark)
        elif _opens_later(before, start):
            found.above.setdefault(id(before.child), []).append(remark)
        else:
            level = _level(comment, before, after, level)
            if level:
                found.last.setdefault(id(_around(before)[level - 1]), []).append(remark)
            elif after is not None:
                found.above.setdefault(id(after.child), []).append(remark)
    return found


def children(node: Mapping | Sequence) -> tuple[Child, ...]:
    """The entries of a mapping or the items of a sequence."""
    return node.entries if isinstance(node, Mapping) else node.items


def _places(document: Document) -> list[_Place]:
    found: list[_Place] = []
    text = document.source.text

    def visit(node: Node, around: tuple[Mapping | Sequence, ...], flow_end: int) -> None:
        if isinstance(node, Scalar):
            return
        around, flow_end = (*around, node), flow_end or (node.span.end if node.in_flow else 0)
        for child in children(node):
            if isinstance(child, Entry):
                start, inner = child.key.span.start, child.value
            else:
                start, inner = child.span.start if flow_end else _dash(text, child.span.start), child
            found.append(_Place(child, start, around, flow_end))
            visit(inner, around, flow_end)

    visit(document.root, (), 0)
    return found


def _dash(text: str, start: int) -> int:
    """Where the dash of an item stands whose content begins at `start`."""
    end = start
    while end > 0:
        line = text.rfind("\n", 0, end) + 1
        written = text[line:end].partition(" #")[0] if end < start else text[line:end]
        bare = written.rstrip(" \t\r")
        if bare.endswith("-"):
            return line + len(bare) - 1
        end = line - 1
    return start


def _beside(places: list[_Place], at: int, start: int) -> _Place:
    """What a comment at `start` stands beside: the last that began before, and the brackets where they have closed."""
    while at and 0 < places[at].flow_end <= start:
        at -= 1
    return places[at]


def _opens_later(place: _Place, start: int) -> bool:
    """Whether the text or the brackets of an entry or item begin only below `start`."""
    node = place.child.value if isinstance(place.child, Entry) else place.child
    return (isinstance(node, Scalar) or node.in_flow) and bool(node.span.text) and node.span.start > start


def _around(place: _Place) -> list[Mapping | Sequence]:
    return [node for node in place.around if not node.in_flow]


def _level(comment: Comment, before: _Place, after: _Place | None, level: int) -> int:
    """How many collections deep a comment ends a block; 0 where it belongs to what is below it."""
    if after is None:
        shared, below = 0, -1
    else:
        around = _around(after)
        shared, below = len(around), _column(comment, after.start)
        if before.child is around[-1] or _holds(before.child, around[-1]):
            return 0  # the first of its block
    own = _column(comment, comment.span.start)
    if own <= below:
        return 0
    chain = _around(before)
    fitting = [at for at, node in enumerate(chain, 1) if shared < at <= level and _column(comment, _begin(node)) <= own]
    return fitting[-1] if fitting else 0 if after else 1


def _holds(child: Child, node: Node) -> bool:
    return isinstance(child, Entry) and child.value is node


def _begin(node: Mapping | Sequence) -> int:
    return node.entries[0].key.span.start if isinstance(node, Mapping) and node.entries else node.span.start


def _column(comment: Comment, offset: int) -> int:
    return comment.span.source.position(offset)[1]


def _is_apart(text: str, offset: int) -> bool:
    """Whether the line above that of `offset` is empty."""
    line = text.rfind("\n", 0, offset)
    above = text.rfind("\n", 0, max(line, 0))
    return line > 0 and not text[above + 1 : line].strip()
