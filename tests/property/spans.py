"""Numbers between two ends, and tests of the three outcomes, as docs/language.md says they are.

A number is a span from its lower to its upper end, the same where it is exact; nothing where nobody can bound it. A
test is true, false or nothing, and `OUT` where it speaks of what has no number.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction as F
from typing import Any, Final, TypeAlias

Test: TypeAlias = tuple[Any, ...]
"""`("is", column)`, `("not", test)`, `("and", …)`, `("or", …)`, `(">=", name, number)`, `("<", name, number)`."""

OUT: Final = "out"


@dataclass(frozen=True)
class Span:
    """A number between two ends."""

    low: F
    high: F

    @property
    def exact(self) -> bool:
        return self.low == self.high

    def map(self, rule: Callable[[F], F]) -> Span:
        return Span(rule(self.low), rule(self.high))

    def plus(self, other: Span) -> Span:
        return Span(self.low + other.low, self.high + other.high)


def at(number: int | F) -> Span:
    """An exact number."""
    return Span(F(number), F(number))


def seen(number: F) -> F:
    """With nine decimals, half away from zero."""
    return rounded(number, 9, "half_up")


def rounded(number: F, places: int, how: str) -> F:
    """By the table of modes on the page."""
    scaled = abs(number) * 10**places
    whole, rest = divmod(scaled, 1)
    up = {
        "half_up": rest >= F(1, 2),
        "half_even": rest > F(1, 2) or (rest == F(1, 2) and whole % 2 == 1),
        "up": rest > 0,
        "down": False,
        "floor": rest > 0 and number < 0,
        "ceiling": rest > 0 and number > 0,
    }[how]
    return F(int(whole) + up, 10**places) * (1 if number >= 0 else -1)


def as_seen(number: F, places: int | None, how: str = "half_up") -> F:
    """Rounded as it is seen, where that is written."""
    return number if places is None else rounded(seen(number), places, how)


def holds(test: Test, read: Callable[[str], Any]) -> Any:
    """A test by the tables of logic, left out where all that it says is."""
    kind, *rest = test
    if kind == "truth":
        return rest[0]
    if kind == "is":
        return read(rest[0])
    if kind == "not":
        found = holds(rest[0], read)
        return found if found in (None, OUT) else not found
    if kind in ("and", "or"):
        parts = [one for one in (holds(part, read) for part in rest) if one != OUT]
        strong = kind == "or"
        return OUT if not parts else strong if strong in parts else None if None in parts else not strong
    name, limit = rest
    value = read(name)
    if value is None or value == OUT:
        return value
    return least(value, F(limit)) if kind == ">=" else negated(least(value, F(limit)))


def least(value: Span | None, limit: F) -> bool | None:
    """Whether a number is at least so large, as far as its ends tell."""
    if value is None:
        return None
    if seen(value.low) >= limit:
        return True
    return False if seen(value.high) < limit else None


def both(left: bool | None, right: bool | None) -> bool | None:
    """Whether two tests hold."""
    return False if False in (left, right) else None if None in (left, right) else True


def negated(test: bool | None) -> bool | None:
    return None if test is None else not test


def written(test: Test) -> str:
    """A test as a policy writes it."""
    kind, *rest = test
    if kind == "is":
        return str(rest[0])
    if kind == "not":
        return f"not ({written(rest[0])})"
    if kind in ("and", "or"):
        return "(" + f" {kind} ".join(written(part) for part in rest) + ")"
    return f"{rest[0]} {kind} {rest[1]}"


def seen_exact(value: Span) -> bool:
    return seen(value.low) == seen(value.high)
