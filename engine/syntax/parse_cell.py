"""From a cell of a decision table or of bands to a value, an interval, or anything.

A cell is `-` or `any`; a value; or the ends of an interval: `>= 3`, `over 75`, `over 75, up to 90`,
`from 1 to under 3`, `from 60 up to 70`, `under 4`, `at least 2`,
`at most 5`.
"""

from __future__ import annotations

import re

from ..text.diagnostic import Diagnostics
from .choice_tables import Cell, Interval
from .expr import Expr, Invalid, Name, Text
from .parse_expr import parse_value_at
from .pipe_table import TextCell

_FROM_TO = re.compile(r"from\s+(?P<low>(?!\s)(?:(?!,\s).)*?)\s+(?:up\s+)?to\s+(?P<under>under\s+)?(?P<high>\S.*)")
_LOW = re.compile(r"(?:(?P<in>>=|at\s+least\s|from\s)|(?P<out>>|over\s))\s*(?P<end>\S.*)")
_HIGH = re.compile(r"(?:(?P<in><=|up\s+to\s|at\s+most\s)|(?P<out><|under\s))\s*(?P<end>\S.*)")
_PARTS = re.compile(r",\s+|(?<=\S)\s+(?=(?:up\s+to|under|at\s+most)\s)")

# A value of several words, such as `more than moderate`, is written bare in a cell as it is in the data.
_PHRASE = re.compile(r"[A-Za-z][\w-]*(?: [A-Za-z][\w-]*)+")
# So is a school year: nothing is subtracted in a cell.
_SCHOOL_YEAR = re.compile(r"\d{4}-\d{2}")
_OF_EXPRESSIONS = frozenset(
    {"and", "or", "not", "if", "then", "else", "or_else", "in", "is", "as", "of", "over", "where", "by", "from", "to"}
)

_FORMS = (
    "write a value, `-` for any, `>= 3`, `over 75`, `up to 75`, `over 75, up to 90`, `under 4` or `from 1 to under 3`"
)


def parse_cell(cell: TextCell, diagnostics: Diagnostics) -> Cell:
    """An input cell; Y062 for one that is empty or whose ends do not fit together."""
    if cell.text in ("-", "any"):
        return None
    if not cell.text:
        diagnostics.report("Y062", cell.span, found=" ", form="a cell of a table", help=_FORMS)
        return Invalid(span=cell.span)
    interval = _interval(cell, diagnostics)
    return parse_result(cell, diagnostics) if interval is None else interval


def parse_cut(cell: TextCell, diagnostics: Diagnostics) -> Interval:
    """The cut of a band: an interval, or `-` for the whole line; Y062 for anything else."""
    if cell.text in ("-", "any"):
        return Interval()
    interval = _interval(cell, diagnostics) if cell.text else None
    if isinstance(interval, Interval):
        return interval
    if interval is None:
        help = "write `up to 75`, `over 75, up to 90`, `over 90`, `under 4` or `from 1 to under 3`"
        diagnostics.report("Y062", cell.span, found=cell.text or " ", form="a cut of a number", help=help)
    return Interval()


def parse_result(cell: TextCell, diagnostics: Diagnostics) -> Expr:
    """A cell that holds one value; Y062 for an empty one."""
    if not cell.text:
        help = "write a value, or `not known`"
        diagnostics.report("Y062", cell.span, found=" ", form="a result", help=help)
        return Invalid(span=cell.span)
    if _PHRASE.fullmatch(cell.text) and _OF_EXPRESSIONS.isdisjoint(cell.text.split()):
        return Name(cell.text, span=cell.span)
    return _value(cell, diagnostics)


def _interval(cell: TextCell, diagnostics: Diagnostics) -> Interval | Invalid | None:
    """The interval that a cell writes; nothing where it writes none, `Invalid` where its ends do not fit (Y062)."""
    if both := _FROM_TO.fullmatch(cell.text):
        low, high = (_end(cell, *both.span(name), diagnostics) for name in ("low", "high"))
        return Interval(low=low, high=high, low_in=True, high_in=not both["under"])
    ends: dict[str, tuple[Expr, bool]] = {}
    at = 0
    for stop, following in [*(comma.span() for comma in _PARTS.finditer(cell.text)), (len(cell.text),) * 2]:
        piece = cell.text[at:stop]
        lower = _LOW.fullmatch(piece)
        side, found = ("lower", lower) if lower else ("upper", _HIGH.fullmatch(piece))
        if found is None and not ends:
            return None
        if found is None or side in ends:
            part = cell.part(at, stop)
            form = f"needed: the {side} end is given" if found else "an end such as `over 75` or `up to 90`"
            diagnostics.report("Y062", part.span, found=part.text, form=form, help=_FORMS)
            return Invalid(span=cell.span)
        start, end = found.span("end")
        ends[side] = _end(cell, at + start, at + end, diagnostics), bool(found["in"])
        at = following
    low_end, low_in = ends.get("lower", (None, False))
    high_end, high_in = ends.get("upper", (None, False))
    return Interval(low=low_end, high=high_end, low_in=low_in, high_in=high_in)


def _end(cell: TextCell, start: int, end: int, diagnostics: Diagnostics) -> Expr:
    return _value(cell.part(start, end), diagnostics)


def _value(cell: TextCell, diagnostics: Diagnostics) -> Expr:
    if _SCHOOL_YEAR.fullmatch(cell.text):
        return Text(cell.text, span=cell.span)
    return parse_value_at(cell.scalar, cell.start, cell.end, diagnostics)
