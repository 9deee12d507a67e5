"""From `years:` of a scenario's file to years ahead as written."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from ..text.diagnostic import Diagnostics
from ..text.document import Mapping, Node, Scalar
from ..text.source import Span
from .expr import Expr, Negate, Number, Percent
from .parse_expr import parse_test, parse_value
from .policy import Word
from .scenario_years import Shares, WrittenGrowth, WrittenResponse, WrittenYears
from .slots import entries, items, scalar, slot, text, whole, word
from .starts import is_school_year


def parse_years(node: Node | None, key: Span, diagnostics: Diagnostics) -> WrittenYears | None:
    """The years ahead that a scenario asks for; nothing where it asks for none.

    Complaints: not one of `until` and `ahead` (Y094), a school year that is none (Y051), growth that is no percent
    (Y095), an elasticity that is no number (Y096).
    """
    if not isinstance(node, Mapping):
        return None
    last = scalar(slot(node, "until"))
    until = _begins(last, diagnostics) if last else None
    ahead = whole(slot(node, "ahead"))
    if (slot(node, "until") is None) == (slot(node, "ahead") is None):
        help = "write `until: 2031-32`, the last school year, or `ahead: 5`, how many years"
        diagnostics.report("Y094", key, help=help)
    return WrittenYears(
        until=until,
        ahead=ahead,
        cohorts=_shares(slot(node, "cohorts"), diagnostics),
        growths=tuple(_growths(slot(node, "grow"), diagnostics)),
        wages=_shares(slot(node, "wages"), diagnostics),
        move=tuple(found for found in map(word, items(slot(node, "move"))) if found is not None),
        responses=tuple(_responses(slot(node, "response"), diagnostics)),
        span=key,
    )


def _begins(written: Scalar, diagnostics: Diagnostics) -> int | None:
    """The year in which a school year begins; nothing where it is none (Y051)."""
    return int(written.text[:4]) if is_school_year(written, diagnostics) else None


def _shares(node: Node | None, diagnostics: Diagnostics) -> Shares:
    """One percent for all years, or one from each school year on."""
    single = scalar(node)
    if single is not None:
        share = _percent(single, diagnostics)
        return () if share is None else ((None, share),)
    found: list[tuple[int | None, Fraction]] = []
    for entry in entries(node):
        begins, value = _begins(entry.key, diagnostics), scalar(entry.value)
        share = _percent(value, diagnostics) if value else None
        if begins is not None and share is not None:
            found.append((begins, share))
    return tuple(sorted(found, key=lambda one: one[0] or 0))


def _percent(written: Scalar, diagnostics: Diagnostics) -> Fraction | None:
    found = _number(parse_value(written, diagnostics), Percent)
    if found is None or not -100 <= found <= 1000:
        help = "write a percent such as `3%`, or `-2%` for fewer, from -100% to 1000%"
        diagnostics.report("Y095", written.span, help=help, found=" ".join(written.text.split()))
        return None
    return found / 100


def _number(value: Expr, kind: type[Percent] | type[Number]) -> Fraction | None:
    inner = value.operand if isinstance(value, Negate) else value
    if not isinstance(inner, kind):
        return None
    return -Fraction(inner.value) if isinstance(value, Negate) else Fraction(inner.value)


def _growths(node: Node | None, diagnostics: Diagnostics) -> Iterator[WrittenGrowth]:
    for one in items(node):
        of, by = word(slot(one, "of")), _shares(slot(one, "by"), diagnostics)
        if of is not None:
            yield WrittenGrowth(of, _where(one, diagnostics), by)


def _where(node: Node, diagnostics: Diagnostics) -> Expr | None:
    found = scalar(slot(node, "where"))
    return parse_test(found, diagnostics) if found else None


def _responses(node: Node | None, diagnostics: Diagnostics) -> Iterator[WrittenResponse]:
    for one in items(node):
        written, of, to = scalar(slot(one, "elasticity")), word(slot(one, "of")), scalar(slot(one, "to"))
        if written is None or of is None or to is None:
            continue
        elasticity = _number(parse_value(written, diagnostics), Number)
        if elasticity is None:
            help = "write a number such as `0.2`: with 10% more money there are 2% more rows"
            diagnostics.report("Y096", written.span, help=help, found=" ".join(written.text.split()))
            continue
        name, dot, member = to.text.partition(".")
        lag = text(slot(one, "lag")).split(" ")[0]
        yield WrittenResponse(
            elasticity, of, _where(one, diagnostics), Word(text=name, span=to.span),
            Word(text=member, span=to.span) if dot else None, int(lag or 0), text(slot(one, "because")),
            text(slot(one, "cite")),
        )  # fmt: skip
