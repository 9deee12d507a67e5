"""A counterexample of the solver as rows, evaluated by the reference interpreter under both texts of a rule."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date as Date
from fractions import Fraction
from typing import Any

from ...execution.reference import Interpreter, Row
from ...execution.values import BLANK, NOT_APPLICABLE, Key, Missing, Value, missing
from ...plan.in_force import CellValue, bind
from ...plan.plan import Node, Plan
from ...types.checked import CheckedPolicy
from ...types.datatypes import Type
from ..quantity import shown
from .solver import fraction, truth
from .symbol import Symbol, Truth
from .unknowns import Unknowns
from .witness import Witness

DAYS = ("as_of", "school_year", "fiscal_year")
VERDICTS = {True: "met", False: "not met", None: "not known"}


@dataclass(frozen=True, slots=True)
class Trial:
    """What a row is tried on: the plans, the nodes of the rule and the policies, each old and new, and a day."""

    plans: tuple[Plan, Plan]
    nodes: tuple[Node, Node]
    policies: tuple[CheckedPolicy, CheckedPolicy]
    day: Date


@dataclass(slots=True)
class MadeRows:
    """`inputs.Rows` of a few rows: those of which the counterexample speaks, and nothing else."""

    tables: dict[str, dict[Key, dict[str, Value]]] = field(default_factory=dict)

    def keys(self, entity: str) -> Sequence[Key]:
        """The keys of the rows of an entity."""
        return tuple(self.tables.get(entity, {}))

    def cell(self, entity: str, key: Key, column: str) -> Value:
        """What stands in a cell; `blank` where the counterexample leaves it open."""
        return self.tables[entity][key].get(column, missing(BLANK, column, entity, key))

    def source(self, entity: str, key: Key) -> tuple[str, int] | None:
        """Nowhere: the rows are made up."""
        return None


class ClashError(Exception):
    """The solver gave two values to one cell, reached in two ways."""


def tried(trial: Trial, unknowns: Unknowns, model: Any, way: int) -> Witness | None:
    """The row of a model with what both texts say of it. `way`: whether the new one says more (1), less (-1) or
    something else (0); nothing where the interpreter does not find it so.
    """
    derived = {one.name for plan in trial.plans for one in plan.entities if one.source is not None}
    entity = unknowns.entity or "state"
    if entity in derived or any(here.entity in derived for here, _ in unknowns.rows.values()):
        return None
    own = _own_key(trial, unknowns, model, entity)
    try:
        rows = _rows(trial, unknowns, model, entity, own)
    except ClashError:
        return None
    day = unknowns.inputs.get("as_of")
    as_of = trial.day
    if day is not None:
        as_of = Date.fromordinal(int(fraction(model, unknowns.logic.value(day[0]))))
    if as_of.year < 2:
        return None
    values = _inputs(unknowns, model)
    found = [_evaluated(trial, side, rows, Row(entity, own), values, as_of) for side in (0, 1)]
    if not unknowns.cells or not _moved(found[0], found[1], way):
        return None
    kind = trial.nodes[0].type
    before, after = (_verdict(one, kind) for one in found)
    cells, parameters = _cells(unknowns, model), _parameters(unknowns, model)
    return Witness(entity, cells, parameters, before, after, as_of.isoformat())


# -- rows -------------------------------------------------------------------------------------------------------------


def value_of(unknowns: Unknowns, model: Any, symbol: Symbol, type: Type) -> Value:
    """What a model says of a symbol."""
    if isinstance(symbol, Truth):
        if truth(model, symbol.excused):
            return NOT_APPLICABLE
        return True if truth(model, symbol.yes) else False if truth(model, symbol.no) else missing(BLANK)
    if not truth(model, symbol.known):
        return missing(BLANK)
    number = fraction(model, symbol.value)
    match type.kind:
        case "number" | "duration":
            return number
        case "date":
            return Date.fromordinal(int(number))
        case "year":
            return int(number)
        case _:
            return unknowns.text(int(number))


def _types(trial: Trial, entity: str) -> tuple[tuple[str, Type], ...]:
    return next((one.key for one in trial.plans[1].entities if one.name == entity), ())


def _own_key(trial: Trial, unknowns: Unknowns, model: Any, entity: str) -> Key:
    """The key of the row of the rule: what the model says of its parts, a word for what it says nothing of."""
    read = {name: unknowns.cells[here, name] for here, name in unknowns.cells if not here.way}
    parts: list[Any] = []
    for name, type in _types(trial, entity):
        if name in read:
            parts.append(value_of(unknowns, model, read[name][0], type))
        else:
            plain: dict[str, Any] = {"date": trial.day, "year": trial.day.year, "number": Fraction(0)}
            parts.append("state" if entity == "state" else plain.get(type.kind, "this row"))
    return tuple(parts)


def _rows(trial: Trial, unknowns: Unknowns, model: Any, entity: str, own: Key) -> MadeRows:
    """The rows that there are, with what stands in them."""
    keys: dict[tuple[str, ...], Key | None] = {(): own}
    rows = MadeRows({entity: {own: {}}})
    absent: set[tuple[str, Key]] = set()
    for way, (here, exists) in unknowns.rows.items():
        types = dict(_types(trial, here.entity))
        on = [value_of(unknowns, model, symbol, types[column]) for column, symbol in here.on]
        if any(isinstance(part, Missing) or part is NOT_APPLICABLE for part in on):
            keys[way] = None
            continue
        key: Any = tuple(on)
        keys[way] = key if truth(model, exists) else None
        if keys[way] is None:
            absent.add((here.entity, key))
        else:
            rows.tables.setdefault(here.entity, {}).setdefault(key, {})
    if any(key in rows.tables.get(of, {}) for of, key in absent):
        raise ClashError
    for (here, column), (symbol, type) in unknowns.cells.items():
        at = keys[here.way]
        if at is None:
            continue
        cells = rows.tables[here.entity if here.way else entity][at]
        value = value_of(unknowns, model, symbol, type)
        if column in cells and cells[column] != value:
            raise ClashError
        cells[column] = value
    return rows


# -- both texts -------------------------------------------------------------------------------------------------------


def _inputs(unknowns: Unknowns, model: Any) -> dict[str, CellValue]:
    """The values of the parameters that are read."""
    found: dict[str, CellValue] = {}
    for path, (symbol, type) in unknowns.inputs.items():
        if path.startswith("parameters."):
            value: Any = value_of(unknowns, model, symbol, type)
            found[path] = None if isinstance(value, Missing) else value
    return found


def _evaluated(
    trial: Trial, side: int, rows: MadeRows, row: Row, values: Mapping[str, CellValue], as_of: Date
) -> Value:
    bound = bind(trial.policies[side], as_of)
    interpreter = Interpreter(trial.plans[side], rows, {**bound.cells, **values}, bound.schedules)
    return interpreter.evaluate(trial.nodes[side], row)


def _height(value: Value) -> Any:
    if isinstance(value, bool):
        return 2 if value else 0
    if isinstance(value, Missing):
        return 1
    return value


def _moved(before: Value, after: Value, way: int) -> bool:
    """Whether the interpreter finds what the solver said."""
    if isinstance(before, Missing) and isinstance(after, Missing):
        return False
    tests = isinstance(before, bool) or isinstance(after, bool)
    open_ended = NOT_APPLICABLE in (before, after) or (
        not tests and (isinstance(before, Missing) or isinstance(after, Missing))
    )
    if way == 0 or open_ended:
        return before != after
    one, other = _height(before), _height(after)
    return bool(other > one if way > 0 else other < one)


# -- words ------------------------------------------------------------------------------------------------------------


def _verdict(value: Value, type: Type) -> str:
    if type.kind != "truth":
        return shown(value, type)
    if value is NOT_APPLICABLE:
        return "not applicable"
    return VERDICTS[value if isinstance(value, bool) else None]


def _cells(unknowns: Unknowns, model: Any) -> tuple[tuple[str, str], ...]:
    found = []
    for (here, column), (symbol, type) in unknowns.cells.items():
        steps = [step.partition("(")[0] for step in here.way]
        if all(truth(model, unknowns.rows[here.way[: at + 1]][1]) for at in range(len(here.way))):
            found.append((".".join((*steps, column)), shown(value_of(unknowns, model, symbol, type), type)))
    return tuple(dict.fromkeys(found))


def _parameters(unknowns: Unknowns, model: Any) -> tuple[tuple[str, str], ...]:
    """The parameters that are read, which have these values on the day."""
    return tuple(
        (path.removeprefix("parameters."), shown(value_of(unknowns, model, symbol, type), type))
        for path, (symbol, type) in sorted(unknowns.inputs.items())
        if path not in DAYS
    )
