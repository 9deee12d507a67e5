"""The wording of what the checker finds: one function per complaint, so that the checks read as sentences.

Each takes the collector and the guilty node, reports, and returns the type `unknown`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from ..syntax.expr import Aggregate, Call, Expr, Money, Name, Number
from ..syntax.policy import Policy
from ..syntax.print import print_expr
from ..text.diagnostic import Diagnostic, Diagnostics, Label
from ..text.source import Span
from ..text.suggest import nearest
from .datatypes import MAX_DIGITS, UNKNOWN, Type
from .functions_elsewhere import ELSEWHERE
from .pending import MOST_LINES

PERIODS = ("hour", "day", "week", "year")
MOST_SHOWN = 12
"""Members of a ring that are named and marked."""

_NAME = re.compile(r"[a-z_][a-z0-9_.]*", re.ASCII)

FEW = 8
"""Known names up to which a complaint lists all of them."""


def text_of(expr: Expr) -> str:
    """An expression as it would be written."""
    return print_expr(expr)


def did_you_mean(name: str, known: Iterable[str]) -> tuple[str, ...]:
    """The help line that offers the nearest known name, if one is near."""
    near = nearest(name, sorted(known))
    return (f"did you mean `{near}`?",) if near else ()


def follows(told: Diagnostic, policy: Policy) -> bool:
    """Whether an unknown name or source is one that the policy declares where it could not be read, or may inherit from
    a policy that was not found: that has been said, and this goes with it.
    """
    if told.code not in ("N001", "N009"):
        return False
    return policy.orphaned or told.span.text.strip("\"'") in policy.rejected


def legal(names: Iterable[str]) -> list[str]:
    """The names that an expression can hold, sorted."""
    return sorted(name for name in names if _NAME.fullmatch(name))


def unknown_name(found: Diagnostics, span: Span, name: str, where: str, known: Iterable[str], *more: str) -> Type:
    """N001: nothing in reach has this name. Where none is near, few known names are listed."""
    all_known = legal(known)
    near = did_you_mean(name, all_known)
    few = (f"it is one of {_listed(all_known)}",) if 0 < len(all_known) <= FEW else _alike(name, all_known)
    found.report("N001", span, help=(*(near or (() if more else few)), *more), name=name, where=where)
    return UNKNOWN


def _alike(name: str, known: Iterable[str]) -> tuple[str, ...]:
    """Names that share a word of four letters or more with an unknown one."""
    words = {word for word in name.split("_") if len(word) >= 4}
    shared = [one for one in known if words.intersection(one.split("_"))][:FEW]
    if shared:
        return (f"names like it are {_listed(shared)}",)
    return ("`specie data describe` shows the columns of each table",) if known else ()


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def word_of(expr: Expr, word: str) -> Span:
    """The place of a word with which the text of an expression begins, such as the name of a function."""
    span = expr.span
    return Span(span.source, span.start, span.start + len(word)) if span.text.startswith(word) else span


def ambiguous_name(found: Diagnostics, span: Span, name: str, entity: str) -> Type:
    """N002: a bare word is both a value of the enum and a name in scope."""
    found.report(
        "N002", span, help=f'write `"{name}"` for the value, or `this.{name}` for the column of {entity}', name=name
    )
    return UNKNOWN


def not_single(found: Diagnostics, span: Span, name: str, entity: str, unbound: Iterable[str]) -> Type:
    """N003: a dot (or a bare name) walks a relation that leads to many rows."""
    open_keys = _listed(unbound)
    why = f"there is one for every {open_keys}" if open_keys else "one row has many of them"
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


def ring(found: Diagnostics, steps: Sequence[tuple[str, Span]]) -> Type:
    """N006: things that use each other, each the next and the last the first; told from the one that stands first."""
    first = min(range(len(steps)), key=lambda at: steps[at][1].start)
    turned = [*steps[first:], *steps[:first]]
    names = [name for name, _ in turned]
    if len(names) > MOST_SHOWN:
        names = [*names[: MOST_SHOWN // 2], "…", *names[-MOST_SHOWN // 2 :]]
    others = [Label(span, "uses the next") for _, span in turned[1:MOST_SHOWN]]
    help = "write one of them without the others"
    found.report("N006", turned[0][1], others=others, help=help, ring=" → ".join((*names, names[0])))
    return UNKNOWN


def outer_name(found: Diagnostics, span: Span, name: str, inner: str, outer: str) -> Type:
    """N007: a bare name that only the outer row has."""
    found.report("N007", span, help=f"write `{outer}.{name}` for the outer row", name=name, inner=inner, outer=outer)
    return UNKNOWN


def not_rows(found: Diagnostics, span: Span, name: str, entity: str, known: Iterable[str]) -> Type:
    """N008: what stands after `over` is not a set of rows that the row has."""
    many = sorted(known)
    told = f"{entity} has many {_listed(many)}" if many else f"no rows belong to one {entity}"
    whole = (f"write `state.{name}` for all of them",) if f"state.{name}" in many else did_you_mean(name, many)
    found.report("N008", span, help=(*whole, told), name=name, entity=entity)
    return UNKNOWN


def not_a_row(found: Diagnostics, span: Span, base: str, base_type: Type) -> Type:
    """N015: a dot after something that is not a row."""
    help = "a dot walks from one row to another row, or to a column of it, such as `occupation.title`"
    found.report("N015", span, help=help, base=base, found=base_type)
    return UNKNOWN


def units_differ(found: Diagnostics, expr: Expr, op: str, left: tuple[Expr, Type], right: tuple[Expr, Type]) -> Type:
    """T001: two units that do not meet."""
    units = (left[1].unit, right[1].unit)
    help = _conversion(left, right) or _conversion(right, left) or (_unlike(str(units[0]), str(units[1])),)
    found.report(
        "T001",
        expr.span,
        others=(Label(left[0].span, f"{units[0]}"), Label(right[0].span, f"{units[1]}")),
        help=help,
        op=op,
        left=units[0],
        right=units[1],
    )
    return UNKNOWN


def _conversion(one: tuple[Expr, Type], other: tuple[Expr, Type]) -> tuple[str, ...]:
    """The cure of two kinds of money: the period that a literal lacks, or a parameter between two periods."""
    units = str(one[1].unit), str(other[1].unit)
    if isinstance(one[0], Money) and units[0] == "USD" and units[1].startswith("USD/"):
        return (f"write `{text_of(one[0])}{units[1][3:]}`",)
    if units[0].startswith("USD/") and units[1].startswith("USD/"):
        under, over = units[0][4:], units[1][4:]
        if under in PERIODS and over in PERIODS and PERIODS.index(under) > PERIODS.index(over):
            return ()
        factor = f"{under}s_per_{over}"
        return (
            f"turn one into the other with a parameter that has a citation: `{text_of(one[0])} * {factor}`, "
            f"where `{factor}` has the unit `{under}/{over}`",
        )
    return ()


def _unlike(one: str, other: str) -> str:
    """The cure of two units of which none is made into the other."""
    for amount, rate in ((one, other), (other, one)):
        if rate.startswith(f"{amount}/"):
            per = rate.removeprefix(f"{amount}/")
            cure = f"multiply it by a number of {per}s, or see whether a `unit:` lacks its `/{per}`"
            return f"one of the two is for each {per}: {cure}"
    return "only like units are added, compared and chosen between; see which of the two was meant"


def types_differ(found: Diagnostics, expr: Expr, op: str, left: Type, right: Type) -> Type:
    """T002: two kinds of value that do not meet."""
    help = {
        ("text", "number"): 'a code is text and stands in quotes, such as `"15-1252"`',
        ("number", "row"): "name a row, or write its code as text; in YAML that is `'\"39\"'`",
        ("date", "number"): "write a date in full, such as `2026-07-01`, or a length of time, such as `90 days`",
        ("date", "text"): "write the date without quotes, such as `2026-07-01`",
        ("text", "truth"): "a column of yes and no is a test by itself: `x`, or `not x`",
    }.get((min(left.kind, right.kind), max(left.kind, right.kind)), ())
    kinds = {left.kind, right.kind}
    if kinds == {"year"}:
        help = "compare years of one kind: `school_year of d` with school years, `fiscal_year of d` with fiscal years"
    elif kinds == {"year", "number"}:
        help = "a length of time says of what, as in `+ 1 year`"
    elif kinds == {"enum", "number"} or kinds == {"enum", "date"}:
        words = (left if left.kind == "enum" else right).values
        help = f"compare it with one of its values: {_listed(words[:FEW])}" if words else ()
    if {left.kind, right.kind} == {"number", "text"}:
        help = 'a code is text and stands in quotes, such as `"15-1252"`'
    found.report("T002", expr.span, help=help, op=op, left=left, right=right)
    return UNKNOWN


def not_a_date(found: Diagnostics, expr: Expr, type: Type, wanted: str = "a date") -> Type:
    """T022: something else in the place of a date or a year."""
    help = f"write {wanted}: a day as in `2026-07-01`, or a column that holds one"
    found.report("T022", expr.span, help=help, text=text_of(expr), found=type, wanted=wanted)
    return UNKNOWN


def percent_for_number(found: Diagnostics, expr: Expr, other: Type) -> Type:
    """T003: a percent where the other side is no ratio."""
    points = f", or turn it into points: `points({text_of(expr)})`" if str(other.unit) == "points" else ""
    help = f"write the number without the sign{points}"
    found.report("T003", expr.span, help=help, text=text_of(expr), other=other)
    return UNKNOWN


def number_for_percent(found: Diagnostics, expr: Expr, type: Type) -> Type:
    """T004: a number of another unit where a percent belongs; 0.7 and 1 are taken for shares, 60 for a percent."""
    help: tuple[str, ...] = ()
    if isinstance(expr, Number):
        percent = expr.value * 100 if expr.value <= 1 else expr.value
        help = (f"write `{percent.normalize():f}%`",)
    found.report("T004", expr.span, help=help, text=text_of(expr), found=type)
    return UNKNOWN


def number_for_money(found: Diagnostics, expr: Expr, other: Type) -> Type:
    """T013: a bare number where money belongs."""
    unit = str(other.unit)
    per = unit[3:] if unit.startswith("USD/") else ""
    amount = f"{expr.value:,}" if isinstance(expr, Number) else text_of(expr)
    found.report("T013", expr.span, help=f"write `${amount}{per}`", text=text_of(expr), unit=unit)
    return UNKNOWN


def not_a_test(found: Diagnostics, expr: Expr, type: Type) -> Type:
    """T005: something that is neither true nor false in the place of a test."""
    help: tuple[str, ...] = ()
    if type.kind in ("number", "date", "text", "enum"):
        shown = text_of(expr) if isinstance(expr, Name) else "…"
        if isinstance(expr, (Aggregate, Call)):
            shown = f"{expr.function}(…)"
        help = (f"compare it with something, such as `{shown} {_compared(type)}`",)
    found.report("T005", expr.span, help=help, found=type, text=text_of(expr))
    return UNKNOWN


def _compared(type: Type) -> str:
    """A comparison with a value of a type, as an example."""
    if type.kind == "number" and type.unit.is_money:
        return f">= $3{str(type.unit).removeprefix('USD')}"
    if type.kind == "number":
        return ">= 60%" if str(type.unit) == "ratio" else ">= 3"
    return ">= 2026-07-01" if type.kind == "date" else f'= "{type.values[0] if type.values else "a value"}"'


def not_a_number(found: Diagnostics, expr: Expr, type: Type) -> Type:
    """T006: something that is no number in the place of one."""
    found.report("T006", expr.span, found=type, text=text_of(expr))
    return UNKNOWN


def wrong_arguments(found: Diagnostics, expr: Expr, function: str, expected: str, *more: str) -> Type:
    """T007: a function with the wrong number or kind of arguments."""
    found.report("T007", expr.span, help=(f"it is written `{expected}`", *more), function=function)
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


def nothing_to_store(found: Diagnostics, span: Span, name: str, type: Type) -> Type:
    """T014: a column that would hold no value that a column can hold."""
    help = "write it out where it is used, such as `award_date + 2 years` or `value is missing`"
    found.report("T014", span, help=help, name=name, type=type)
    return UNKNOWN


def too_many_lines(found: Diagnostics, span: Span, name: str, count: int) -> Type:
    """T023: a list of choices that is longer than choices may stand one inside the other."""
    help = "put its rows into a table of the dataset, declared under `data:`"
    found.report("T023", span, help=help, name=name, count=count, most=MOST_LINES)
    return UNKNOWN


def branches_differ(found: Diagnostics, expr: Expr, left: Type, right: Type) -> Type:
    """T009: branches of a choice with different kinds of value."""
    found.report("T009", expr.span, left=left, right=right)
    return UNKNOWN


def no_order(found: Diagnostics, expr: Expr, type: Type) -> Type:
    """T010: an order asked of what has none."""
    help = "compare it with `=` or `in {…}`" + (
        ", or declare its column `ordered: yes` if its values go from the least to the most"
        if type.kind == "enum"
        else ""
    )
    found.report("T010", expr.span, help=help, text=text_of(expr), type=type)
    return UNKNOWN


def needs_literal(found: Diagnostics, expr: Expr, function: str, what: str) -> Type:
    """T011: an argument that must be written out as a number."""
    found.report("T011", expr.span, function=function, what=what)
    return UNKNOWN


def not_dated(found: Diagnostics, expr: Expr) -> Type:
    """T012: `as of` after something that has no dates in force."""
    found.report("T012", expr.span, help="only parameters have dates from which they hold", text=text_of(expr))
    return UNKNOWN


def needs_quotes(found: Diagnostics, expr: Expr, name: str) -> Type:
    """T018: a bare word where the other side is text."""
    found.report("T018", expr.span, help=f'write `"{name}"`', name=name)
    return UNKNOWN


def needs_one_key(found: Diagnostics, span: Span, what: str, entity: str, count: int) -> None:
    """N017, where rows of an entity are named by more than one column."""
    if count != 1:
        help = "name rows by one code, such as those of occupation or credential"
        found.report("N017", span, help=help, what=what, entity=entity, count=count)


def unknown_value(found: Diagnostics, span: Span, value: str, type: Type) -> Type:
    """N005: a word that is not a value of the enum on the other side."""
    known = f"it is one of {_listed(type.values)}" if type.values else "there are none here"
    help = (*did_you_mean(value, type.values), known)
    found.report("N005", span, help=help, value=value)
    return UNKNOWN


def unknown_function(found: Diagnostics, expr: Expr, name: str, known: Iterable[str]) -> Type:
    """N012: no function of this name."""
    told = ELSEWHERE.get(name.lower())
    help = (told,) if told else did_you_mean(name, known)
    found.report("N012", word_of(expr, name), help=help or "docs/reference/functions.md lists them all", name=name)
    return UNKNOWN


def unknown_unit(found: Diagnostics, span: Span, name: str) -> Type:
    """N013: no unit of this name."""
    found.report("N013", span, help="units are USD, hour, year, week, day, credit_hour, FTE, points, ratio and count, "
                 "and dollars per one of them, such as `USD/hour`", name=name)  # fmt: skip
    return UNKNOWN


def too_far_out(found: Diagnostics, expr: Expr) -> Type:
    """T017: what is worked out row by row inside an aggregate (an aggregate, a root) and reads the row outside."""
    found.report(
        "T017", expr.span, help="give it a name in `definitions:`, on the entity of the rows that it reads",
        text=text_of(expr),
    )  # fmt: skip
    return UNKNOWN


def divided_by_zero(found: Diagnostics, expr: Expr) -> Type:
    """T019: a division by the literal zero."""
    found.report("T019", expr.span, text=text_of(expr))
    return UNKNOWN
