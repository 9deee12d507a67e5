"""What a name means: a column, a definition, a relation, a parameter, an input cell, or a row."""

from __future__ import annotations

import re
from typing import Any

from ..syntax import expr as ast
from ..syntax.expr import Expr, fresh_id
from ..syntax.walk import CONTENTS
from ..text.source import Span
from ..text.suggest import nearest
from . import complaints
from .checked import CellUse, DataUse, DefinitionUse, LocalUse, RelationUse, RowUse, Use, ValueUse
from .checker import Checker, Scope
from .datatypes import DATE, UNKNOWN, Type
from .pending import MOST_LINES
from .world import Relation

BUILTIN_CELLS = {
    "as_of": DATE,
    "school_year": Type("year", name="school_year"),
    "fiscal_year": Type("year", name="fiscal_year"),
}
"""Input cells that every policy has."""

TO_STATE = Relation("state", "state", columns=())


def name(checker: Checker, expr: ast.Name, scope: Scope) -> Type:
    """The type of a bare name: of the innermost row first, then parameters, cells, and outer rows by their entity."""
    found = _in_row(checker, expr, expr.name, scope[0], 0) if scope else None
    if found is None:
        found = _global(checker, expr, scope)
    if found is not None:
        return found
    for outer in scope[1:]:
        if has(checker, outer, expr.name):
            return complaints.outer_name(checker.diagnostics, expr.span, expr.name, scope[0], outer)
    where = f"on {scope[0]}" if scope else "here"
    known = set(_known(checker, scope)) - _quotas(checker)
    more = _of_members(checker, scope[0], expr.name, "") if scope else ()
    if not more and not complaints.did_you_mean(expr.name, known):
        more = _elsewhere(checker, expr.name)
    if nearest(expr.name, ("otherwise",)):
        more = ("the last line of a choice is `otherwise`",)
    if expr.name.lower() in ("yes", "no", "true", "false"):
        more = ("a column of yes and no is a test by itself: `x`, or `not x`; the values are `true` and `false`",)
    return complaints.unknown_name(checker.diagnostics, expr.span, expr.name, where, known, *more)


def _quotas(checker: Checker) -> set[str]:
    """The groups that quotas are: nobody walks to a column of theirs."""
    listed = checker.policy.priority_list
    return {one.name for one in listed.quotas} if listed is not None else set()


def _elsewhere(checker: Checker, wanted: str) -> tuple[str, ...]:
    """The help line that names the entity whose column or definition it is, where there is one only."""
    owners = {name for name, info in checker.world.entities.items() if wanted in info.columns}
    owners |= {entity for entity, name in checker.defined if name == wanted}
    owners -= _quotas(checker)
    return (
        (f"`{wanted}` is a name on {owners.pop()}: walk there with a dot, or go over its rows",)
        if len(owners) == 1
        else ()
    )


def _of_members(checker: Checker, entity: str, wanted: str, before: str) -> tuple[str, ...]:
    """The help line where some rows of a union have what is wanted, or all have it and not alike."""
    members = checker.world.entities[entity].members
    having = [one for one in members if has(checker, one, wanted)]
    if not having:
        return ()
    why = "it is not alike in all of them" if len(having) == len(members) else f"not every row of {entity} has it"
    return (f"{why}: write {' or '.join(f'`{before}{one}.{wanted}`' for one in having)}",)


def member(checker: Checker, expr: ast.Member, scope: Scope) -> Type:
    """The type of `base.name`."""
    if isinstance(expr.base, ast.Name) and expr.base.name == "jurisdiction":
        return _jurisdiction(checker, expr)
    base = checker.infer(expr.base, scope)
    if base.kind == "unknown":
        return UNKNOWN
    if base.kind != "row":
        return complaints.not_a_row(checker.diagnostics, expr.span, complaints.text_of(expr.base), base)
    place = Span(expr.span.source, expr.span.end - len(expr.name), expr.span.end)
    found = _in_row(checker, expr, expr.name, base.name, 0, place)
    if found is None:
        known = names_on(checker, base.name)
        more = _of_members(checker, base.name, expr.name, f"{expr.base.span.text}.")
        return complaints.unknown_name(checker.diagnostics, place, expr.name, f"on {base.name}", known, *more)
    return found.maybe(base.nullable)


def has(checker: Checker, entity: str, wanted: str) -> bool:
    """Whether rows of an entity have something of this name."""
    return wanted in names_on(checker, entity)


def names_on(checker: Checker, entity: str) -> set[str]:
    """Everything that a row of an entity has: columns, relations, definitions."""
    info = checker.world.entities[entity]
    return {*info.columns, *info.relations, *(n for e, n in checker.defined if e == entity), "state"}


def record(checker: Checker, expr: Expr, use: Use, found: Type) -> Type:
    """Note what a name means, and its type."""
    checker.uses[expr.id] = use
    return found


def _in_row(
    checker: Checker, expr: Expr, wanted: str, entity: str, level: int, place: Span | None = None
) -> Type | None:
    info = checker.world.entities[entity]
    relation = info.relations.get(wanted)
    if relation is not None:
        if relation.unbound:  # N011 has been said where it is declared
            return UNKNOWN
        if relation.many:
            bound = {column for column, _ in relation.match}
            open_keys = [column for column in checker.world.entities[relation.to].key if column not in bound]
            return complaints.not_single(checker.diagnostics, place or expr.span, wanted, entity, open_keys)
        found = Type("row", name=relation.to, nullable=relation.optional)
        return record(checker, expr, RelationUse(entity, relation, level), found)
    if wanted in info.columns:
        return record(checker, expr, DataUse(entity, wanted, level), info.columns[wanted])
    if (entity, wanted) in checker.defined:
        return record(checker, expr, DefinitionUse(entity, wanted, level), checker.type_of(entity, wanted, expr))
    if wanted == "state" and entity != "state":
        return record(checker, expr, RelationUse(entity, TO_STATE, level), Type("row", name="state"))
    return None


def _global(checker: Checker, expr: ast.Name, scope: Scope) -> Type | None:
    wanted = expr.name
    if wanted == "x" and checker.local is not None:
        return record(checker, expr, LocalUse(), checker.local)
    if "." in wanted and wanted.split(".")[0] in checker.parameters:
        return record(checker, expr, CellUse(f"parameters.{wanted}"), checker.parameters[wanted.split(".")[0]].type)
    if wanted in checker.parameters:
        parameter = checker.parameters[wanted]
        if parameter.members:
            return by_group(checker, expr, wanted, scope)
        if parameter.in_force_by is not None:
            from .check_in_force import in_force

            return in_force(checker, expr, parameter.in_force_by, scope)
        return record(checker, expr, CellUse(f"parameters.{wanted}"), parameter.type)
    if wanted in checker.years:
        year = checker.years[wanted]
        return checker.stand_in(expr, renewed(year.year), scope, wanted, year.span)
    if wanted in checker.tables:
        from .choice import table_as_choice

        return table_as_choice(checker, expr, checker.tables[wanted], scope)
    if wanted in BUILTIN_CELLS:
        return record(checker, expr, CellUse(wanted), BUILTIN_CELLS[wanted])
    if fiscal := re.fullmatch(r"FY(\d{4})", wanted):
        return record(checker, expr, ValueUse(int(fiscal[1])), Type("year", name="fiscal_year"))
    if wanted == "this" and scope:
        return record(checker, expr, RowUse(scope[-1], len(scope) - 1), Type("row", name=scope[-1]))
    for level in (*range(1, len(scope)), 0):  # the row outside, even where rows of one entity are inside one another
        if scope[level:] and wanted == scope[level]:
            return record(checker, expr, RowUse(wanted, level), Type("row", name=wanted))
    return None


def by_group(checker: Checker, expr: Expr, name: str, scope: Scope, date: Expr | None = None) -> Type:
    """A parameter with one value per member, on a date or as of the run: the row must say which member."""
    parameter = next(p for p in checker.policy.parameters if p.name == name)
    assert parameter.by is not None
    by, known = parameter.by.text, checker.parameters[name]
    if len(known.members) > MOST_LINES:
        return complaints.too_many_lines(checker.diagnostics, expr.span, name, len(known.members))
    if date is None and known.in_force_by is not None:
        from .check_in_force import own_date

        date = own_date(checker, expr, name, known.in_force_by, scope)
        if date is None:
            return UNKNOWN
    if scope and has(checker, scope[0], by):
        chooser: Expr = ast.Missing()
        for member_name in reversed(known.members):
            test = ast.Comparison("=", ast.Name(by, span=expr.span), ast.Text(member_name), span=expr.span)
            value: Expr = ast.Name(f"{name}.{member_name}", span=expr.span)
            if date is not None:
                value = ast.AsOf(value, date, span=expr.span)
            chooser = ast.If(test, value, chooser, span=expr.span)
        return _inlined(checker, expr, chooser, scope)
    entity = scope[0] if scope else "state"
    where = f"on {entity} to choose the value of `{name}` by"
    more = f"it is read on rows that have a `{by}`, such as those of a `cross:` with it under `entities:`"
    return complaints.unknown_name(checker.diagnostics, expr.span, by, where, names_on(checker, entity), more)


def _inlined(checker: Checker, expr: Expr, body: Expr, scope: Scope) -> Type:
    """Let `expr` stand for a copy of `body`, checked in this scope."""
    copy = renewed(body)
    checker.renewed[expr.id] = copy
    return checker.infer(copy, scope)


def renewed(expr: Any) -> Any:
    """A copy of a tree with fresh ids, so that it can be checked in another scope."""
    if isinstance(expr, tuple):
        return tuple(renewed(one) for one in expr)
    contents = CONTENTS.get(type(expr))
    if contents is None:
        return expr
    kept = {name: renewed(getattr(expr, name)) for name in contents}
    return type(expr)(**kept, span=expr.span, id=fresh_id())


def _jurisdiction(checker: Checker, expr: ast.Member) -> Type:
    if expr.name != "area" or "area" not in checker.world.entities:
        return complaints.unknown_name(checker.diagnostics, expr.span, expr.name, "on jurisdiction", ("area",))
    if len(checker.policy.jurisdictions) != 1:
        count = len(checker.policy.jurisdictions)
        checker.diagnostics.report(
            "N016",
            expr.span,
            help="give the policy a `jurisdiction:`" if not count else "use the row's own `area` instead",
            count=f"{count} jurisdictions" if count else "no jurisdiction",
        )
        return UNKNOWN
    return record(checker, expr, CellUse("jurisdiction.area"), Type("row", name="area"))


def _known(checker: Checker, scope: Scope) -> set[str]:
    known = {*checker.parameters, *BUILTIN_CELLS, *checker.years, *checker.tables, *scope}
    return set(complaints.legal(known | (names_on(checker, scope[0]) if scope else set())))
