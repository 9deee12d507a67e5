"""The wording of what the checker finds: one function per complaint, so that the checks read as sentences.

Each takes the collector and the guilty node, reports, and returns the type `unknown`.
"""

from __future__ import annotations

from collections.abc import Iterable

from ..syntax.expr import Expr
from ..syntax.print import print_expr as text_of
from ..text.diagnostic import Diagnostics, Label
from ..text.source import Span
from ..text.suggest import nearest
from .datatypes import MAX_DIGITS, UNKNOWN, Type


def did_you_mean(name: str, known: Iterable[str]) -> tuple[str, ...]:
    """The help line that offers the nearest known name, if one is near."""
    near = nearest(name, sorted(known))
    return (f"did you mean `{near}`?",) if near else ()


def unknown_name(found: Diagnostics, span: Span, name: str, where: str, known: Iterable[str], *more: str) -> Type:
    """N001: nothing in reach has this name."""
    found.report("N001", span, help=(*did_you_mean(name, known), *more), name=name, where=where)
    return UNKNOWN


def ambiguous_name(found: Diagnostics, span: Span, name: str, entity: str) -> Type:
    """N002: a bare word is both a value of the enum and a name in scope."""
    found.report(
        "N002", span, help=f'write `"{name}"` for the value, or `this.{name}` for the column of {entity}', name=name
    )
    return UNKNOWN


def not_single(found: Diagnostics, span: Span, name: str, entity: str, unbound: Iterable[str]) -> Type:
    """N003: a dot (or a bare name) walks a relation that leads to many rows."""
    open_keys = ", ".join(f"`{column}`" for column in unbound)
    why = f"nothing binds its key column {open_keys}" if open_keys else "one row has many of them"
    found.report(
        "N003",
        span,
        label=why,
        help=(
            f"say what to do with the many rows: `any(… over {name})`, `max(… over {name})`",
            "or bind the rest of the key in `relations:` so that one row is left",
        ),
        name=name,
        entity=entity,
    )
    return UNKNOWN


def outer_name(found: Diagnostics, span: Span, name: str, inner: str, outer: str) -> Type:
    """N007: a bare name that only the outer row has."""
    found.report("N007", span, help=f"write `{outer}.{name}` for the outer row", name=name, inner=inner, outer=outer)
    return UNKNOWN


def not_rows(found: Diagnostics, span: Span, name: str, entity: str, known: Iterable[str]) -> Type:
    """N008: what stands after `over` is not a set of rows that the row has."""
    many = sorted(known)
    told = f"{entity} has many {', '.join(f'`{one}`' for one in many)}" if many else f"{entity} has no many relation"
    found.report("N008", span, help=(*did_you_mean(name, many), told), name=name, entity=entity)
    return UNKNOWN


def not_a_row(found: Diagnostics, span: Span, base: str, base_type: Type) -> Type:
    """N015: a dot after something that is not a row."""
    found.report("N015", span, base=base, found=base_type)
    return UNKNOWN


def units_differ(found: Diagnostics, expr: Expr, op: str, left: tuple[Expr, Type], right: tuple[Expr, Type]) -> Type:
    """T001: two units that do not meet."""
    units = (left[1].unit, right[1].unit)
    help = ""
    if all(unit.is_money for unit in units) and units[0] != units[1]:
        help = (
            f"turn one into the other with a parameter that has a citation, such as hours per year: "
            f"`{text_of(left[0])} * hours_per_year`"
        )
    found.report(
        "T001",
        expr.span,
        others=(Label(left[0].span, f"{left[1]}"), Label(right[0].span, f"{right[1]}")),
        help=help or (),
        op=op,
        left=left[1],
        right=right[1],
    )
    return UNKNOWN


def types_differ(found: Diagnostics, expr: Expr, op: str, left: Type, right: Type) -> Type:
    """T002: two kinds of value that do not meet."""
    found.report("T002", expr.span, op=op, left=left, right=right)
    return UNKNOWN


def percent_for_number(found: Diagnostics, expr: Expr, other: Type) -> Type:
    """T003: a percent where the other side is no ratio."""
    found.report(
        "T003", expr.span, help=f"write the number without the sign, or turn the ratio into points: `points({text_of(expr)})`",
        text=text_of(expr), other=other,
    )  # fmt: skip
    return UNKNOWN


def number_for_percent(found: Diagnostics, expr: Expr, other: Type) -> Type:
    """T004: a bare number where a percent belongs."""
    found.report("T004", expr.span, help=f"write `{text_of(expr)}%`", text=text_of(expr))
    return UNKNOWN


def number_for_money(found: Diagnostics, expr: Expr, other: Type) -> Type:
    """T013: a bare number where money belongs."""
    unit = str(other.unit)
    per = unit[3:] if unit.startswith("USD/") else ""
    found.report("T013", expr.span, help=f"write `${text_of(expr)}{per}`", text=text_of(expr), unit=unit)
    return UNKNOWN


def not_a_test(found: Diagnostics, expr: Expr, type: Type) -> Type:
    """T005: something that is neither true nor false in the place of a test."""
    found.report("T005", expr.span, found=type, text=text_of(expr))
    return UNKNOWN


def not_a_number(found: Diagnostics, expr: Expr, type: Type) -> Type:
    """T006: something that is no number in the place of one."""
    found.report("T006", expr.span, found=type, text=text_of(expr))
    return UNKNOWN


def wrong_arguments(found: Diagnostics, expr: Expr, function: str, expected: str) -> Type:
    """T007: a function with the wrong number or kind of arguments."""
    found.report("T007", expr.span, help=f"it is written `{expected}`", function=function)
    return UNKNOWN


def too_many_digits(found: Diagnostics, expr: Expr, digits: int) -> Type:
    """T008: a result that could need more digits than every backend holds."""
    found.report(
        "T008",
        expr.span,
        help="round an operand first, as in `round(x, 2)`, or give the columns a range with `at_least` and `at_most`",
        text=text_of(expr),
        digits=digits,
        most=MAX_DIGITS,
    )
    return UNKNOWN


def branches_differ(found: Diagnostics, expr: Expr, left: Type, right: Type) -> Type:
    """T009: branches of a choice with different kinds of value."""
    found.report("T009", expr.span, left=left, right=right)
    return UNKNOWN


def no_order(found: Diagnostics, expr: Expr, type: Type) -> Type:
    """T010: an order asked of what has none."""
    found.report("T010", expr.span, text=text_of(expr), type=type)
    return UNKNOWN


def needs_literal(found: Diagnostics, expr: Expr, function: str, what: str) -> Type:
    """T011: an argument that must be written out as a number."""
    found.report("T011", expr.span, function=function, what=what)
    return UNKNOWN


def not_dated(found: Diagnostics, expr: Expr) -> Type:
    """T012: `as of` after something that has no dates in force."""
    found.report("T012", expr.span, text=text_of(expr))
    return UNKNOWN


def needs_quotes(found: Diagnostics, expr: Expr, name: str) -> Type:
    """T018: a bare word where the other side is text."""
    found.report("T018", expr.span, help=f'write `"{name}"`', name=name)
    return UNKNOWN


def unknown_value(found: Diagnostics, span: Span, value: str, type: Type) -> Type:
    """N005: a word that is not a value of the enum on the other side."""
    known = ", ".join(f"`{one}`" for one in type.values)
    found.report("N005", span, help=(*did_you_mean(value, type.values), f"it is one of {known}"), value=value)
    return UNKNOWN


def unknown_function(found: Diagnostics, expr: Expr, name: str, known: Iterable[str]) -> Type:
    """N012: no function of this name."""
    found.report("N012", expr.span, help=did_you_mean(name, known), name=name)
    return UNKNOWN


def unknown_unit(found: Diagnostics, span: Span, name: str) -> Type:
    """N013: no unit of this name."""
    found.report("N013", span, help="units are USD, hour, year, week, day, credit_hour, FTE, points, ratio and count, "
                 "and dollars per one of them, such as `USD/hour`", name=name)  # fmt: skip
    return UNKNOWN


def too_far_out(found: Diagnostics, expr: Expr) -> Type:
    """T017: an aggregate inside an aggregate that reads the outermost row."""
    found.report(
        "T017", expr.span, help="give the inner aggregate a name in `definitions:` on the entity of its own rows",
        text=text_of(expr),
    )  # fmt: skip
    return UNKNOWN


def divided_by_zero(found: Diagnostics, expr: Expr) -> Type:
    """T019: a division by the literal zero."""
    found.report("T019", expr.span, text=text_of(expr))
    return UNKNOWN
