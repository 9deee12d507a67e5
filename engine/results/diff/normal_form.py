"""The laws by which terms are brought into one form: each holds for every value, missing and *not applicable* included.

Quotients are rounded where they are made, so no law moves anything across a division, and factors change places but
stay in their brackets.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction

from .term import Term, literal, sort_key

SNAP = 10**9
"""A quotient of literals is worked out where it has no more decimals than whatever observes it sees."""

TIME = ("date", "year", "month", "week", "day")
"""The units of dates and of lengths of time."""

CONSTANT = ("literal", "word")


def ordered(terms: Iterable[Term]) -> tuple[Term, ...]:
    """Operands whose order does not matter, in one order."""
    return tuple(sorted(terms, key=sort_key))


def all_of(terms: Iterable[Term]) -> Term:
    """Kleene's *and*: no order, no brackets, nothing twice."""
    return _logic("and", terms)


def any_of(terms: Iterable[Term]) -> Term:
    """Kleene's *or*; one thing that is one of several words is one test."""
    return _logic("or", terms)


def _logic(op: str, terms: Iterable[Term]) -> Term:
    flat: list[Term] = []
    for term in terms:
        flat += term.args if term.op == op else (term,)
    found = ordered(_gathered(op, dict.fromkeys(flat)))
    return found[0] if len(found) == 1 else Term(op, found)


def _gathered(op: str, terms: Iterable[Term]) -> list[Term]:
    """Tests of one subject against words in one test: `x in {a} or x in {b}`, `not x in {a} and not x in {b}`."""
    subjects: dict[Term, list[Term]] = {}
    others: list[Term] = []
    for term in terms:
        inside = _inside(op, term)
        if inside is None:
            others.append(term)
        else:
            subjects.setdefault(inside.args[0], []).extend(inside.args[1:])
    for subject, options in subjects.items():
        test = Term("in", (subject, *ordered(dict.fromkeys(options))))
        others.append(test if op == "or" else Term("not", (test,)))
    return others


def _inside(op: str, term: Term) -> Term | None:
    if op == "or":
        return term if term.op == "in" else None
    return term.args[0] if term.op == "not" and term.args[0].op == "in" else None


def negated(term: Term) -> Term:
    """*not*, pushed inward as far as comparisons."""
    match term.op:
        case "not":
            return term.args[0]
        case "and":
            return any_of(negated(one) for one in term.args)
        case "or":
            return all_of(negated(one) for one in term.args)
        case "lt":
            return Term("le", (term.args[1], term.args[0]))
        case "le":
            return Term("lt", (term.args[1], term.args[0]))
        case "truth":
            return Term("truth", (), not term.value)
        case _:
            return Term("not", (term,))


def compared(op: str, left: Term, right: Term) -> Term:
    """An order, always with the lesser side first."""
    if op in (">", ">="):
        left, right = right, left
    return Term("lt" if op in ("<", ">") else "le", (left, right))


def equal(left: Term, right: Term) -> Term:
    """Equality; with a word or number on one side the test of being in a set of one."""
    first, second = (left, right) if right.op in CONSTANT or left.op not in CONSTANT else (right, left)
    if second.op in CONSTANT:
        return Term("in", (first, second))
    return Term("eq", ordered((left, right)))


def chosen(test: Term, then: Term, otherwise: Term) -> Term:
    """A choice; that on `not x` is the one on x with its branches changed."""
    other = negated(test)
    if sort_key(other) < sort_key(test):
        return Term("if", (other, otherwise, then))
    return Term("if", (test, then, otherwise))


def added(terms: Iterable[Term]) -> Term:
    """A sum: no order, no brackets; numbers of one unit added up. To a date or a year things are added one after the
    other, since a day and a month later is not always a month and a day later.
    """
    terms = tuple(terms)
    flat: list[Term] = []
    for term in terms:
        flat += term.args if term.op == "add" else (term,)
    if any(_of_time(term) for term in flat):
        return Term("later", terms)
    return _folded("add", flat, lambda one, two: one + two, Fraction(0))


def _of_time(term: Term) -> bool:
    timed = term.type is not None and term.type.kind in ("date", "year", "duration")
    return timed or term.op == "later" or (term.number is not None and term.value[1] in TIME)


def multiplied(terms: Iterable[Term]) -> Term:
    """A product of two: no order; numbers multiplied, also the number of a product with a number."""
    flat: list[Term] = []
    for term in terms:
        alone = term.op == "mul" and len(term.args) == 2 and any(one.number is not None for one in term.args)
        flat += term.args if alone else (term,)
    if sum(1 for one in flat if one.number is None) > 1:
        flat = list(terms) if isinstance(terms, tuple) else flat
    return _folded("mul", flat, lambda one, two: one * two, Fraction(1))


def _folded(op: str, terms: list[Term], join: Callable[[Fraction, Fraction], Fraction], nothing: Fraction) -> Term:
    constants: dict[str, Fraction] = {}
    rest: list[Term] = []
    for term in terms:
        if term.number is None:
            rest.append(term)
            continue
        unit = term.value[1]
        constants[unit] = join(constants.get(unit, nothing), term.number)
    if op == "mul" and len(constants) == 2 and "" in constants:
        plain = constants.pop("")
        unit, value = constants.popitem()
        constants[unit] = value * plain
    kept = [literal(value, unit) for unit, value in constants.items() if not rest or (value, unit) != (nothing, "")]
    found = ordered((*rest, *kept))
    return found[0] if len(found) == 1 else Term(op, found)


def divided(left: Term, right: Term) -> Term:
    """A quotient; of two numbers it is worked out where that is exact."""
    one, two = left.number, right.number
    if one is not None and two and right.value[1] == "" and (one / two * SNAP).denominator == 1:
        return literal(one / two, left.value[1])
    return Term("div", (left, right))
