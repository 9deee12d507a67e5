"""Units of measure and their algebra: dollars, hours, years, points …, beside plain numbers, counts and ratios."""

from __future__ import annotations

from dataclasses import dataclass

BASES = ("USD", "hour", "year", "week", "day", "credit_hour", "FTE", "points")
"""What can be measured. Percent is not here: a percent is a *ratio* as written."""


@dataclass(frozen=True, slots=True)
class Unit:
    """`kind` is `plain` (a bare number), `count`, `ratio` or `measure`; a measure has bases with exponents, sorted."""

    kind: str
    powers: tuple[tuple[str, int], ...] = ()

    def __str__(self) -> str:
        if self.kind != "measure":
            return {"plain": "a plain number", "count": "count", "ratio": "ratio"}[self.kind]
        over = "*".join(base for base, power in self.powers for _ in range(power))
        under = "*".join(base for base, power in self.powers for _ in range(-power))
        return f"{over or '1'}/{under}" if under else over

    @property
    def is_money(self) -> bool:
        """Whether dollars are part of it."""
        return any(base == "USD" for base, _ in self.powers)


PLAIN = Unit("plain")
COUNT = Unit("count")
RATIO = Unit("ratio")
POINTS = Unit("measure", (("points", 1),))
USD = Unit("measure", (("USD", 1),))


def parse_unit(text: str) -> Unit | None:
    """The unit that a text such as `USD/year`, `count`, `ratio` or `points` names, or nothing.

    Both the singular and the plural of a base are understood; so are `student`, `students` … as counts under a bar
    (`USD/student` is dollars, per one counted thing).
    """
    words = {"count": COUNT, "ratio": RATIO, "percent": RATIO, "number": PLAIN, "": PLAIN}
    if text in words:
        return words[text]
    powers: dict[str, int] = {}
    for sign, part in zip((1, -1), text.split("/", 1), strict=False):
        for name in part.split("*"):
            base = _base(name.strip())
            if base is None:
                return None
            if base:
                powers[base] = powers.get(base, 0) + sign
    return _unit(powers)


COUNTED = ("student", "teacher", "credential", "graduate", "completer", "employer", "job", "district", "school")


def _base(name: str) -> str | None:
    """The base that a word names; empty for a counted thing; nothing for an unknown word."""
    for candidate in (name, name[:-1] if name.endswith("s") else name):
        if candidate in BASES:
            return candidate
        if candidate in COUNTED:
            return ""
    return "points" if name in ("point", "points") else None


def _unit(powers: dict[str, int]) -> Unit:
    kept = tuple(sorted((base, power) for base, power in powers.items() if power))
    return Unit("measure", kept) if kept else COUNT


def product(left: Unit, right: Unit) -> Unit:
    """The unit of `left * right`: bare numbers, counts and ratios scale the other side."""
    if left.kind == "measure" or right.kind == "measure":
        return _combined(left, right, 1)
    if "ratio" in (left.kind, right.kind):
        return next((unit for unit in (left, right) if unit.kind == "count"), RATIO)
    return COUNT if "count" in (left.kind, right.kind) else PLAIN


def quotient(left: Unit, right: Unit) -> Unit:
    """The unit of `left / right`; like by like is a ratio, anything by a bare number keeps its unit."""
    if right.kind == "plain" or (right.kind == "ratio" and left.kind != "plain"):
        return left
    if left == right and left.kind != "plain":
        return RATIO
    if left.kind == "measure" or right.kind == "measure":
        return _combined(left, right, -1)
    return left


def _combined(left: Unit, right: Unit, sign: int) -> Unit:
    powers = dict(left.powers)
    for base, power in right.powers:
        powers[base] = powers.get(base, 0) + sign * power
    unit = _unit(powers)
    return RATIO if unit is COUNT and sign < 0 else unit
