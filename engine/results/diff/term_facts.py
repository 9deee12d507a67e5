"""What can be known of the values of a term from its form and from the ranges of what it names."""

from __future__ import annotations

from .term import Term


def excusable(term: Term) -> bool:
    """Whether a test may be *not applicable*."""
    if term.op in ("lt", "le", "eq", "in", "known", "truth", "over"):
        return False
    if term.op in ("and", "or"):
        return all(excusable(one) for one in term.args)
    if term.op == "not":
        return excusable(term.args[0])
    return term.type is None or term.type.excusable


def is_test(term: Term) -> bool:
    """Whether it is true, false or missing."""
    if term.op in ("and", "or", "not", "lt", "le", "eq", "in", "known", "truth"):
        return True
    if term.op == "if":
        return is_test(term.args[1]) and is_test(term.args[2])
    return term.type is not None and term.type.kind == "truth"


def nullable(term: Term) -> bool:
    """Whether it may be anything but a plain known value."""
    return term.type is None or term.type.nullable or term.type.bounded or term.type.excusable


def never_negative(term: Term) -> bool:
    """Whether a number is zero or more wherever it is known, as far as ranges and forms tell."""
    if term.number is not None:
        return term.number >= 0
    if term.type is not None and term.type.low is not None and term.type.low >= 0:
        return True
    match term.op:
        case "add" | "mul" | "div" | "or_else":
            return all(map(never_negative, term.args))
        case "if":
            return all(map(never_negative, term.args[1:]))
        case "as_of":
            return never_negative(term.args[0])
        case "call":
            return _call_never_negative(term)
        case "over":
            return term.value[0] in ("count", "share") or (
                term.value[0] in ("sum", "mean", "median", "min", "max") and never_negative(term.args[1])
            )
        case _:
            return False


def _call_never_negative(term: Term) -> bool:
    if term.value in ("round", "floor", "ceiling", "truncate", "points"):
        return never_negative(term.args[0])
    if term.value == "min":
        return all(map(never_negative, term.args))
    return term.value == "abs" or (term.value == "max" and any(map(never_negative, term.args)))


def above_zero(term: Term) -> bool:
    """Whether a number is above zero wherever it is known."""
    if term.number is not None:
        return term.number > 0
    return term.type is not None and term.type.low is not None and term.type.low > 0
