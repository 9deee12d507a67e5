"""What is not known of a row when nothing but the data contract is: an unknown for each cell that a rule reads."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from datetime import date as Date
from fractions import Fraction
from typing import Any

from ...types.datatypes import Type
from .symbol import LAST_DAY, Logic, Some, Symbol, Truth

FIRST_WISHED, LAST_WISHED = Date(2015, 1, 1), Date(2035, 1, 1)
"""Days among which a counterexample is looked for first."""


class NotAttemptedError(Exception):
    """A rule uses what is not put to the solver: bounds, or names that mean something else on each side."""


@dataclass(frozen=True, slots=True)
class Here:
    """A row: `way` leads there from the row of the rule (empty: that row itself), `on` is the key that led there."""

    entity: str
    way: tuple[str, ...] = ()
    on: tuple[tuple[str, Symbol], ...] = ()


@dataclass(slots=True)
class Unknowns:
    """The unknowns of one day, shared by the old and the new text of a rule.

    facts   what the data contract and the parameters say of them
    cells   those that are cells of rows: way and column → symbol and type
    inputs  those that are parameters or the day: path → symbol and type
    rows    the rows that are walked to: way → the row, and whether there is one
    closed  whether nothing else is unknown, so that a row can be made of the unknowns
    """

    logic: Logic
    facts: list[Any] = field(default_factory=list)
    cells: dict[tuple[Here, str], tuple[Symbol, Type]] = field(default_factory=dict)
    inputs: dict[str, tuple[Symbol, Type]] = field(default_factory=dict)
    rows: dict[tuple[str, ...], tuple[Here, Any]] = field(default_factory=dict)
    entity: str = ""
    closed: bool = True
    wishes: list[Any] = field(default_factory=list)
    gaps: list[Any] = field(default_factory=list)
    _made: dict[Hashable, tuple[Symbol, Type]] = field(default_factory=dict)
    _words: dict[str, int] = field(default_factory=dict)

    def one(self, key: Hashable, type: Type) -> Symbol:
        """The unknown of a key, which is of one type wherever it is read."""
        found = self._made.get(key)
        if found is None:
            found = self._made[key] = self._new(f"u{len(self._made)}", type), type
        if found[1] != type:
            raise NotAttemptedError(key)
        return found[0]

    def _new(self, name: str, type: Type) -> Symbol:
        z3, logic = self.logic.z3, self.logic
        if type.bounded or type.kind in ("unknown", "nothing"):
            raise NotAttemptedError(type.kind)
        if type.kind == "truth":
            made = Truth(z3.Bool(f"{name} yes"), z3.Bool(f"{name} no"), logic.never)
            if type.excusable:
                made = Truth(made.yes, made.no, z3.Bool(f"{name} excused"))
            self.facts.append(z3.AtMost(made.yes, made.no, made.excused, 1))
            if not type.nullable:
                self.facts.append(z3.Or(made.yes, made.no, made.excused))
            self.gaps.append(z3.Or(made.yes, made.no))
            return made
        value = z3.Int(name)
        if type.kind == "number":
            value = self._number(name, type)
        elif type.kind == "enum":
            self.facts.append(z3.Or(*(value == self.word(one) for one in type.values)))
        elif type.kind == "date":
            self.facts += [value >= 1, value <= LAST_DAY]
            self.wishes += [value >= FIRST_WISHED.toordinal(), value <= LAST_WISHED.toordinal()]
        elif type.kind == "year":
            self.wishes += [value >= FIRST_WISHED.year, value <= LAST_WISHED.year]
        known = z3.Bool(f"{name} known") if type.nullable else logic.always
        self.gaps.append(known)
        return Some(value, known)

    def _number(self, name: str, type: Type) -> Any:
        z3 = self.logic.z3
        if type.quotient or type.scale < 0:
            value = z3.Real(name)
        else:
            units = z3.Int(name)
            value = z3.ToReal(units) / z3.IntVal(10**type.scale) if type.scale else z3.ToReal(units)
            self.facts += [units < 10**type.digits, units > -(10**type.digits)] if type.digits else []
        if type.low is not None:
            self.facts.append(value >= self.real(type.low))
        if type.high is not None:
            self.facts.append(value <= self.real(type.high))
        return value

    def real(self, value: Fraction) -> Any:
        """An exact number."""
        return self.logic.z3.Q(value.numerator, value.denominator)

    def word(self, text: str) -> int:
        """The number that stands for a word."""
        return self._words.setdefault(text, len(self._words))

    def text(self, number: int) -> str:
        """The word that a number stands for, or any other."""
        return next((text for text, code in self._words.items() if code == number), f"other-{number}")

    def constant(self, value: Any, type: Type) -> Symbol:
        """A value that is written, or that a parameter has."""
        z3, logic = self.logic.z3, self.logic
        if type.kind == "truth":
            return logic.truth(value)
        if value is None:
            return Some(z3.RealVal(0) if type.kind in ("number", "duration") else z3.IntVal(0), logic.never)
        if isinstance(value, bool):
            return logic.truth(value)
        if isinstance(value, Date):
            return Some(z3.IntVal(value.toordinal()), logic.always)
        if isinstance(value, str):
            return Some(z3.IntVal(self.word(value)), logic.always)
        if isinstance(value, Fraction) or type.kind in ("number", "duration"):
            return Some(self.real(Fraction(value)), logic.always)
        return Some(z3.IntVal(int(value)), logic.always)

    def function(self, name: str, arguments: Sequence[Any], type: Type) -> Any:
        """What an operator makes of its operands of which nothing is known but that equal ones give equal results."""
        z3 = self.logic.z3
        made = z3.RealSort() if type.kind == "number" else z3.BoolSort() if type.kind == "truth" else z3.IntSort()
        return z3.Function(name, *(one.sort() for one in arguments), made)(*arguments)
