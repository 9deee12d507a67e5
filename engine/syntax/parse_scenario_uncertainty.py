"""From the key `uncertainty` of a scenario to how often is drawn, and how columns and parameters spread."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..text.diagnostic import Diagnostics
from ..text.document import Entry, Mapping, Node, Scalar, Sequence
from .cases import Override
from .expr import Expr, Invalid, Percent
from .policy import Word
from .scenario_uncertainty import ColumnSpread, Ends, Listed, ParameterSpread, Uncertainty
from .slots import entries, items, scalar, slot, text, word
from .written_value import written_value

NUMBERS = ("from", "likely", "to", "mean", "standard_deviation")
KINDS = {
    ("from", "to"): "even",
    ("from", "likely", "to"): "triangular",
    ("mean", "standard_deviation"): "normal",
    ("from", "mean", "standard_deviation"): "normal",
    ("to", "mean", "standard_deviation"): "normal",
    ("from", "to", "mean", "standard_deviation"): "normal",
}
"""What the numbers that are written make of a parameter."""

_COLUMN = re.compile(r"[a-z][a-z0-9_]*")
_DRAWS, _SEED = re.compile(r"[1-9][0-9]{0,3}|10000"), re.compile(r"[0-9]{1,18}")


def parse_uncertainty(node: Node | None, diagnostics: Diagnostics) -> Uncertainty | None:
    """What the key says; nothing where there is none, or it does not say how often and from which seed.

    Complaints: what does not say how it spreads (Y090), an error that is neither a percent nor a column (Y091), values
    that are not written out (Y053).
    """
    draws, seed = text(slot(node, "draws")), text(slot(node, "seed"))
    if node is None or not _DRAWS.fullmatch(draws) or not _SEED.fullmatch(seed):
        return None
    columns = [found for entry in entries(slot(node, "columns")) if (found := _column(entry, diagnostics))]
    spreads = [one for entry in entries(slot(node, "parameters")) if (one := _parameter(entry, diagnostics))]
    return Uncertainty(
        int(draws),
        int(seed),
        tuple(sorted(columns, key=lambda one: (one.table.text, one.column.text))),
        tuple(sorted(spreads, key=lambda one: (one.parameter.text, one.member.text if one.member else ""))),
        node.span,
    )


def _number(value: Scalar | None, diagnostics: Diagnostics) -> Expr | None:
    """The literal that a text writes; nothing where it writes none, which is reported (Y053)."""
    literal = written_value(value, diagnostics) if value else None
    if value is not None and literal is None:
        diagnostics.report("Y053", value.span, found="none", help="write the number itself")
    return None if isinstance(literal, Invalid) else literal


def _column(entry: Entry, diagnostics: Diagnostics) -> ColumnSpread | None:
    table, dot, name = entry.key.text.partition(".")
    node, key = entry.value, entry.key
    if not dot:
        return None
    of, column = Word(text=table, span=key.span), Word(text=name, span=key.span)
    if isinstance(node, Scalar):
        return ColumnSpread(of, column, exact=True, span=key.span) if node.text.strip() == "exact" else None
    error, error_in = _error(scalar(slot(node, "relative_standard_error")), diagnostics)
    missing = slot(node, "where_missing")
    found = ColumnSpread(
        of,
        column,
        error=error,
        error_in=error_in,
        bounded=_ends(slot(node, "where_bounded"), diagnostics),
        missing=_ends(missing, diagnostics),
        reason=text(slot(missing, "reason")),
        because=text(slot(node, "because")),
        span=key.span,
    )
    known = {one.key.text for one in entries(node)}
    if isinstance(node, Mapping) and known <= {"because"}:
        help = "say `relative_standard_error`, `where_bounded` or `where_missing`, or write `exact`"
        diagnostics.report("Y090", key.span, help=help, name=key.text)
        return None
    return found


def _error(value: Scalar | None, diagnostics: Diagnostics) -> tuple[Expr | None, Word | None]:
    if value is None:
        return None, None
    if _COLUMN.fullmatch(value.text.strip()):
        return None, word(value)
    own = Diagnostics()
    literal = written_value(value, own)
    if own.has_errors or not isinstance(literal, Percent):
        help = "write a percent such as `3%`, or the column of the table that has it"
        diagnostics.report("Y091", value.span, help=help, found=" ".join(value.text.split()))
        return None, None
    return literal, None


def _ends(node: Node | None, diagnostics: Diagnostics) -> Ends | None:
    if not isinstance(node, Mapping):
        return None
    first, last = (_number(scalar(slot(node, key)), diagnostics) for key in ("from", "to"))
    return Ends(first, last, node.span)


def _parameter(entry: Entry, diagnostics: Diagnostics) -> ParameterSpread | None:
    name, dot, part = entry.key.text.partition(".")
    parameter = Word(text=name, span=entry.key.span)
    member = Word(text=part, span=entry.key.span) if dot else None
    node, because = entry.value, text(slot(entry.value, "because"))
    written = {one.key.text for one in entries(node)}
    if "one_of" in written and written <= {"one_of", "because"}:
        values = tuple(_listed(parameter, member, slot(node, "one_of"), diagnostics))
        return ParameterSpread(parameter, member, "listed", values=values, because=because, span=entry.key.span)
    kind = KINDS.get(tuple(key for key in NUMBERS if key in written)) if "one_of" not in written else None
    if kind is None:
        if isinstance(node, Mapping):
            help = "write `from` and `to` (with `likely`), `mean` and `standard_deviation`, or `one_of`"
            diagnostics.report("Y090", entry.key.span, help=help, name=entry.key.text)
        return None
    numbers = tuple(
        (key, value)
        for key in NUMBERS
        if key in written and (value := _number(scalar(slot(node, key)), diagnostics)) is not None
    )
    if len(numbers) < len(written & set(NUMBERS)):
        return None  # it has been reported
    return ParameterSpread(parameter, member, kind, numbers, because=because, span=entry.key.span)


def _listed(parameter: Word, member: Word | None, node: Node | None, diagnostics: Diagnostics) -> Iterator[Listed]:
    for item in items(node) if isinstance(node, Sequence) else ():
        value = scalar(slot(item, "value")) if isinstance(item, Mapping) else scalar(item)
        weight = text(slot(item, "weight")) or "1"
        literal = written_value(value, diagnostics) if value else None
        if value is not None and not isinstance(literal, Invalid) and weight.isascii() and weight.isdigit():
            yield Listed(Override(parameter, member, literal, value.span), int(weight))
