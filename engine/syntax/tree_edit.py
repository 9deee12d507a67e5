"""The tree of a policy with another text at a path, without what stands there, or with more.

A path names keys, and in lists of choices the words of their lines: `accountability.ratings.A`. Where a rule has a
block the path of the rule stands for its text, as `specie diff` has it; `versions` is not said.
"""

from __future__ import annotations

from collections.abc import Sequence as Several
from dataclasses import dataclass, replace

from ..text.document import Entry, Mapping, Node, Scalar, Sequence
from ..text.source import Span

Route = tuple[int, ...]
"""The way to a node: the places of entries and items from the root on."""

_TEXTS = ("test", "value")
"""The keys of the text of a rule."""


def route_of(root: Node, path: str) -> Route | None:
    """The way to what stands at a path; nothing where nothing does."""
    node, steps = root, path.split(".")
    route: Route = ()
    while steps:
        found = _step(node, steps[0])
        if found is None:
            inside = _step(node, "versions")
            if inside is None:
                return None
            route, node = (*route, *inside[0]), inside[1]
            found = _step(node, steps[0])
            if found is None:
                return None
        route, node, steps = (*route, *found[0]), found[1], steps[1:]
    return route


def route_of_text(root: Node, path: str) -> Route | None:
    """The way to the text at a path; nothing where a block stands there that is not a rule with one text."""
    route = route_of(root, path)
    if route is None:
        return None
    node = node_at(root, route)
    if isinstance(node, Scalar):
        return route
    inside = next((found for key in _TEXTS if (found := _step(node, key)) is not None), None)
    return (*route, *inside[0]) if inside is not None and isinstance(inside[1], Scalar) else None


def _step(node: Node, name: str) -> tuple[Route, Node] | None:
    if isinstance(node, Mapping):
        for place, entry in enumerate(node.entries):
            if entry.key.text == name:
                return (place,), entry.value
    elif isinstance(node, Sequence):
        for place, item in enumerate(node.items):
            line = _line(item)
            if line is not None and line.key.text == name:
                return (place, 0), line.value
    return None


def _line(item: Node) -> Entry | None:
    """The entry of a line of a list of choices."""
    return item.entries[0] if isinstance(item, Mapping) and len(item.entries) == 1 else None


def node_at(root: Node, route: Route) -> Node:
    """What stands at the end of a way."""
    for place in route:
        assert not isinstance(root, Scalar)
        root = root.entries[place].value if isinstance(root, Mapping) else root.items[place]
    return root


def with_text(root: Node, route: Route, text: Scalar, key: Span) -> Node:
    """The tree with another text at the end of a way. What is complained of its key is said of `key`."""
    place, rest = route[0], route[1:]
    if isinstance(root, Mapping):
        entry = root.entries[place]
        if rest:
            new = replace(entry, value=with_text(entry.value, rest, text, key))
        else:
            name = entry.key.text
            moved = replace(entry.key, span=key, offsets=(*[key.start] * len(name), key.end))
            new = Entry(moved, text)
        return replace(root, entries=(*root.entries[:place], new, *root.entries[place + 1 :]))
    assert isinstance(root, Sequence)
    items = root.items
    below = with_text(items[place], rest, text, key) if rest else text
    return replace(root, items=(*items[:place], below, *items[place + 1 :]))


def without(root: Node, route: Route) -> Node | None:
    """The tree without what stands at the end of a way, and without blocks and lists that would be empty then."""
    place, rest = route[0], route[1:]
    if isinstance(root, Mapping):
        entry = root.entries[place]
        below = without(entry.value, rest) if rest else None
        kept = () if below is None else (replace(entry, value=below),)
        entries = (*root.entries[:place], *kept, *root.entries[place + 1 :])
        return replace(root, entries=entries) if entries else None
    assert isinstance(root, Sequence)
    items = root.items
    item = without(items[place], rest) if rest else None
    left = (*items[:place], *(() if item is None else (item,)), *items[place + 1 :])
    return replace(root, items=left) if left else None


# -- what is added --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Clash:
    """What is to be added and what is there already, with its path."""

    path: str
    added: Entry
    there: Entry


def with_added(roots: Several[Node], fragment: Mapping, clashes: list[Clash]) -> list[Node]:
    """Several trees, of which the earlier hold for more, with the entries of a fragment: each where its block stands,
    else in the first tree. What is there already goes to `clashes`.
    """
    found = list(roots)
    _add(found, list(range(len(found))), (), fragment, clashes)
    return found


def _add(
    roots: list[Node], holders: list[int], steps: tuple[str, ...], fragment: Mapping, clashes: list[Clash]
) -> None:
    """Add entries to the block at `steps`, which the trees `holders` have."""
    for entry in fragment.entries:
        path = (*steps, entry.key.text)
        having = [one for one in holders if _entry_at(roots[one], path) is not None]
        if not having:
            roots[holders[0]] = _changed(roots[holders[0]], steps, entry)
            continue
        there = _entry_at(roots[having[0]], path)
        assert there is not None
        if isinstance(entry.value, Mapping) and isinstance(there.value, Mapping):
            _add(roots, [one for one in having if _is_block(roots[one], path)], path, entry.value, clashes)
        elif isinstance(entry.value, Sequence) and isinstance(there.value, Sequence):
            lines = _joined(there.value, entry.value, ".".join(path), clashes)
            roots[having[0]] = _changed(roots[having[0]], steps, replace(there, value=lines))
        else:
            clashes.append(Clash(".".join(path), entry, there))


def _entry_at(root: Node, path: tuple[str, ...]) -> Entry | None:
    entry: Entry | None = None
    node: Node = root
    for step in path:
        held = node.entries if isinstance(node, Mapping) else ()
        entry = next((one for one in held if one.key.text == step), None)
        if entry is None:
            return None
        node = entry.value
    return entry


def _is_block(root: Node, path: tuple[str, ...]) -> bool:
    entry = _entry_at(root, path)
    return entry is not None and isinstance(entry.value, Mapping)


def _changed(root: Node, steps: tuple[str, ...], entry: Entry) -> Node:
    """The tree with an entry in the block at `steps`: in the place of the one with its key, else at the end."""
    assert isinstance(root, Mapping)
    name = steps[0] if steps else entry.key.text
    place = next((n for n, one in enumerate(root.entries) if one.key.text == name), len(root.entries))
    new = entry
    if steps:
        held = root.entries[place]
        new = replace(held, value=_changed(held.value, steps[1:], entry))
    return replace(root, entries=(*root.entries[:place], new, *root.entries[place + 1 :]))


def _joined(there: Sequence, added: Sequence, path: str, clashes: list[Clash]) -> Sequence:
    """A list with more lines, which stand before one that says `otherwise`."""
    names = {line.key.text: line for item in there.items if (line := _line(item)) is not None}
    new = []
    for item in added.items:
        line = _line(item)
        if line is not None and line.key.text in names:
            clashes.append(Clash(f"{path}.{line.key.text}", line, names[line.key.text]))
        else:
            new.append(item)
    last = _line(there.items[-1]) if there.items else None
    ends = last is not None and isinstance(last.value, Scalar) and last.value.text.strip() == "otherwise"
    cut = len(there.items) - 1 if ends else len(there.items)
    return replace(there, items=(*there.items[:cut], *new, *there.items[cut:]))


def paths_in(root: Node, prefix: str = "") -> list[str]:
    """Every path of a tree, for the one that may have been meant."""
    found: list[str] = []
    entries: tuple[Entry, ...] = ()
    if isinstance(root, Mapping):
        entries = root.entries
    elif isinstance(root, Sequence):
        entries = tuple(line for item in root.items if (line := _line(item)) is not None)
    for entry in entries:
        path = f"{prefix}.{entry.key.text}" if prefix else entry.key.text
        found += [path, *paths_in(entry.value, path)]
    return found
