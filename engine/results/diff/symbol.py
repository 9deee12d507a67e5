"""Values that stand for any row: a truth in Kleene's logic with *not applicable*, or something that may be missing.

`z3` is the module, handed in by the solver's file; its terms have no types here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date as Date
from typing import Any, TypeAlias


@dataclass(frozen=True, slots=True)
class Truth:
    """True, false, not applicable, or, where none of the three holds, missing."""

    yes: Any
    no: Any
    excused: Any


@dataclass(frozen=True, slots=True)
class Some:
    """A number (a real), or a date, a year or a word by its number (an integer), where it is `known`."""

    value: Any
    known: Any


Symbol: TypeAlias = Truth | Some


def parts_of(one: Symbol) -> tuple[Any, ...]:
    """The formulas that a symbol is."""
    return (one.yes, one.no, one.excused) if isinstance(one, Truth) else (one.value, one.known)


@dataclass(frozen=True, slots=True)
class Logic:
    """The operators of logic and choice on symbols, as the reference interpreter has them."""

    z3: Any

    @property
    def never(self) -> Any:
        """The formula *false*."""
        return self.z3.BoolVal(False)

    @property
    def always(self) -> Any:
        """The formula *true*."""
        return self.z3.BoolVal(True)

    def truth(self, value: bool | None) -> Truth:
        """A truth that is known, or missing."""
        return Truth(self.z3.BoolVal(value is True), self.z3.BoolVal(value is False), self.never)

    def test(self, formula: Any, known: Any) -> Truth:
        """A formula where it is known, else missing."""
        return Truth(self.z3.And(known, formula), self.z3.And(known, self.z3.Not(formula)), self.never)

    def known(self, one: Symbol) -> Any:
        """Whether there is a value: neither missing nor not applicable."""
        return self.z3.Or(one.yes, one.no) if isinstance(one, Truth) else one.known

    def value(self, one: Symbol) -> Any:
        """The value where there is one."""
        return one.yes if isinstance(one, Truth) else one.value

    def settled(self, one: Symbol) -> Symbol:
        """*Not applicable* as missing."""
        return Truth(one.yes, one.no, self.never) if isinstance(one, Truth) else one

    def back(self, one: Truth) -> Truth:
        """*not*."""
        return Truth(one.no, one.yes, one.excused)

    def all_of(self, tests: Sequence[Truth]) -> Truth:
        """*and*: those that do not apply are left out."""
        z3 = self.z3
        excused = z3.And(*(one.excused for one in tests))
        yes = z3.And(*(z3.Or(one.yes, one.excused) for one in tests))
        return Truth(z3.And(yes, z3.Not(excused)), z3.Or(*(one.no for one in tests)), excused)

    def any_of(self, tests: Sequence[Truth]) -> Truth:
        """*or*, likewise."""
        return self.back(self.all_of([self.back(one) for one in tests]))

    def at_least(self, wanted: int, tests: Sequence[Truth]) -> Truth:
        """True when so many are true, false when fewer can be."""
        z3 = self.z3
        excused = z3.And(*(one.excused for one in tests))
        sure = z3.Sum(*(z3.If(one.yes, 1, 0) for one in tests))
        possible = z3.Sum(*(z3.If(z3.Or(one.no, one.excused), 0, 1) for one in tests))
        applies = z3.Not(excused)
        return Truth(z3.And(applies, sure >= wanted), z3.And(applies, possible < wanted), excused)

    def criterion(self, test: Truth, excuse: Truth) -> Truth:
        """A test that does not apply where it is excused, and is missing where nobody knows."""
        z3 = self.z3
        kept = excuse.no
        return Truth(
            z3.And(kept, test.yes), z3.And(kept, test.no), z3.Or(excuse.yes, z3.And(kept, test.excused))
        )  # fmt: skip

    def chosen(self, test: Truth, then: Symbol, otherwise: Symbol, seen: Sequence[Any]) -> Symbol:
        """*if*; where the test is missing, the value that both branches have. `seen` are their values as they are seen
        by what compares them.
        """
        z3 = self.z3
        same = seen[0] == seen[1]
        agreed = z3.And(z3.Not(test.yes), z3.Not(test.no), self.known(then), self.known(otherwise), same)
        if isinstance(then, Truth) and isinstance(otherwise, Truth):
            return Truth(
                z3.Or(z3.And(test.yes, then.yes), z3.And(test.no, otherwise.yes), z3.And(agreed, then.yes)),
                z3.Or(z3.And(test.yes, then.no), z3.And(test.no, otherwise.no), z3.And(agreed, then.no)),
                z3.Or(z3.And(test.yes, then.excused), z3.And(test.no, otherwise.excused)),
            )
        assert isinstance(then, Some) and isinstance(otherwise, Some)
        known = z3.Or(z3.And(test.yes, then.known), z3.And(test.no, otherwise.known), agreed)
        return Some(z3.If(test.yes, then.value, z3.If(test.no, otherwise.value, seen[0])), known)

    def or_else(self, first: Symbol, second: Symbol) -> Symbol:
        """The first where it is known, else the second."""
        z3 = self.z3
        first, second = self.settled(first), self.settled(second)
        if isinstance(first, Truth) and isinstance(second, Truth):
            gap = z3.Not(self.known(first))
            return Truth(
                z3.Or(first.yes, z3.And(gap, second.yes)), z3.Or(first.no, z3.And(gap, second.no)), self.never
            )  # fmt: skip
        assert isinstance(first, Some) and isinstance(second, Some)
        return Some(z3.If(first.known, first.value, second.value), z3.Or(first.known, second.known))

    # -- what is asked of two symbols -----------------------------------------------------------------------------

    def differs(self, one: Symbol, other: Symbol) -> Any:
        """Whether two are not the same value, missing and not applicable included."""
        z3 = self.z3
        if isinstance(one, Truth) and isinstance(other, Truth):
            return z3.Or(one.yes != other.yes, one.no != other.no, one.excused != other.excused)
        assert isinstance(one, Some) and isinstance(other, Some)
        return z3.Or(one.known != other.known, z3.And(one.known, one.value != other.value))

    def opens(self, one: Symbol, other: Symbol) -> Any:
        """Whether one is known and the other is not."""
        return self.known(one) != self.known(other)

    def falls(self, one: Symbol, other: Symbol) -> Any:
        """Whether the other is not as high: in the order false < missing < true, or as a number where both are known.
        What applies on one side alone has no order.
        """
        z3 = self.z3
        if isinstance(one, Truth) and isinstance(other, Truth):
            kept = z3.And(z3.Implies(one.yes, other.yes), z3.Implies(other.no, one.no))
            return z3.Or(one.excused != other.excused, z3.Not(kept))
        assert isinstance(one, Some) and isinstance(other, Some)
        return z3.And(one.known, other.known, other.value < one.value)


LAST_DAY = Date.max.toordinal()
"""The number of the last day that a date can be."""
