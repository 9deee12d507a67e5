"""The edits between two policies as they are written: part by part, by stable names."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ...syntax.policy import Item
from ...text.source import NOWHERE, Span
from .edit import ABSENT, Edit, Kind, Steps
from .parts import ORDERED, element, is_leaf, key_of, parts_of


def compare(old: Any, new: Any) -> tuple[Edit, ...]:
    """Every part in which two policies (or two records of one kind) differ, in the order of the new one. None is of a
    class yet.
    """
    return tuple(_compare(old, new, (), NOWHERE, NOWHERE))


def _compare(old: Any, new: Any, steps: Steps, above: Span, below: Span) -> Iterator[Edit]:
    above, below = _span(old, above), _span(new, below)
    if isinstance(old, tuple) and isinstance(new, tuple) and _named(old, new):
        yield from _lists(old, new, steps, above, below)
    elif is_leaf(old) or is_leaf(new) or type(old) is not type(new):
        if not same(old, new):
            yield Edit(steps, steps, _kind(old, new), old, new, span_before=above, span_after=below)
    else:
        before, after = parts_of(old), parts_of(new)
        for name in after:
            yield from _compare(before[name], after[name], (*steps, name), above, below)


def same(old: Any, new: Any) -> bool:
    """Whether two parts say the same. The order of columns, rows and other lists without an order does not matter, nor
    who wrote them.
    """
    if isinstance(old, tuple) and isinstance(new, tuple) and _named(old, new):
        return not any(True for _ in _lists(old, new, ("",), NOWHERE, NOWHERE))
    if is_leaf(old) or is_leaf(new) or type(old) is not type(new):
        return bool(old == new)
    if isinstance(old, Item) and old.name != new.name:
        return False
    return not any(True for _ in _compare(old, new, (), NOWHERE, NOWHERE))


def _named(old: tuple[Any, ...], new: tuple[Any, ...]) -> bool:
    """Whether both are lists of what has names; an empty one goes with any."""
    return all(key_of(one) is not None for one in (old, new) if one) and bool(old or new)


def _lists(old: tuple[Any, ...], new: tuple[Any, ...], steps: Steps, above: Span, below: Span) -> Iterator[Edit]:
    before, after = parts_of(old), parts_of(new)
    order, wanted = tuple(before), tuple(after)
    in_order = bool(steps) and steps[-1] in ORDERED
    for name in before:
        if name not in after:
            gone = element(old, name)
            yield Edit(
                (*steps, name), (*steps, name), Kind.REMOVED, gone, ABSENT, behind=_behind(order, name, in_order),
                span_before=_span(before[name], above), span_after=below,
            )  # fmt: skip
    for name in after:
        place = (*steps, name)
        if name in before:
            yield from _compare(before[name], after[name], place, above, below)
        else:
            come = element(new, name)
            yield Edit(
                place, place, Kind.ADDED, ABSENT, come, behind=_behind(wanted, name, in_order),
                span_before=above, span_after=_span(after[name], below),
            )  # fmt: skip
    if in_order and [name for name in order if name in after] != [name for name in wanted if name in before]:
        yield Edit(steps, steps, Kind.REORDERED, order, wanted, span_before=above, span_after=below)


def _behind(names: tuple[str, ...], name: str, in_order: bool) -> str | None:
    """What stands before a name, where that matters; empty for the first."""
    if not in_order:
        return None
    at = names.index(name)
    return names[at - 1] if at else ""


def _span(value: Any, otherwise: Span) -> Span:
    """The place of a part; where it has none of its own, that of what it stands in."""
    found = getattr(value, "span", NOWHERE)
    return found if found.end else otherwise


def _kind(old: Any, new: Any) -> Kind:
    if old is None or old == ():
        return Kind.ADDED
    return Kind.REMOVED if new is None or new == () else Kind.CHANGED
