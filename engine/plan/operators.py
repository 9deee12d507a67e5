"""The closed list of scalar operators of the plan: what each means, what it does with the missing, and its direction.

Every backend spells exactly these. Values are exact; `m` stands for missing. Unless a rule says otherwise an operator with
a missing operand is missing with that operand's reasons, and one with a bound is missing with the reason *bound*.

direction: the result's direction in each operand, `+` rises, `-` falls, `0` does not depend on order, `?` unknown.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Operator:
    """A scalar operator: its name, number of operands (-1: any), direction, meaning, and `host` if only the engine computes it."""

    name: str
    arity: int
    direction: str
    meaning: str
    host: bool = False


_TABLE = (
    # numbers ------------------------------------------------------------------------------------------------------
    Operator("add", 2, "++", "sum; a bound plus an exact number is a bound, two bounds are missing (bound)"),
    Operator("sub", 2, "+-", "difference; a bound minus an exact number, or the reverse, is a bound"),
    Operator("neg", 1, "-", "negation; a bound turns round"),
    Operator("mul", 2, "??", "product; a bound times an exact number is a bound, turned round by a negative one"),
    Operator("div", 2, "??", "quotient to 12 decimals, half away from zero; by zero: failed X001; a bound divided by an exact "
             "number is a bound"),
    Operator("snap", 1, "+", "rounds a quotient to 9 decimals, half away from zero (both ends of a bound)"),
    Operator("abs", 1, "?", "absolute value"),
    Operator("min", -1, "+", "least operand; missing if any is missing; of bounds a bound (ends taken end by end, open low "
             "end wins, open high end yields)"),
    Operator("max", -1, "+", "greatest operand, likewise"),
    Operator("round", 2, "+0", "options (places,); operands the number and a rounding mode; each end of a bound is rounded"),
    Operator("prorate", 4, "???0", "options (places,); operands amount, numerator, denominator and a rounding mode: amount x numerator / "
             "denominator, exact, rounded once; a denominator of 0: failed X001; no operand is a bound"),
    Operator("bound", 2, "++", "the number known to lie from the first operand to the second; a missing end is open, both missing: "
             "missing with the reasons of both"),
    Operator("ln", 1, "+", "natural logarithm to 9 decimals half even; of 0 or less: failed X002", host=True),
    Operator("sqrt", 1, "+", "square root to 9 decimals half even; of less than 0: failed X002", host=True),
    # comparisons: true or false when every value inside the bounds agrees, else missing -----------------------------
    Operator("eq", 2, "00", "equal (numbers by value, text by code points, rows by key)"),
    Operator("ne", 2, "00", "not equal"),
    Operator("lt", 2, "-+", "less"),
    Operator("le", 2, "-+", "less or equal"),
    Operator("gt", 2, "+-", "greater"),
    Operator("ge", 2, "+-", "greater or equal"),
    Operator("ordinal", 1, "+", "options are the values of an ordered enum; gives the position of the operand among them, from 0"),
    # logic: Kleene; operands may be *not applicable*, which and/or/at_least leave out -------------------------------
    Operator("and", -1, "+", "Kleene and; not applicable only if every operand is"),
    Operator("or", -1, "+", "Kleene or; not applicable only if every operand is"),
    Operator("not", 1, "-", "Kleene not; of not applicable: not applicable"),
    Operator("at_least", -1, "+", "options (k,); true when k operands are true, false when fewer than k can be, else missing; "
             "not applicable only if every operand is"),
    Operator("criterion", 2, "?-", "operands test and excuse: not applicable where excuse is true, missing where excuse is missing, "
             "else the test (missing stays missing)"),
    Operator("settled", 1, "+", "a test that may be not applicable, seen by anything but logic: missing there (reason not applicable)"),
    Operator("is_applicable", 1, "0", "false where not applicable, else true (never missing)"),
    # choice ---------------------------------------------------------------------------------------------------------
    Operator("if", 3, "0++", "operands test, then, otherwise; where the test is missing: the value if both branches are known and "
             "equal, else missing (a result that is a quotient: equal as seen, and then the value as seen); a branch not taken is "
             "never read"),
    Operator("or_else", 2, "++", "the first operand, or the second where the first is missing with no bound at all"),
    Operator("is_known", 1, "0", "true where there is an exact value or a bound, false where it is missing or failed; never missing"),
    # dates and years ------------------------------------------------------------------------------------------------
    Operator("add_days", 2, "++", "a date and a whole number of days"),
    Operator("add_months", 2, "++", "a date and a whole number of months; the day is kept, or the month's last where it has no such day"),
    Operator("year_of", 1, "+", "options (month, day, named_for_end 0|1): the year that holds a date, begun on that month and day; "
             "an int"),
    Operator("day_of_year", 1, "+", "options (month, day, begin month, begin day, named_for_end): the date with that month and day "
             "inside a year (day kept within the month's length; month 0 with day 1: the year's first day, with day 31: its last)"),
    Operator("add_years", 2, "++", "a year (int) and a whole number of years"),
)  # fmt: skip

OPERATORS = {operator.name: operator for operator in _TABLE}
"""Name → operator."""
