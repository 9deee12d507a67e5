"""Scalar functions and bands called in an expression: their arguments and results."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

from ..syntax import expr as ast
from ..syntax.expr import Expr
from . import arithmetic, check_compare, complaints, units
from .check_digits import held
from .check_in_force import BEGUN, begun
from .check_names import has, renewed
from .check_rows import reaches
from .checker import Checker, Scope
from .choice import bands_as_choice
from .datatypes import ROUNDING_MODE, SNAP_SCALE, TEXT, TRUTH, UNKNOWN, Type
from .list_key import AREA, LISTED_THERE, list_key
from .lower.build import Build
from .lower.which import WHICH
from .stdlib import FUNCTIONS


def call(checker: Checker, expr: ast.Call, scope: Scope) -> Type:
    """The type of `f(a, b)`."""
    if expr.function in checker.bands:
        return bands_as_choice(checker, expr, checker.bands[expr.function], scope)
    check = _CALLS.get(expr.function)
    if check is None:
        own = (LISTED_THERE, BEGUN, WHICH)
        known = (*(name for name in _CALLS if name not in own), *checker.bands, *FUNCTIONS)
        return complaints.unknown_function(checker.diagnostics, expr, expr.function, known)
    return check(checker, expr, scope)


def _wrong(checker: Checker, expr: ast.Call) -> Type:
    return complaints.wrong_arguments(checker.diagnostics, expr, expr.function, FUNCTIONS[expr.function].written)


def _numbers(checker: Checker, expr: ast.Call, scope: Scope) -> list[Type] | None:
    found = [checker.infer(argument, scope) for argument in expr.arguments]
    for argument, type in zip(expr.arguments, found, strict=True):
        if type.kind not in ("number", "unknown"):
            complaints.not_a_number(checker.diagnostics, argument, type)
            return None
    return None if any(type.kind == "unknown" for type in found) else found


def _extreme(checker: Checker, expr: ast.Call, scope: Scope) -> Type:
    if len(expr.arguments) < 2:
        return _wrong(checker, expr)
    found = [arithmetic.snapped(checker.infer(argument, scope)) for argument in expr.arguments]
    result = found[0]
    for argument, type in zip(expr.arguments[1:], found[1:], strict=True):
        result = check_compare.unite(checker, expr, (expr.arguments[0], result), (argument, type))
        if result.kind == "unknown":
            return UNKNOWN
    if result.kind == "number" and expr.function in ("min", "max"):
        return arithmetic.extreme(expr.function, result, found)
    return (
        result if result.kind in ("number", "date", "year") else complaints.no_order(checker.diagnostics, expr, result)
    )


def _clamp(checker: Checker, expr: ast.Call, scope: Scope) -> Type:
    if len(expr.arguments) != 3:
        return _wrong(checker, expr)
    result = _extreme(checker, expr, scope)
    if result.kind != "number":
        return result
    return arithmetic.clamped(result, [arithmetic.snapped(checker.infer(end, scope)) for end in expr.arguments[1:]])


def _abs(checker: Checker, expr: ast.Call, scope: Scope) -> Type:
    found = _numbers(checker, expr, scope)
    if len(expr.arguments) != 1:
        return _wrong(checker, expr)
    if found is None or found[0].kind != "number":
        return UNKNOWN
    ends = [abs(end) for end in (found[0].low, found[0].high) if end is not None]
    return replace(found[0], low=Fraction(0), high=max(ends) if len(ends) == 2 else None)


def _round(checker: Checker, expr: ast.Call, scope: Scope) -> Type:
    most = {"round": 3, "truncate": 2}.get(expr.function, 1)
    if not 1 <= len(expr.arguments) <= most:
        return _wrong(checker, expr)
    found = checker.infer_number(expr.arguments[0], scope)
    places = 0
    if len(expr.arguments) > 1:
        wanted = expr.arguments[1]
        checker.infer(wanted, scope)
        if not isinstance(wanted, ast.Number) or wanted.value != int(wanted.value) or not 0 <= wanted.value <= 12:
            return complaints.needs_literal(checker.diagnostics, wanted, expr.function, "how many decimals, 0 to 12")
        places = int(wanted.value)
    if len(expr.arguments) > 2:
        mode = check_compare.against(checker, expr.arguments[2], ROUNDING_MODE, scope)
        if mode.kind not in ("unknown", "nothing") and mode.values != ROUNDING_MODE.values:
            modes = ", ".join(ROUNDING_MODE.values)
            return complaints.wrong_arguments(
                checker.diagnostics, expr, "round", "round(x, places, mode)", f"modes are {modes}"
            )
        found = found.maybe(mode.nullable)
    if found.kind != "number":
        return found
    return held(checker, expr, "round", (arithmetic.snapped(found),), arithmetic.rounded(found, places))


def _root(checker: Checker, expr: ast.Call, scope: Scope) -> Type:
    found = _numbers(checker, expr, scope)
    if len(expr.arguments) != 1:
        return _wrong(checker, expr)
    if found is None or found[0].kind != "number":
        return UNKNOWN
    if len(scope) > 1 and reaches(checker, expr, 1):
        return complaints.too_far_out(checker.diagnostics, expr)
    whole = max(3, (found[0].whole + 1) // 2 + 1)
    return replace(
        found[0], whole=whole, scale=SNAP_SCALE, quotient=False, bounded=False, nullable=True, low=None, high=None,
        unit=units.PLAIN, literal=False,
    )  # fmt: skip


def _points(checker: Checker, expr: ast.Call, scope: Scope) -> Type:
    found = _numbers(checker, expr, scope)
    if len(expr.arguments) != 1:
        return _wrong(checker, expr)
    if found is None or found[0].kind != "number":
        return UNKNOWN
    if found[0].unit != units.RATIO:
        return complaints.number_for_percent(checker.diagnostics, expr.arguments[0], found[0])
    hundred = arithmetic.constant(Fraction(100), units.POINTS, 0)
    return held(
        checker, expr, "mul", (found[0], hundred), replace(arithmetic.multiplied(found[0], hundred), unit=units.POINTS)
    )


def _at_least(checker: Checker, expr: ast.Call, scope: Scope) -> Type:
    if len(expr.arguments) < 2:
        return _wrong(checker, expr)
    count = expr.arguments[0]
    checker.infer(count, scope)
    if not isinstance(count, ast.Number) or count.value != int(count.value) or count.value < 0:
        return complaints.needs_literal(checker.diagnostics, count, "at_least", "how many tests must hold")
    found = [checker.infer_test(argument, scope) for argument in expr.arguments[1:]]
    return replace(TRUTH, nullable=any(one.nullable for one in found), excusable=any(one.excusable for one in found))


def _listed(checker: Checker, expr: ast.Call, scope: Scope) -> Type:
    """`listed(thing as of d)`, and on a regional list `listed(thing in area as of d)`: there, in the whole
    jurisdiction, or in a larger area that holds it.
    """
    only = expr.arguments[0] if expr.arguments else None
    if not isinstance(only, ast.AsOf) or len(expr.arguments) > 2:
        return _wrong(checker, expr)
    if len(expr.arguments) == 2 and expr.function == "listed":
        area = checker.infer(expr.arguments[1], scope)
        if area.kind == "unknown":
            return UNKNOWN
        if area.kind != "row" or area.name != AREA:
            why = f"`{complaints.text_of(expr.arguments[1])}` is no area"
            return complaints.wrong_arguments(checker.diagnostics, expr, "listed", FUNCTIONS["listed"].written, why)
        return checker.stand_in(expr, renewed(_anywhere(only, expr.arguments[1])), scope, "listed", expr.span)
    thing = checker.infer(only.value, scope)
    date = checker.infer(only.date, scope)
    checker.types[only.id] = thing
    if date.kind not in ("date", "unknown", "nothing"):
        return complaints.not_a_date(checker.diagnostics, only.date, date)
    listed = checker.policy.priority_list
    if thing.kind == "unknown":
        return UNKNOWN
    info = checker.world.entities.get(listed.entity.text) if listed is not None else None
    key = list_key(info) if info is not None else None
    for area_of in expr.arguments[1:]:
        checker.infer(area_of, scope)
    right = thing.kind == "row" and key is not None and thing.name == key.thing_entity
    if listed is None or key is None or not right or bool(key.area) != (len(expr.arguments) > 1):
        why = "this policy has no `priority_list:`"
        if key is not None and listed is not None:
            why = f"the priority list is one of {key.thing_entity}"
            why += ": write `listed(… in AREA as of …)`, since it differs by area" if key.area else ""
        return complaints.wrong_arguments(checker.diagnostics, expr, "listed", FUNCTIONS["listed"].written, why)
    # Both are computed columns: what reads them comes after them, and a ring through them is a ring.
    checker.type_of(listed.entity.text, "is_listed", expr)
    checker.type_of("state", "list_in_force", expr)
    return TRUTH.maybe()


def _anywhere(only: ast.AsOf, area: Expr) -> Expr:
    """Whether a thing is listed in the whole jurisdiction, in an area, or in one of the two that hold it."""
    make = Build(only.span)
    larger = ast.Member(area, "part_of", span=area.span)
    largest = ast.Member(larger, "part_of", span=area.span)

    def there(place: Expr) -> Expr:
        return ast.Call(LISTED_THERE, (only, place), span=only.span)

    known = make.compare(area, "=", area)  # missing, where the area is
    return make.any_of(
        there(make.name("jurisdiction.area")),
        there(area),
        make.negated(known),
        make.all_of(make.known(larger), there(larger)),
        make.all_of(make.known(largest), there(largest)),
    )


def _in_group(checker: Checker, expr: ast.Call, scope: Scope) -> Type:
    groups = {group.name for group in checker.policy.student_groups}
    only = expr.arguments[0] if len(expr.arguments) == 1 else None
    if not isinstance(only, ast.Name):
        return _wrong(checker, expr)
    if only.name not in groups:
        return complaints.unknown_name(checker.diagnostics, only.span, only.name, "in student_groups", groups)
    checker.adopt(only, TRUTH)
    column = ast.Name(f"group {only.name}", span=only.span)
    if not scope or not has(checker, scope[0], column.name):
        return complaints.unknown_name(checker.diagnostics, only.span, only.name, f"on {scope[0]}", ())
    checker.renewed[expr.id] = column
    return checker.infer(column, scope)


def _which(checker: Checker, expr: ast.Call, scope: Scope) -> Type:
    found = [checker.infer(argument, scope) for argument in expr.arguments]
    if found[0].kind not in ("text", "enum", "unknown"):
        why = f"{found[0]} is no name: take a text, such as `name` or `occupation.title`"
        return complaints.wrong_arguments(checker.diagnostics, expr, WHICH, FUNCTIONS[WHICH].written, why)
    return TEXT


_CALLS: dict[str, Callable[[Checker, ast.Call, Scope], Type]] = {
    "min": _extreme,
    "max": _extreme,
    "clamp": _clamp,
    "abs": _abs,
    "round": _round,
    "floor": _round,
    "ceiling": _round,
    "truncate": _round,
    "ln": _root,
    "sqrt": _root,
    "points": _points,
    "at_least": _at_least,
    "listed": _listed,
    LISTED_THERE: _listed,
    WHICH: _which,
    "in_group": _in_group,
    BEGUN: begun,
}
