"""Why this row and not that: two explanations of one result side by side, and the first condition that decides."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from ...execution.values import NOT_APPLICABLE, Missing
from .explanation import Datum, Entry, Explanation, Given, Item, Ledger, Rows, Rule, Step

Told: TypeAlias = Rule | Step | Rows | Datum | Given | Entry
"""What has a value that can be compared."""


@dataclass(frozen=True, slots=True)
class Pair:
    """The same thing in both explanations, nothing where one has it not. `level` is how deep it stands, `points` says
    of a line of a ledger that it is not money.
    """

    one: Told | None
    other: Told | None
    level: int
    differs: bool
    points: bool = False

    @property
    def told(self) -> Told:
        """Either of the two."""
        found = self.one if self.one is not None else self.other
        assert found is not None
        return found

    @property
    def is_condition(self) -> bool:
        """Whether it is met or not, and no number."""
        return not isinstance(self.told, Entry) and self.told.type.kind == "truth"

    @property
    def in_both(self) -> bool:
        """Whether both rows have it."""
        return self.one is not None and self.other is not None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two explanations. `differing` counts the conditions that come out differently, of `conditions` in all; `deciding`
    is the way down from the result to the first condition that decides (or only differs: `decides`), which is its last.
    """

    one: Explanation
    other: Explanation
    pairs: tuple[Pair, ...]
    deciding: tuple[Pair, ...]

    @property
    def conditions(self) -> int:
        """How many conditions both have."""
        return sum(pair.is_condition and pair.in_both for pair in self.pairs)

    @property
    def differing(self) -> int:
        """How many conditions come out differently."""
        return sum(pair.is_condition and pair.in_both and pair.differs for pair in self.pairs)

    @property
    def decides(self) -> bool:
        """Whether the way down starts at the condition that the result rests on first, and the results differ."""
        top = next((pair for pair in self.pairs if not pair.level and pair.is_condition), None)
        return bool(self.deciding) and self.deciding[0] is top and not self.same

    @property
    def same(self) -> bool:
        """Whether the result is the same."""
        return _answer(self.one.value) == _answer(self.other.value)


def compare(one: Explanation, other: Explanation) -> Comparison:
    """Two explanations of the same result of rows of one entity, condition by condition in the author's order."""
    pairs = tuple(_pairs(one.items, other.items, 0))
    return Comparison(one, other, pairs, tuple(_deciding(pairs)))


def _pairs(one: Iterable[Item], other: Iterable[Item], level: int) -> Iterator[Pair]:
    """What stands in both places, matched by what it is called, in the order of the first."""
    left = _named(other)
    for name, mine in _named(one).items():
        yield from _pair(mine, left.pop(name, None), level)
    for theirs in left.values():
        yield from _pair(None, theirs, level)


def _pair(one: Item | None, other: Item | None, level: int) -> Iterator[Pair]:
    told = one if one is not None else other
    if isinstance(told, Ledger):
        yield from _entries(
            one if isinstance(one, Ledger) else None, other if isinstance(other, Ledger) else None, level
        )
    elif isinstance(told, Rule | Step | Rows | Datum | Given):
        mine = one if isinstance(one, Rule | Step | Rows | Datum | Given) else None
        theirs = other if isinstance(other, Rule | Step | Rows | Datum | Given) else None
        yield Pair(mine, theirs, level, _value(mine) != _value(theirs))
        yield from _pairs(_below(one), _below(other), level + 1)


def _below(item: Item | None) -> tuple[Item, ...]:
    """What is told below an item; of a rule whose words are its only step, what is below that."""
    if isinstance(item, Rule):
        only = item.items[0] if len(item.items) == 1 else None
        if isinstance(only, Step | Rows) and only.text == item.written:
            return only.items if isinstance(only, Step) else ()
        return item.items
    return item.items if isinstance(item, Step) else ()


def _named(items: Iterable[Item]) -> dict[tuple[str, int], Item]:
    """Items by what they are called; a name that stands twice is counted."""
    found: dict[tuple[str, int], Item] = {}
    for item in items:
        name = item.name if isinstance(item, Rule | Given) else item.text
        count = sum(one[0] == name for one in found)
        found[name, count] = item
    return found


def _entries(one: Ledger | None, other: Ledger | None, level: int) -> Iterator[Pair]:
    points = any(each is not None and each.points for each in (one, other))
    mine, theirs = (_by_step(each) for each in (one, other))
    for name in dict.fromkeys([*mine, *theirs]):
        first, second = mine.get(name), theirs.get(name)
        yield Pair(first, second, level + 1, _value(first) != _value(second), points)


def _by_step(ledger: Ledger | None) -> dict[str, Entry]:
    """Lines by their step: the words without the numbers and the names of the row."""
    found: dict[str, Entry] = {}
    for place, entry in enumerate(ledger.entries if ledger is not None else ()):
        words = " ".join(word for word in entry.text.split() if not any(sign.isdigit() for sign in word))
        words = words.split(" of ")[0] if entry.total else words
        found[words if words not in found else f"{words} {place}"] = entry
    return found


def _value(told: Told | None) -> object:
    if told is None:
        return None
    return told.amount if isinstance(told, Entry) else _answer(told.value)


def _answer(value: object) -> object:
    """A value as far as two rows can be compared by it: what is missing is the same, whatever is responsible."""
    if isinstance(value, Missing):
        return "missing"
    return "not applicable" if value is NOT_APPLICABLE else value


def _deciding(pairs: tuple[Pair, ...]) -> Iterator[Pair]:
    """From the first condition at the top that differs downwards, at each level the first below it that differs: where
    it ends, the data or the numbers differ and no condition.
    """
    level = 0
    for pair in pairs:
        if level and pair.level < level:
            return
        if pair.level == level and pair.differs and pair.is_condition and pair.in_both:
            yield pair
            level = pair.level + 1
