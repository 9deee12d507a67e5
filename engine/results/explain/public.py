"""An explanation for everybody: nothing of a person, and no number behind which few persons stand.

A count of persons is shown where it, and what it leaves of the whole, is at least the policy's own minimum n. What is
not shown takes with it every number from which it could be had by subtraction: the sum that it is part of, the margin
and the sentence that speak of it. A policy without a minimum n shows no count of persons.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from ...execution.values import Key, Value
from ...syntax.accountability import Indicator
from ...syntax.expr import Expr, Name, Number
from ..personal import is_personal
from ..rated import Level, called, exact
from ..run import Run
from .explanation import Entry, Explanation, Item, Ledger, Note, Responsible, Rows, Rule, SeenRow, Step
from .personal import without_personal

SHARES = ("share", "count", "any", "all", "none")
"""Functions that count rows, so that their value tells how many there are of one kind."""

ADDED = ("sum", "mean", "average")
"""Functions to which many rows add; any other tells of one row alone."""


def public(run: Run, explanation: Explanation, key: tuple[str, ...]) -> Explanation:
    """The explanation as everybody may read it, of a row that is not about a person."""
    least, entity = minimum_n(run), explanation.place.entity
    few = few_stand_behind(run, entity, key, explanation.name, least)
    found = _Public(run, least, few, explanation.value)
    items, told = found.items(without_personal(explanation).items)
    own = tuple(one for one in explanation.responsible if one.place is not None and not one.place.personal)
    others = len(explanation.responsible) - len(own)
    kept = (*own, *([Responsible("not shown", "what is not known of persons is not shown")] if others else []))
    if not (told or few or others):
        return replace(without_personal(explanation), items=items)
    number = explanation.type.kind == "number" and not found.is_paid(explanation)
    sentence = _short(explanation, (told or few) and number)
    return replace(
        without_personal(explanation), sentence=sentence, items=items, responsible=kept, failing=None, nearest=None,
        either=(), without=(),
    )  # fmt: skip


def minimum_n(run: Run) -> int | None:
    """The least number of persons that the policy asks for behind an indicator; nothing where it says none."""
    section = run.checked.policy.accountability
    if section is None:
        return None
    counts = [one.count for one in (section.minimum_n, *(item.minimum_n for item in section.indicators)) if one]
    known = [_known(run, count) for count in counts]
    return None if None in known or not known else max(int(one) for one in known if one is not None)


def _known(run: Run, count: Expr) -> Fraction | None:
    if isinstance(count, Number):
        return Fraction(count.value)
    if isinstance(count, Name):
        value = run.binding.cells.get(f"parameters.{count.name}")
        return Fraction(value) if isinstance(value, Fraction | int) else None
    return None


def few_stand_behind(run: Run, entity: str, key: tuple[str, ...], name: str, least: int | None) -> bool:
    """Whether too few persons stand behind a number of a rated row that an explanation of `name` would show: behind an
    indicator that has a part in it, or between a student group and everybody.
    """
    section = run.checked.policy.accountability
    if section is None or entity not in [level.text for level in section.levels]:
        return False
    level = Level(run, section, entity)
    place = next((place for place, one in enumerate(level.keys) if _written(one) == key), None)
    spots = [spot for spot in level.spots if level.has(called(spot[1].name, spot[0], "n"))]
    if name in [item.name for item in section.indicators] and not level.has(called(name, "", "n")):
        return False
    asked = [spot for spot in spots if name == called(spot[1].name, spot[0])]
    parts = [spot for spot in spots if not spot[0] or level.blended]
    if place is None:
        return bool(spots)
    return any(not _enough(level, group, item, place, least) for group, item in asked or parts)


def _written(key: Key) -> tuple[str, ...]:
    return tuple(str(part) for part in key)


def _enough(level: Level, group: str, item: Indicator, place: int, least: int | None) -> bool:
    """Whether the rows, those that count and those that do not are enough, and in a group those outside of it too. Of
    several years taken together none is: the single years would be told, and are few.
    """
    several = item.over_years is not None or (_number(level, called(item.name, group, "years"), place) or 1) != 1
    if least is None or several:
        return False
    n, over, under = (
        _number(level, called(item.name, group, part), place) for part in ("n", "numerator", "denominator")
    )
    if n is None or n < least:
        return False
    if item.rate is not None and (over is None or under is None or min(over, under - over) < least):
        return False
    everybody = _number(level, called(item.name, "", "n"), place) if group else n
    return everybody is not None and (everybody == n or everybody - n >= least)


def _number(level: Level, name: str, place: int) -> Fraction | None:
    return exact(level.ends(name)[place]) if level.has(name) else None


def _short(explanation: Explanation, hidden: bool) -> str:
    """The verdict without its reasons, which may speak of what is not shown."""
    place = explanation.place
    named = f"{place.label} ({place.key})" if place.label else f"{place.entity.replace('_', ' ')} {place.key}"
    if hidden:
        return f"{explanation.name} of {named} is not shown: too few persons stand behind it."
    start = explanation.sentence.find(place.key) + len(place.key)
    signs = (": ", ", because", ". The rule says", ", as ", "; ", " (")
    ends = [at for sign in signs if (at := explanation.sentence.find(sign, start + 1)) > 0]
    return f"{explanation.sentence[: min(ends, default=len(explanation.sentence))].removesuffix('.')}."


class _Public:
    """What is kept of the items of one explanation. Each part answers with what is left, and whether something of
    persons was taken out from which its value follows.
    """

    def __init__(self, run: Run, least: int | None, few: bool, value: Value) -> None:
        self.run, self.least, self.few, self.value = run, least, few, value

    def is_paid(self, explanation: Explanation) -> bool:
        """Whether the result is a payment, which is public whoever was counted for it."""
        return any(isinstance(item, Ledger) and not item.points for item in explanation.items)

    def items(self, items: tuple[Item, ...]) -> tuple[tuple[Item, ...], bool]:
        """What is kept of items, and whether something was taken out."""
        kept: list[Item] = []
        taken = False
        counted = any(self.taints(item) for item in items)
        for item in items:
            found, hidden = self._item(item, counted)
            taken |= hidden
            kept += found
        return tuple(kept), taken

    def taints(self, item: Item) -> bool:
        """Whether an item counts too few persons, wherever below it."""
        if isinstance(item, Rows):
            return not self._shows(item) or any(self.taints(one) for row in item.rows for one in row.items)
        return any(self.taints(one) for one in item.items) if isinstance(item, Rule | Step | SeenRow) else False

    def _item(self, item: Item, counted: bool) -> tuple[list[Item], bool]:
        match item:
            case Rule():
                if self.few and item.role == "indicator":
                    return [Note(f"{item.name}: not shown, since too few persons stand behind it")], True
                return self._within(item)
            case Step():
                return self._within(item)
            case Rows():
                if not self._shows(item):
                    return [Note(f"{item.text}: not shown, since it counts persons and they are few")], True
                rows = tuple(replace(row, items=self.items(row.items)[0]) for row in item.rows)
                return [replace(item, rows=rows)], False
            case Ledger():
                hides = self.few if item.points else counted and self._makes_up(item)
                return ([self._total(item)], True) if hides else ([item], False)
            case Note():
                hides = (self.few or counted) and any(sign.isdigit() for sign in item.text)
                return ([], True) if hides else ([item], False)
            case _:
                return [item], False

    def _within(self, item: Rule | Step) -> tuple[list[Item], bool]:
        items, taken = self.items(item.items)
        if not taken:
            return [replace(item, items=items, margin=None if self.few else item.margin)], False
        if item.type.kind not in ("truth", "enum", "text"):
            name = item.title or item.name if isinstance(item, Rule) else item.text
            return [Note(f"{name}: not shown, since it counts persons and they are few")], True
        if isinstance(item, Rule):
            return [replace(item, items=items, because="", margin=None)], True
        return [replace(item, items=items, margin=None)], True

    def _shows(self, rows: Rows) -> bool:
        """Whether the counts of rows about persons, and their complements, may be read."""
        if not is_personal(self.run, rows.entity):
            return True
        least = self.least
        if least is None or rows.rows_in < least or rows.function not in (*SHARES, *ADDED):
            return False
        if any(0 < count < least for count in (rows.rows_out, rows.possible)):
            return False
        if rows.function == "share" and isinstance(rows.value, Fraction):
            part = rows.value * rows.rows_in
            return min(part, rows.rows_in - part) >= least
        return True

    def _makes_up(self, ledger: Ledger) -> bool:
        """Whether a sum comes to the result, so that its steps are about those who were counted for it."""
        return bool(ledger.entries) and ledger.entries[-1].amount == self.value

    def _total(self, ledger: Ledger) -> Item:
        """A sum of which no part is shown: its last line where it is money, for what is paid is public."""
        if ledger.points or not ledger.entries or not ledger.entries[-1].total:
            return Note(f"{ledger.text}: not shown, since too few persons stand behind a part of it")
        last = ledger.entries[-1]
        return replace(ledger, entries=(Entry(last.text, last.amount, True, last.cite, last.source),))
