"""Values in force by a date of the row: `x as of d`, and names that say `in_force_by:` and so need no `as of`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date as Date

from ..syntax import expr as ast
from ..syntax.choice_tables import Dated, V
from ..syntax.expr import Expr
from ..syntax.walk import walk
from ..text.source import Span
from . import complaints
from .check_names import by_group, has, names_on, record, renewed
from .checked import CellUse
from .checker import Checker, Scope
from .datatypes import UNKNOWN, Type
from .units import parse_unit

STUDENT = "student"
"""The relation through which a row is in force by the class of its student."""


def own_date(checker: Checker, expr: Expr, name: str, by: Expr, scope: Scope) -> Expr | None:
    """The date of the row `expr` is used on by which `name` is in force: `by` on that row, or through its one student;
    the first day of a class or year. Nothing (N097, T022) where the row has no such date.
    """
    read = _reached(checker, by, scope[0]) if scope else None
    if read is None:
        where = f"one {scope[0]}" if scope else "this place"
        given = complaints.text_of(by)
        help = f"write `{name} as of …` with a date of this row, or with `as_of` for the day of the run"
        checker.diagnostics.report("N097", expr.span, help=help, name=name, by=given, where=where)
        return None
    found = checker.infer(read, scope)
    if found.kind in ("date", "nothing"):
        return renewed(read)  # type: ignore[no-any-return]
    if found.kind == "year" or (found.kind == "number" and found.unit == parse_unit("year") and not found.scale):
        return ast.DayOf(1, 0, renewed(read), span=by.span)
    if found.kind != "unknown":
        complaints.not_a_date(checker.diagnostics, by, found, "a class, a year or a date")
    return None


def _reached(checker: Checker, by: Expr, entity: str) -> Expr | None:
    """`by` as a row of an entity reads it: its own column, or that of its one student."""
    first = next((node for node in walk(by) if isinstance(node, ast.Name)), None)
    if first is None or (first.name == entity and not isinstance(by, ast.Name)):
        return renewed(_without_first(by)) if first is not None else renewed(by)  # type: ignore[no-any-return]
    if has(checker, entity, first.name):
        return renewed(by)  # type: ignore[no-any-return]
    relation = checker.world.entities[entity].relations.get(STUDENT)
    if relation is not None and not relation.many and first.name in names_on(checker, relation.to):
        return _through_student(by)
    return None


def _without_first(by: Expr) -> Expr:
    """`class_of` of `student.class_of`."""
    if isinstance(by, ast.Member) and isinstance(by.base, ast.Name):
        return ast.Name(by.name, span=by.span)
    return ast.Member(_without_first(by.base), by.name, span=by.span) if isinstance(by, ast.Member) else by


def _through_student(by: Expr) -> Expr:
    if isinstance(by, ast.Member):
        return ast.Member(_through_student(by.base), by.name, span=by.span)
    assert isinstance(by, ast.Name)
    return ast.Member(ast.Name(STUDENT, span=by.span), by.name, span=by.span)


def as_of(checker: Checker, expr: ast.AsOf, scope: Scope) -> Type:
    """The type of `x as of d`: a parameter on a date of the row."""
    date = checker.infer(expr.date, scope)
    if date.kind not in ("date", "unknown"):
        complaints.not_a_date(checker.diagnostics, expr.date, date)
    value = expr.value
    if isinstance(value, ast.Name) and not (scope and has(checker, scope[0], value.name)):
        if value.name in checker.parameters:
            parameter = checker.parameters[value.name]
            if parameter.members:
                return by_group(checker, expr, value.name, scope, expr.date)
            record(checker, value, CellUse(f"parameters.{value.name}"), parameter.type)
            return checker.adopt(value, parameter.type).maybe()
        table = next((one for one in checker.policy.tables if one.name == value.name), None)
        if table is not None:
            from .choice import table_as_choice

            checker.reads.add(("tables", every_version(table.name)))
            return table_as_choice(checker, expr, table, scope, expr.date)
    bands = next(
        (one for one in checker.policy.bands if isinstance(value, ast.Call) and one.name == value.function), None
    )
    if bands is not None and isinstance(value, ast.Call):
        from .choice import bands_as_choice

        checker.reads.add(("bands", every_version(bands.name)))
        body = ast.Call(value.function, value.arguments, span=value.span)
        found = bands_as_choice(checker, body, bands, scope, expr.date)
        checker.renewed[expr.id] = body
        return found
    found = checker.infer(value, scope, length=True)
    use = checker.uses.get(value.id)
    is_parameter = isinstance(use, CellUse) and use.path.startswith("parameters.")
    if found.kind != "unknown" and not is_parameter:
        return complaints.not_dated(checker.diagnostics, value)
    return found.maybe()


def every_version(name: str) -> str:
    """How `reads` names a table or bands that are read as of a date, so that any of their versions may be in use."""
    return f"{name} as of"


BEGUN = "in force by"
"""A test that the checker writes: whether the version that begins on a day is in force for a row. No author can, since
the name of a function has no blanks.
"""


def begins(by: Expr, starts: Date, span: Span) -> Expr:
    """Whether what begins on `starts` is in force for the row by its own class, year or date."""
    return ast.Call(BEGUN, (by, ast.DateLiteral(starts, span=span)), span=span)


def begun(checker: Checker, expr: ast.Call, scope: Scope) -> Type:
    """The type of that test: short for a comparison with the row's own date."""
    by, starts = expr.arguments
    date = own_date(checker, expr, expr.span.text, by, scope)
    if date is None:
        return UNKNOWN
    body = ast.Comparison(">=", date, renewed(starts), span=expr.span)
    checker.renewed[expr.id] = body
    return checker.infer(body, scope)


def by_version(item: Dated[V], bodies: Sequence[Expr], date: Expr | None, span: Span) -> Expr:
    """A choice among what the versions of a thing come to, by a date or by what the thing is in force by. Before the
    first of them it is missing, and where the date is missing too.
    """
    found: Expr = ast.Missing("not in force", span=span)
    for version, body in zip(item.versions, bodies, strict=True):
        if version.starts is None:
            found = body
        elif date is not None:
            test = ast.Comparison(">=", date, ast.DateLiteral(version.starts, span=span), span=span)
            found = ast.If(test, body, found, span=span)
        else:
            assert item.in_force_by is not None
            found = ast.If(begins(item.in_force_by, version.starts, span), body, found, span=span)
    return found


def in_force(checker: Checker, expr: ast.Name, by: Expr, scope: Scope) -> Type:
    """The type of a parameter that is in force by the row's own class, year or date: short for `x as of` that."""
    date = own_date(checker, expr, expr.name, by, scope)
    if date is None:
        return UNKNOWN
    body = ast.AsOf(ast.Name(expr.name, span=expr.span), date, span=expr.span)
    checker.renewed[expr.id] = body
    return checker.infer(body, scope, length=True)
