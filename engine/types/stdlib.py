"""Every function of the language, declared."""

from __future__ import annotations

from .functions import Function

_MISSING = "missing if an argument is missing"
_ROWS = "missing if a row is only possible or a value is missing; over no rows missing, reason *no rows*"

_SCALAR = (
    Function("min", "min(a, b, …)", "the least of its arguments", _MISSING, "++", examples=(("min(2, 3, 1)", "1"),)),
    Function("max", "max(a, b, …)", "the greatest of its arguments", _MISSING, "++", examples=(("max($2, $3.50)", "3.5"),)),
    Function("clamp", "clamp(x, low, high)", "x, but no less than low and no more than high", _MISSING, "+++",
             "from low to high", (("clamp(12, 0, 10)", "10"), ("clamp(-1, 0, 10)", "0"))),
    Function("abs", "abs(x)", "x without its sign", _MISSING, "?", "0 or more", (("abs(-3.5)", "3.5"),)),
    Function("round", "round(x, places, mode)", "x rounded to so many decimals (0 if not said); the mode is half_up (ties away "
             "from zero) if not said, or half_even, up, down, floor, ceiling", _MISSING, "+00",
             examples=(("round(63.65, 1)", "63.7"), ("round(-63.65, 1)", "-63.7"), ("round(2.5, 0, half_even)", "2"))),
    Function("floor", "floor(x)", "the greatest whole number that is not above x", _MISSING, "+",
             examples=(("floor(1 / 3 * 3)", "1"), ("floor(-1.5)", "-2"))),
    Function("ceiling", "ceiling(x)", "the least whole number that is not below x", _MISSING, "+",
             examples=(("ceiling(6.6)", "7"),)),
    Function("truncate", "truncate(x, places)", "x without its further decimals", _MISSING, "+0",
             examples=(("truncate(-1.55, 1)", "-1.5"),)),
    Function("ln", "ln(x)", "the natural logarithm, to 9 decimals; failed where x is not above 0", _MISSING, "+",
             examples=(("ln(2)", "0.693147181"),)),
    Function("sqrt", "sqrt(x)", "the square root, to 9 decimals; failed where x is below 0", _MISSING, "+", "0 or more",
             (("sqrt(2)", "1.414213562"),)),
    Function("points", "points(r)", "a ratio in points: 60% is 60 points", _MISSING, "+", examples=(("points(60%)", "60"),)),
    Function("at_least", "at_least(k, a, b, …)", "whether k or more of the tests are true", "true or false once the known tests "
             "decide it, else missing; what is not applicable is left out", "-+", examples=(("at_least(2, true, false, true)", "true"),)),
    Function("listed", "listed(thing as of date)", "whether the thing was on the priority list on that date; of a regional list "
             "`listed(thing in area as of date)`, whether it was there, in the whole jurisdiction, or in a larger area that "
             "holds it", "missing before the first list (*no list yet*) and where the date or the area is missing", "?"),
    Function("in_group", "in_group(name)", "whether the student is in a student group", _MISSING, "?"),
)  # fmt: skip

_OVER = (
    Function("any", "any(TEST over ROWS where FILTER)", "whether the test holds for at least one row", "Kleene's *or* over the "
             "rows; over none false", "+", examples=(("any(n > 3 over parts)", "true"),), over_rows=True),
    Function("all", "all(TEST over ROWS where FILTER)", "whether the test holds for every row", "Kleene's *and* over the rows; "
             "over none true", "+", examples=(("all(n > 3 over parts)", "false"),), over_rows=True),
    Function("count", "count(ROWS where FILTER)", "how many rows there are", "a bound from the certain to the possible rows", "+",
             "0 or more", examples=(("count(parts where good)", "2"),), over_rows=True),
    Function("share", "share(TEST over ROWS where FILTER)", "rows for which the test holds, over all rows, as a ratio",
             "a bound from the sure to the possible; missing if a row is only possible; over none missing", "?",
             "from 0% to 100%", examples=(("share(good over parts)", "0.666666667"),), over_rows=True),
    Function("sum", "sum(x over ROWS where FILTER)", "the sum; over no rows 0", "missing if a row is only possible or a value is "
             "missing", "+", examples=(("sum(n over parts)", "7"),), over_rows=True),
    Function("mean", "mean(x over ROWS where FILTER)", "the sum over the count, one division", _ROWS, "+", examples=(("mean(n over parts)", "2.333333333"),), over_rows=True),
    Function("weighted_mean", "weighted_mean(x by w over ROWS where FILTER)", "the sum of w times x over the sum of w, one division",
             _ROWS, "+?", examples=(("weighted_mean(n by w over parts)", "1.8"),), over_rows=True),
    Function("median", "median(x over ROWS where FILTER)", "the middle value, or the mean of the two middle ones", _ROWS
             + "; a bound that cannot change it does not matter", "+", examples=(("median(n over parts)", "2"),), over_rows=True),
    Function("percentile", "percentile(90%, x over ROWS where FILTER)", "the value below which that share lies, interpolated between "
             "the two nearest ranks; with `, nearest_rank` the value at the nearest rank", _ROWS, "++", examples=(("percentile(75%, n over parts)", "3"),), over_rows=True),
    Function("stdev_sample", "stdev_sample(x over ROWS where FILTER)", "the standard deviation of a sample, to 9 decimals", _ROWS, "?",
             "0 or more", examples=(("stdev_sample(n over parts where good)", "0.707106781"),), over_rows=True),
    Function("stdev_population", "stdev_population(x over ROWS where FILTER)", "the standard deviation of all, to 9 decimals", _ROWS,
             "?", "0 or more", examples=(("stdev_population(n over parts where good)", "0.5"),), over_rows=True),
    Function("which", "which(x over ROWS where FILTER)", "in a sentence: the first three names of the rows of which it is sure, and how "
             "many more there are; `nobody` where there are none", "what is missing is not named", "?", over_rows=True),
    Function("count_distinct", "count_distinct(x over ROWS where FILTER)", "how many different values there are", "missing if a row is "
             "only possible or a value is missing; over none 0", "?", "0 or more", examples=(("count_distinct(w over parts)", "2"),), over_rows=True),
    Function("first", "first(x over ROWS where FILTER by ORDER)", "x of the first row in the order, ties broken by key", _ROWS, "?",
             examples=(("first(n over parts by n desc)", "4"),), over_rows=True),
    Function("last", "last(x over ROWS where FILTER by ORDER)", "x of the last row in the order, ties broken by key", _ROWS, "?",
             examples=(("last(n over parts by n desc)", "1"),), over_rows=True),
    Function("the", "the(x over ROWS where FILTER)", "x of the one row that fits; more than one is a failed cell", _ROWS, "?",
             examples=(("the(n over parts where n > 3)", "4"),), over_rows=True),
    Function("rank", "rank(by ORDER within GROUP where FILTER)", "the place in the order: 1, 2, 2, 4", "missing where an order value is; "
             "such a row takes no place", "?", "1 or more", examples=(("rank(by n desc)", "3, 2, 1"),), over_rows=True),
    Function("running_sum", "running_sum(x by ORDER within GROUP where FILTER)", "the sum of this row and all before it",
             "missing from the first missing value on", "?", examples=(("running_sum(n by n)", "1, 3, 7"),), over_rows=True),
    Function("share_of", "share_of(x within GROUP where FILTER)", "x over the sum of x in the group, as a ratio",
             "missing if any x of the group is", "?", "from 0% to 100% where no x is negative", examples=(("share_of(n)", "0.142857143, 0.285714286, 0.571428571"),), over_rows=True),
)  # fmt: skip

FUNCTIONS = {function.name: function for function in (*_SCALAR, *_OVER)}
"""Name → declaration."""
