"""Every kind of thing that a policy can speak of: entities with their columns, relations and cardinality."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction

from ..model.table import Column as ModelColumn
from ..model.table import Table
from ..syntax.expr import Expr
from ..text.source import NOWHERE, Span
from .datatypes import DATE, TEXT, TRUTH, Type, digits_before_point, number
from .units import parse_unit

OPEN_DIGITS = 12
"""Digits before the point of a column that declares no range."""


@dataclass(frozen=True, slots=True)
class Relation:
    """A tie from one entity to another; its cardinality is a type.

    many        reached only through `over`; else a dot walks it
    columns     for a reference: the columns here that hold the key of `to`, in its order
    match       for *many*: pairs (column of the child, key column here); empty: every row
    where       for a relation that a policy binds: an expression of this row per key column of `to`
    by          from a group to its rows: an expression of the child per key column of the group
    unbound     key columns of `to` that nothing binds: the relation is not single
    among       pairs (value of the column `choose` here, test on the child): only children that meet it belong here
    on_demand   nobody wrote it: what it reads is worked out only where a rule goes over it
    optional    there may be no row; `complete`: no row means there is none
    """

    name: str
    to: str
    many: bool = False
    columns: tuple[str, ...] = ()
    match: tuple[tuple[str, str], ...] = ()
    where: tuple[tuple[str, Expr], ...] = ()
    unbound: tuple[str, ...] = ()
    by: tuple[tuple[str, Expr], ...] = ()
    optional: bool = False
    complete: bool = True
    choose: str = ""
    among: tuple[tuple[str, Expr], ...] = ()
    on_demand: bool = False
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class EntityInfo:
    """A kind of thing: its plural, key, data columns with their types, and relations by name; `members` of a union."""

    name: str
    rows_name: str
    key: tuple[str, ...]
    columns: Mapping[str, Type]
    relations: Mapping[str, Relation]
    title: str = ""
    label: str = ""
    complete: bool = True
    derived: bool = False
    personal: frozenset[str] = frozenset()
    area: str = ""
    members: tuple[str, ...] = ()


def reference(info: EntityInfo, to: str) -> str:
    """The one column of an entity that refers to another; empty where there are none or several."""
    found = [name for name, column in info.columns.items() if column.kind == "row" and column.name == to]
    return found[0] if len(found) == 1 else ""


@dataclass(frozen=True, slots=True)
class World:
    """All entities by name, and the entity that each plural names."""

    entities: Mapping[str, EntityInfo]
    plurals: Mapping[str, str]


STATE = EntityInfo("state", "", ("state",), {"state": TEXT}, {}, title="the whole: one row")


def column_type(column: ModelColumn, entities: Mapping[str, Table]) -> Type:
    """The type of a data column as the model declares it; a key or required column is never missing."""
    nullable = not column.required
    if column.type in entities or column.type == "state":
        return Type("row", name=column.type, nullable=nullable)
    if column.type == "enum" or column.values:
        return Type("enum", name=column.name, values=column.values, ordered=column.ordered, nullable=nullable)
    if column.type in ("school_year", "fiscal_year", "class"):
        return Type("year", name=column.type, nullable=nullable)
    if column.type != "number":
        return {"text": TEXT, "date": DATE, "truth": TRUTH}[column.type].maybe(nullable)
    unit = parse_unit(column.unit)
    low, high = (None if end is None else Fraction(end) for end in (column.at_least, column.at_most))
    ends = [abs(end) for end in (column.at_least, column.at_most) if end is not None]
    whole = digits_before_point(Fraction(max(ends))) if len(ends) == 2 else OPEN_DIGITS
    if len(ends) == 1 and column.at_most is not None and column.at_most == Decimal(0):
        whole = OPEN_DIGITS
    assert unit is not None, column.unit
    base = number(unit, whole, column.scale, low, high)
    return replace(base, nullable=nullable, bounded=column.bounded)


def build_world(tables: Mapping[str, Table]) -> World:
    """The entities of the tables, with the relations that their references make in both directions.

    A column whose type is an entity is a *one* relation of its name; the other way round the table's plural is a *many*
    relation of the entity referred to (where the reference is the only one, or bears the entity's own name).
    """
    tables = {name: table for name, table in tables.items() if name != "state"}
    entities: dict[str, EntityInfo] = {}
    relations: dict[str, dict[str, Relation]] = {name: {} for name in tables}
    relations["state"] = {}
    for table in tables.values():
        references: dict[str, list[str]] = {}
        for column in table.columns:
            if column.type in tables:
                references.setdefault(column.type, []).append(column.name)
                optional = not column.required and column.name not in table.key
                relations[table.name][column.name] = Relation(
                    column.name, column.type, columns=(column.name,), optional=optional
                )
        for target, names in references.items():
            chosen = names[0] if len(names) == 1 else (target if target in names else "")
            if chosen and len(tables[target].key) == 1:
                pair = ((chosen, tables[target].key[0]),)
                many = Relation(table.rows_name, table.name, many=True, match=pair, complete=table.complete)
                relations[target].setdefault(table.rows_name, many)
                if table.key == (chosen,):
                    here = Relation(table.name, table.name, columns=(tables[target].key[0],), optional=True)
                    relations[target].setdefault(table.name, here)
    for table in tables.values():
        columns = {column.name: column_type(column, tables) for column in table.columns}
        for name in table.key:
            columns[name] = columns[name].certain()
        entities[table.name] = EntityInfo(
            table.name,
            table.rows_name,
            table.key,
            columns,
            relations[table.name],
            table.title,
            table.label,
            table.complete,
            personal=frozenset(c.name for c in table.columns if c.personal)
            | (frozenset(table.key) if table.personal_key else frozenset()),
            area=table.area,
        )
    entities["state"] = STATE
    return World(entities, {info.rows_name: name for name, info in entities.items() if info.rows_name})
