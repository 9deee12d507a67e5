"""What people write who know spreadsheets, databases or other languages, and what to write here instead."""

from __future__ import annotations

KEYWORDS = frozenset(
    (
        "and", "or", "not", "if", "then", "else", "in", "is", "over", "where", "by", "within", "as", "of", "top",
        "between", "from", "to", "under", "known", "missing", "otherwise", "or_else", "true", "false", "desc", "asc",
    )
)  # fmt: skip
"""Words of the language, which name nothing."""

OPERATORS = {
    "==": "=", "<>": "!=", "=>": ">=", "=<": "<=", "≥": ">=", "≤": "<=", "≠": "!=",
    "&&": "and", "&": "and", "||": "or", "|": "or", "!": "not", "¬": "not",
    "×": "*", "·": "*", "÷": "/", "−": "-", "–": "-", "—": "-",
}  # fmt: skip
"""A foreign operator → the one meant."""

POWERS = ("**", "^")
"""Signs of a power, which the language does not have."""

CHARACTERS = {
    "[": "a list of values stands in braces: `in {a, b}`",
    "]": "a list of values stands in braces: `in {a, b}`",
    ";": "arguments are separated by a comma and a space",
    ":": "to compare write `=`; a choice is `if … then … else …`",
    "?": "a choice is `if … then … else …`; for a missing value write `is missing`",
    "%": "a percentage is a number and its sign without a space: `60%`",
    "$": "an amount is written `$1,250`, without a space after the sign",
    "#": "a comment belongs at the end of the YAML line, after a space",
}
"""A character that no expression holds → the cure."""

QUOTES = {"'": "'", "‘": "’", "’": "’", "‚": "’", "“": "”", "”": "”", "„": "“", "«": "»", "`": "`"}
"""A quotation mark that is not `"` → the one that may close it."""

AFTER_A_NUMBER = {
    "percent": "a percentage is written `{number}%`",
    "dollars": "an amount is written `${number}`",
    "dollar": "an amount is written `${number}`",
    "usd": "an amount is written `${number}`",
    "thousand": "write all the digits",
    "million": "write all the digits, in money with commas: `$12,500,000`",
    "billion": "write all the digits, in money with commas: `$2,000,000,000`",
    "points": "a number of points is written without a unit: `{number}`",
    "years": "a length of time is whole: `18 months`",
    "months": "a length of time is whole: `45 days`",
    "weeks": "a length of time is whole: `10 days`",
    "days": "a length of time is whole: `10 days`",
    "hours": "a number of hours is written without a unit: `{number}`",
}
"""A word after a number → the cure."""

FUNCTIONS = {
    "avg": "mean", "average": "mean", "stdev": "stdev_sample", "std": "stdev_sample", "stddev": "stdev_sample",
    "maximum": "max", "minimum": "min", "total": "sum", "exists": "any", "every": "all", "some": "any",
    "fraction": "share", "only": "the", "single": "the", "distinct": "count_distinct", "quantile": "percentile",
}  # fmt: skip
"""A function elsewhere → the aggregate here."""


SCALARS = frozenset(("clamp", "abs", "round", "floor", "ceiling", "truncate", "ln", "sqrt", "at_least", "points"))
"""Functions of values, which are no misspelt aggregate."""


class Slip(Exception):
    """An expression that cannot be read: a code, the characters of the scalar, the cures and the code's blanks."""

    def __init__(self, code: str, start: int, end: int, *help: str, **blanks: str) -> None:
        super().__init__(code)
        self.code = code
        self.start = start
        self.end = end
        self.help = help
        self.blanks = blanks


def shortened(text: str) -> str:
    """A text on one line, cut so that it fits into a message."""
    line = " ".join(text.split())
    return line if len(line) <= 60 else line[:57] + "…"
