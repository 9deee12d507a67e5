"""A second reader of explanations: the rule as written, worked out once more from the leaves that an explanation shows.

It knows nothing of the plan or the interpreter: numbers are fractions, logic is Kleene's, a leaf is what stands beside
its words. What it cannot read (a function that it does not know, a part of a key, a bound) it says, and is counted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date as Date
from fractions import Fraction
from typing import Any

from engine.execution.values import NOT_APPLICABLE, Bound, Missing
from engine.results.explain.explanation import Datum, Given, Item, Rows, Rule, Step
from engine.syntax import expr as ast
from engine.syntax.print import print_expr

_PATH = re.compile(r"[\w.]+")

OPEN = Missing()
"""What is not known; reasons do not matter here."""


class CannotRead(Exception):
    """The reader has no word for a part of the rule."""


def leaves(items: tuple[Item, ...]) -> Iterator[tuple[str, str, Any]]:
    """The words and the value of every leaf: cells, parameters, other rules and values over many rows."""
    for item in items:
        match item:
            case Step(text=text, value=value) if _PATH.fullmatch(text):
                yield text, text, value  # a row that is not there
            case Step(items=below):
                yield from leaves(below)
            case Datum(text=text, value=value):
                yield text, text, value
            case Given(name=name, value=value) | Rule(name=name, value=value):
                yield name, name, value
            case Rows(text=text, value=value):
                yield text, text, value
            case _:
                continue


def reevaluated(expr: ast.Expr, items: tuple[Item, ...]) -> Any:
    """The value of an expression from the leaves of its explanation alone."""
    by_text: dict[str, Any] = {}
    by_name: dict[str, list[Any]] = {}
    for text, name, value in leaves(items):
        if text in by_text and by_text[text] != value:
            raise CannotRead(f"two rows called {text}")
        by_text[text] = value
        if value not in by_name.setdefault(name, []):
            by_name[name].append(value)
    return _Reader(by_text, by_name).read(expr)


class _Reader:
    def __init__(self, by_text: Mapping[str, Any], by_name: Mapping[str, list[Any]]) -> None:
        self.by_text, self.by_name = by_text, by_name

    def read(self, expr: ast.Expr) -> Any:
        found = self._leaf(expr)
        return self._made(expr) if found is None else found

    def _leaf(self, expr: ast.Expr) -> Any:
        value = self.by_text.get(print_expr(expr))
        if value is None and isinstance(expr, ast.Member | ast.Name):
            named = self.by_name.get(expr.name, [])
            if len(named) > 1:
                raise CannotRead(f"several values called {expr.name}")
            value = named[0] if named else None
        if isinstance(value, Bound):
            raise CannotRead("a bound")
        return OPEN if isinstance(value, Missing) else value

    def _made(self, expr: ast.Expr) -> Any:
        match expr:
            case ast.Number(value=value) | ast.Money(value=value):
                return Fraction(value)
            case ast.Percent(value=value):
                return Fraction(value) / 100
            case ast.Truth(value=value) | ast.DateLiteral(value=value) | ast.Text(value=value):
                return value
            case ast.Missing():
                return OPEN
            case ast.And(operands=parts):
                return conjunction([self.read(part) for part in parts])
            case ast.Or(operands=parts):
                return negation(conjunction([negation(self.read(part)) for part in parts]))
            case ast.Not(operand=part):
                return negation(self.read(part))
            case ast.Comparison(op=op, left=left, right=right):
                return self._compared(op, left, right)
            case ast.In(value=value, options=options, negated=negated):
                found = negation(conjunction([negation(self._compared("=", value, one)) for one in options]))
                return negation(found) if negated else found
            case ast.IsKnown(value=value, known=known):
                return (self.read(value) not in (OPEN, NOT_APPLICABLE)) is known
            case ast.OrElse(value=value, fallback=fallback):
                first = self.read(value)
                return self.read(fallback) if first is OPEN or first is NOT_APPLICABLE else first
            case ast.If(test=test, then=then, otherwise=otherwise):
                answer = self.read(test)
                if answer is OPEN or answer is NOT_APPLICABLE:
                    one, other = self.read(then), self.read(otherwise)
                    return one if one == other else OPEN
                return self.read(then if answer is True else otherwise)
            case ast.Arithmetic(op=op, left=left, right=right):
                return arithmetic(op, self.read(left), self.read(right))
            case ast.PartOf(share=share, whole=whole):
                return arithmetic("*", self.read(share), self.read(whole))
            case ast.Negate(operand=part):
                return arithmetic("-", Fraction(0), self.read(part))
            case ast.Call(function="min" | "max" as name, arguments=parts):
                values = [self.read(part) for part in parts]
                return OPEN if OPEN in values else (min if name == "min" else max)(values)
        raise CannotRead(print_expr(expr))

    def _compared(self, op: str, left: ast.Expr, right: ast.Expr) -> Any:
        one, other = self._side(left), self._side(right)
        if {OPEN, NOT_APPLICABLE} & {one, other}:
            return OPEN
        if isinstance(one, str) and isinstance(other, str) and op not in ("=", "!="):
            raise CannotRead("words in an order")
        if type(one) is not type(other) or not isinstance(one, Fraction | str | bool | Date | int):
            raise CannotRead("sides of two kinds")
        if isinstance(one, Fraction):
            one, other = nine(one), nine(other)
        return {
            "=": one == other, "!=": one != other, "<": one < other, "<=": one <= other, ">": one > other,
            ">=": one >= other,
        }[op]  # fmt: skip

    def _side(self, expr: ast.Expr) -> Any:
        """A side of a comparison: a value, or a bare word that no leaf has, which is a word of a list of words."""
        if isinstance(expr, ast.Name) and self._leaf(expr) is None:
            return expr.name
        return self.read(expr)


def conjunction(values: list[Any]) -> Any:
    """Kleene's *and*, which leaves out what does not apply."""
    concerned = [value for value in values if value is not NOT_APPLICABLE]
    if not concerned:
        return NOT_APPLICABLE
    if False in concerned:
        return False
    return OPEN if OPEN in concerned else True


def negation(value: Any) -> Any:
    """Kleene's *not*."""
    return value if value is OPEN or value is NOT_APPLICABLE else not value


def nine(value: Fraction) -> Fraction:
    """A number as whatever observes a quotient sees it: with 9 decimals, halves away from zero."""
    return half_away(value, 9)


def half_away(value: Fraction, places: int) -> Fraction:
    """Rounded to so many decimals, halves away from zero."""
    scaled = abs(value) * 10**places
    whole = (scaled + Fraction(1, 2)) // 1
    return Fraction(whole if value >= 0 else -whole, 10**places)


def arithmetic(op: str, one: Any, other: Any) -> Any:
    """Exact arithmetic; a quotient has 12 decimals."""
    if one is OPEN or other is OPEN:
        return OPEN
    if not isinstance(one, Fraction) or not isinstance(other, Fraction):
        raise CannotRead("arithmetic of something else than numbers")
    if op == "/":
        return OPEN if not other else half_away(one / other, 12)
    return {"+": one + other, "-": one - other, "*": one * other}[op]


def agrees(read: Any, stored: Any) -> bool:
    """Whether what was read is what the explanation says the result is."""
    if isinstance(stored, Missing):
        return read is OPEN
    if isinstance(stored, Fraction) and isinstance(read, Fraction):
        return nine(read) == nine(stored)
    return bool(read == stored) and type(read) is type(stored)
