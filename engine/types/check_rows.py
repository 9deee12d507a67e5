"""Aggregates over many rows and functions among the rows of one group: what they take, what they give."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from ..syntax import expr as ast
from ..syntax.expr import Expr
from ..syntax.walk import walk
from . import arithmetic, complaints, units
from .check_digits import held
from .check_names import renewed
from .checked import DataUse, DefinitionUse, RelationUse, RowsUse, RowUse
from .checker import Checker, Scope
from .datatypes import QUOTIENT_SCALE, TRUTH, UNKNOWN, Type, counting, number
from .list_key import LISTED_THERE
from .student_groups import belonging
from .world import EntityInfo

TESTS = ("any", "all", "share")
NUMBERS = ("sum", "mean", "weighted_mean", "median", "percentile", "stdev_sample", "stdev_population")
RATIO_TYPE = replace(number(units.RATIO, 1, QUOTIENT_SCALE), quotient=True)


def aggregate(checker: Checker, expr: ast.Aggregate, scope: Scope) -> Type:
    """The type of `f(WHAT over ROWS where FILTER)`."""
    rows = rows_of(checker, expr.rows, scope)
    if rows is None:
        return UNKNOWN
    inner = (rows.entity, *scope)
    filtered = expr.rows.where
    if rows.relation is not None and rows.relation.among:
        filtered = checker.renewed[expr.rows.id] = renewed(belonging(rows.relation, rows.base, filtered))
    where = checker.infer_test(filtered, inner) if filtered is not None else TRUTH
    uncertain = where.nullable or where.excusable
    missing_rows = rows.relation is not None and not rows.relation.complete
    if expr.rows.top_by is not None:
        uncertain = _order(checker, expr.rows.top_by, inner) or uncertain
    what = _what(checker, expr, inner)
    if what.kind == "unknown":
        return UNKNOWN
    walked = rows.base is not None and reaches(checker, rows.base, 1)
    if len(scope) > 1 and (walked or reaches(checker, expr, 2)):
        return complaints.too_far_out(checker.diagnostics, expr)
    found = _result(checker, expr, what, uncertain, inner)
    if found.kind == "number" and what.kind == "number":
        found = _working(checker, expr, found, what)
    return found.maybe(missing_rows)


def _what(checker: Checker, expr: ast.Aggregate, inner: Scope) -> Type:
    if expr.what is None:
        if expr.function not in ("count", "any"):
            return complaints.wrong_arguments(
                checker.diagnostics, expr, expr.function, f"{expr.function}(WHAT over ROWS where FILTER)"
            )
        return TRUTH
    if expr.function in TESTS:
        return checker.infer_test(expr.what, inner)
    if expr.function in NUMBERS:
        return checker.infer_number(expr.what, inner)
    return checker.infer(expr.what, inner)


def _result(checker: Checker, expr: ast.Aggregate, what: Type, uncertain: bool, inner: Scope) -> Type:
    absent = uncertain or what.nullable or what.excusable or what.bounded
    match expr.function:
        case "any" | "all":
            return TRUTH.maybe(absent)
        case "count":
            return replace(counting(), bounded=uncertain)
        case "count_distinct":
            return counting().maybe(absent)
        case "share":
            unsure = what.nullable or what.excusable
            low, high = Fraction(0), Fraction(1)
            return replace(RATIO_TYPE, nullable=True, bounded=unsure, low=low, high=high)
        case "sum":
            return arithmetic.summed(what).maybe(absent)
        case "mean":
            return _working(checker, expr, arithmetic.averaged(what), what)
        case "weighted_mean":
            return _weighted(checker, expr, what, inner)
        case "median":
            seen = arithmetic.snapped(what)
            return replace(
                seen, scale=seen.scale + 1, whole=seen.whole + 1, nullable=True, bounded=False, literal=False
            )
        case "percentile":
            return _percentile(checker, expr, what)
        case "stdev_sample" | "stdev_population":
            return arithmetic.deviation(what)
        case "min" | "max":
            return _extreme(checker, expr, what)
        case "first" | "last":
            if expr.by is None:
                return complaints.wrong_arguments(
                    checker.diagnostics, expr, expr.function, f"{expr.function}(WHAT over ROWS by ORDER)"
                )
            _order(checker, expr.by, inner)
            return what.maybe()
        case "the":
            return what.maybe()
        case "which":
            help = "count the rows, or ask whether there is `any`"
            checker.diagnostics.report("T047", expr.span, help=help)
            return UNKNOWN
        case other:
            return complaints.unknown_function(
                checker.diagnostics, expr, other, (*TESTS, *NUMBERS, "count", "min", "max")
            )


def _working(checker: Checker, expr: ast.Aggregate, result: Type, *operands: Type) -> Type:
    """A mean divides a sum: what the division needs must fit the digits that backends hold."""
    return held(checker, expr, expr.function, operands, result)


def _weighted(checker: Checker, expr: ast.Aggregate, what: Type, inner: Scope) -> Type:
    if expr.weight is None:
        return complaints.wrong_arguments(
            checker.diagnostics, expr, expr.function, "weighted_mean(WHAT by WEIGHT over ROWS where FILTER)"
        )
    weight = checker.infer_number(expr.weight, inner)
    if weight.kind != "number":
        return UNKNOWN
    return _working(checker, expr, arithmetic.weighted(what, weight), what, weight)


def _percentile(checker: Checker, expr: ast.Aggregate, what: Type) -> Type:
    rows_in = expr.level is not None and any(_of_a_row(node) for node in walk(expr.level))
    level = checker.infer_number(expr.level, ()) if expr.level is not None and not rows_in else UNKNOWN
    if expr.level is not None and level.literal:
        return complaints.number_for_percent(checker.diagnostics, expr.level, level)
    if level.kind != "number" or level.unit != units.RATIO:
        return complaints.wrong_arguments(
            checker.diagnostics, expr, "percentile", "percentile(90%, WHAT over ROWS where FILTER)"
        )
    seen = arithmetic.snapped(what)
    if expr.option == "nearest_rank":
        return replace(seen, nullable=True, bounded=False, literal=False)
    return replace(
        seen, scale=seen.scale + level.scale, whole=seen.whole + 1, nullable=True, bounded=False, literal=False
    )


def _of_a_row(expr: object) -> bool:
    """Whether an expression becomes a column of some row, which a level, one for all rows, has not."""
    roots = isinstance(expr, ast.Call) and expr.function in ("ln", "sqrt", "listed", LISTED_THERE, "in_group")
    return roots or isinstance(expr, ast.Aggregate | ast.Among | ast.Reachable)


def _extreme(checker: Checker, expr: ast.Aggregate, what: Type) -> Type:
    if what.kind not in ("number", "date", "year") and not what.ordered:
        return complaints.no_order(checker.diagnostics, expr.what or expr, what)
    seen = arithmetic.snapped(what) if what.kind == "number" else what
    return seen.maybe()


def among(checker: Checker, expr: ast.Among, scope: Scope) -> Type:
    """The type of `rank(by …)`, `running_sum(x by …)` and `share_of(x within …)`."""
    if len(scope) != 1:
        complaints.too_far_out(checker.diagnostics, expr)
        return UNKNOWN
    for key in expr.within:
        checker.infer(key, scope)
    if expr.where is not None:
        checker.infer_test(expr.where, scope)
    if expr.by is not None:
        _order(checker, expr.by, scope)
    if expr.function == "rank":
        return counting().maybe()
    what = checker.infer_number(expr.what, scope) if expr.what is not None else UNKNOWN
    if what.kind != "number":
        return UNKNOWN
    if expr.function == "share_of":
        return held(checker, expr, "share_of", (what,), arithmetic.portion(what))
    return held(checker, expr, "running_sum", (what,), arithmetic.summed(what).maybe())


def _order(checker: Checker, order: ast.Order, scope: Scope) -> bool:
    """Check the keys of an order; whether any may be missing."""
    absent = False
    for key in order.keys:
        found = checker.infer(key.value, scope)
        absent = absent or found.nullable or found.bounded or found.excusable
        if found.kind == "enum" and not found.ordered:
            complaints.no_order(checker.diagnostics, key.value, found)
    return absent


# -- which rows -------------------------------------------------------------------------------------------------


def rows_of(checker: Checker, rows: ast.Rows, scope: Scope) -> RowsUse | None:
    """The rows that `over` names, noted in the checker; nothing (and a complaint) where they are none."""
    path = rows.path
    found: RowsUse | None
    match path:
        case ast.Name():
            found = _many(checker, path, path.name, scope[0], None)
        case ast.Member(base=base, name=wanted):
            if isinstance(base, ast.Name) and base.name == "state" and wanted in checker.world.plurals:
                found = RowsUse(checker.world.plurals[wanted], None)
            else:
                row = checker.infer(base, scope)
                if row.kind != "row":
                    if row.kind != "unknown":
                        complaints.not_a_row(checker.diagnostics, path.span, complaints.text_of(base), row)
                    return None
                found = _many(checker, path, wanted, row.name, base)
        case ast.Reachable():
            found = _reachable(checker, path, scope[0])
        case _:
            return None
    if found is not None:
        checker.uses[rows.id] = found
        checker.uses[path.id] = found
        for _, by in found.relation.by if found.relation is not None else ():
            checker.infer(by, (found.entity,))  # what it reads is computed first
    return found


def _many(checker: Checker, path: Expr, wanted: str, entity: str, base: Expr | None) -> RowsUse | None:
    info = checker.world.entities[entity]
    relation = info.relations.get(wanted)
    if relation is not None and relation.many:
        return RowsUse(relation.to, relation, base)
    if entity == "state" and wanted in checker.world.plurals:
        return RowsUse(checker.world.plurals[wanted], None)
    many = [name for name, one in info.relations.items() if one.many]
    if entity == "state":
        many = list(checker.world.plurals)
    elif wanted in checker.world.plurals:
        many.append(f"state.{wanted}")
    complaints.not_rows(checker.diagnostics, path.span, wanted, entity, many)
    return None


def _reachable(checker: Checker, path: ast.Reachable, entity: str) -> RowsUse | None:
    """Rows reached along an edge table: one whose key is two references to this entity."""
    for edge in checker.world.entities.values():
        ends = [c for c in edge.key if edge.columns[c].kind == "row" and edge.columns[c].name == entity]
        if len(ends) == 2 and path.relation in (edge.rows_name, edge.name):
            return RowsUse(entity, None, None, (edge.name, ends[0], ends[1]), path.or_itself)
    known = [e.rows_name for e in checker.world.entities.values() if _is_edge(e, entity)]
    complaints.not_rows(checker.diagnostics, path.span, path.relation, entity, known)
    return None


def _is_edge(info: EntityInfo, entity: str) -> bool:
    return sum(info.columns[c].kind == "row" and info.columns[c].name == entity for c in info.key) == 2


def stray_reachable(checker: Checker, expr: ast.Reachable, scope: Scope) -> Type:
    """`reachable(…)` anywhere but after `over`."""
    return complaints.wrong_arguments(checker.diagnostics, expr, "reachable", "any(TEST over reachable(RELATION))")


def reaches(checker: Checker, expr: Expr, level: int) -> bool:
    """Whether anything inside `expr` reads a row `level` or more steps out, counted from inside its rows."""
    for node in walk(expr):
        use = checker.uses.get(node.id)
        stands = checker.renewed.get(node.id)
        if stands is not None and reaches(checker, stands, level):
            return True
        if isinstance(use, (DataUse, DefinitionUse, RelationUse, RowUse)) and use.level >= level:
            return True
        if isinstance(node, ast.Outward) and level > 0 and reaches(checker, node.value, level - 1):
            return True
    return False
