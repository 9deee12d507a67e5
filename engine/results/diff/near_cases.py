"""Rows near the line of a rule: missed by at most a tenth of what it requires."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from ..outcome import Outcome
from ..table import number_of

NEAREST = 5
"""How many rows are told one by one."""

ZERO = Fraction(0)


@dataclass(frozen=True, slots=True)
class NearLine:
    """How many rows miss a rule by at most a tenth of what it requires, before and after."""

    entity: str
    rule: str
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class NearCase:
    """A row that misses a rule by little now: what is measured, what is required, and the gap; `new` where it was not
    near the line before.
    """

    entity: str
    key: str
    name: str
    rule: str
    measured: str
    required: Fraction
    gap: Fraction
    new: bool


def near_lines(before: Outcome, after: Outcome) -> tuple[NearLine, ...]:
    """The numbers of near misses by rule."""
    counts: dict[tuple[str, str], list[int]] = {}
    for side, one in enumerate((before, after)):
        for entity, rule in one.table("near_misses").column_cells("entity", "rule"):
            counts.setdefault((str(entity), str(rule)), [0, 0])[side] += 1
    return tuple(NearLine(*place, *count) for place, count in sorted(counts.items()))


def near_cases(before: Outcome, after: Outcome) -> tuple[NearCase, ...]:
    """The rows that are nearest a line now, by the gap as a share of what is required: those that come near it with the
    change first.
    """
    known = {place[:3] for place in before.table("near_misses").column_cells("entity", "key", "rule")}
    found = [
        NearCase(
            str(entity), str(key), str(name), str(rule), str(measured), number_of(required) or ZERO,
            number_of(gap) or ZERO, (entity, key, rule) not in known,
        )
        for entity, key, name, rule, measured, required, gap in after.table("near_misses").column_cells(
            "entity", "key", "name", "rule", "measured", "required", "gap"
        )
    ]  # fmt: skip
    found.sort(key=lambda one: (not one.new, one.gap / abs(one.required) if one.required else 0, one.rule, one.key))
    return tuple(found[:NEAREST])
