"""From nodes of the plan to symbols: what a rule says of any row, operator by operator as the reference has them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from ...plan.plan import Cell, Column, Compute, Const, InForce, Lookup, Node, Reference, Scan
from .same_columns import SameColumns
from .symbol import LAST_DAY, Some, Symbol, Truth, parts_of
from .unknowns import Here, NotAttemptedError, Unknowns

COMPARED = {
    "eq": lambda one, two: one == two,
    "ne": lambda one, two: one != two,
    "lt": lambda one, two: one < two,
    "le": lambda one, two: one <= two,
    "gt": lambda one, two: one > two,
    "ge": lambda one, two: one >= two,
}
ORDERED = ("number", "date", "year")
ALWAYS_KNOWN = ("mul", "snap", "abs", "round")
"""Operators that are known wherever their operands are."""

NO_VALUES = ("bound", "prorate", "ln", "sqrt")
"""Operators that are not put to the solver."""


@dataclass(slots=True)
class SymbolsOfNode:
    """The symbols of one side on one day.

    columns    the columns of its plan
    same       which of them the other side has too
    cells      the input cells whose values are known: path → the values they may have
    schedules  parameters whose values by date are the same on both sides
    """

    unknowns: Unknowns
    columns: Mapping[tuple[str, str], Column]
    same: SameColumns
    cells: Mapping[str, tuple[Any, ...]]
    schedules: Mapping[str, Any]
    _read: dict[tuple[int, tuple[str, ...]], Symbol] = field(default_factory=dict)
    _alive: list[Node] = field(default_factory=list)

    def read(self, node: Node, here: Here) -> Symbol:
        """The symbol of a node for a row, as the node's type can hold it."""
        key = id(node), here.way
        if key not in self._read:
            if node.type.bounded:
                raise NotAttemptedError("a bound")
            found = self._make(node, here)
            self._read[key] = found if node.type.excusable else self.unknowns.logic.settled(found)
            self._alive.append(node)
        return self._read[key]

    def _make(self, node: Node, here: Here) -> Symbol:
        match node:
            case Const():
                return self.unknowns.constant(node.value, node.type)
            case Cell():
                return self._cell(node)
            case InForce():
                return self._in_force(node, here)
            case Scan():
                return self._scan(node, here)
            case Reference():
                return self._reference(node, here)
            case Lookup():
                return self._lookup(node, here)
            case Compute():
                return self._compute(node, here)
            case _:
                return self._opaque(("rows", here.way, self.same.digest(here.entity, node)), node)

    def _opaque(self, key: tuple[Any, ...], node: Node) -> Symbol:
        self.unknowns.closed = False
        return self.unknowns.one(key, node.type)

    # -- leaves ---------------------------------------------------------------------------------------------------

    def _cell(self, node: Cell) -> Symbol:
        unknowns = self.unknowns
        values = self.cells.get(node.path)
        if values is not None and len(values) == 1:
            found = unknowns.constant(values[0], node.type)
        elif values is None:
            found = unknowns.one(("cell", node.path), node.type)
        else:
            found = unknowns.one(("cell", node.path), node.type.maybe())
            made = [unknowns.constant(value, node.type) for value in values]
            unknowns.facts.append(
                unknowns.logic.z3.Or(*(unknowns.logic.z3.Not(unknowns.logic.differs(found, one)) for one in made))
            )
        unknowns.inputs[node.path] = found, node.type
        return found

    def _in_force(self, node: InForce, here: Here) -> Symbol:
        unknowns, logic = self.unknowns, self.unknowns.logic
        day = self.read(node.date, here)
        assert isinstance(day, Some)
        schedule = self.schedules.get(node.path)
        if schedule is None or node.type.kind == "truth":
            raise NotAttemptedError(node.path)
        found: Any = Some(unknowns.constant(None, node.type).value, logic.never)  # type: ignore[union-attr]
        for starts, value in schedule:
            made = unknowns.constant(value, node.type)
            assert isinstance(made, Some)
            since = day.value >= starts.toordinal()
            found = Some(
                logic.z3.If(since, made.value, found.value), logic.z3.If(since, made.known, found.known)
            )  # fmt: skip
        return Some(found.value, logic.z3.And(day.known, found.known))

    def _scan(self, node: Scan, here: Here) -> Symbol:
        key = dict(here.on).get(node.column)
        if key is not None:
            return key
        self._at(node.entity, here)
        found = self.unknowns.one(("data", here.way, node.column), node.type)
        self.unknowns.cells[here, node.column] = found, node.type
        return found

    def _at(self, entity: str, here: Here) -> None:
        """A rule is about one entity."""
        if here.way:
            if entity != here.entity:
                raise NotAttemptedError(entity)
        elif self.unknowns.entity not in ("", entity):
            raise NotAttemptedError(entity)
        else:
            self.unknowns.entity = entity

    def _reference(self, node: Reference, here: Here) -> Symbol:
        entity, name = node.column.entity, node.column.name
        self._at(entity, here)
        if self.same.changed(entity, name):
            return self._opaque(("column", here.way, name), node)
        return self.read(self.columns[entity, name].node, here)

    def _lookup(self, node: Lookup, here: Here) -> Symbol:
        logic, unknowns = self.unknowns.logic, self.unknowns
        on = tuple((column, logic.settled(self.read(part, here))) for column, part in node.on)
        step = f"{node.entity}({', '.join(str(part.get_id()) for _, one in on for part in parts_of(one))})"
        there = Here(node.entity, (*here.way, step), on)
        if there.way not in unknowns.rows:
            sure = node.entity == "state"
            unknowns.rows[there.way] = there, logic.always if sure else logic.z3.Bool(f"row {len(unknowns.rows)}")
            unknowns.gaps.append(unknowns.rows[there.way][1])
        there, exists = unknowns.rows[there.way]
        found = logic.settled(self.read(node.value, there))
        present = logic.z3.And(exists, *(logic.known(one) for _, one in on))
        if isinstance(found, Truth):
            return Truth(logic.z3.And(present, found.yes), logic.z3.And(present, found.no), logic.never)
        return Some(found.value, logic.z3.And(present, found.known))

    # -- operators ------------------------------------------------------------------------------------------------

    def _compute(self, node: Compute, here: Here) -> Symbol:
        if node.op in NO_VALUES or any(one.type.bounded for one in node.args):
            return self._opaque(("operator", here.way, self.same.digest(here.entity, node)), node)
        logic = self.unknowns.logic
        operands = [self.read(one, here) for one in node.args]
        found = self._logic(node, operands)
        if found is not None:
            return found
        seen = [logic.settled(one) for one in operands]
        known = logic.z3.And(*(logic.known(one) for one in seen))
        values = [logic.value(one) for one in seen]
        if node.op in COMPARED:
            kinds = {one.type.kind for one in node.args}
            if node.op in ("eq", "ne") or kinds <= set(ORDERED):
                return logic.test(COMPARED[node.op](*values), known)
        return self._value(node, values, known)

    def _logic(self, node: Compute, operands: list[Symbol]) -> Symbol | None:
        logic = self.unknowns.logic
        tests = [one for one in operands if isinstance(one, Truth)]
        match node.op:
            case "and":
                return logic.all_of(tests)
            case "or":
                return logic.any_of(tests)
            case "not":
                return logic.back(tests[0])
            case "at_least":
                return logic.at_least(int(node.options[0]), tests)
            case "criterion":
                excuse = logic.settled(tests[1])
                assert isinstance(excuse, Truth)
                return logic.criterion(tests[0], excuse)
            case "settled":
                return logic.settled(operands[0])
            case "is_applicable":
                return logic.test(logic.z3.Not(tests[0].excused), logic.always)
            case "is_known":
                return logic.test(logic.known(logic.settled(operands[0])), logic.always)
            case "or_else":
                return logic.or_else(*operands)
            case "if":
                test = logic.settled(operands[0])
                assert isinstance(test, Truth)
                seen = [logic.value(one) for one in operands[1:]]
                if node.type.quotient:
                    seen = [self.unknowns.function("snap ()", (one,), node.type) for one in seen]
                return logic.chosen(test, operands[1], operands[2], seen)
            case _:
                return None

    def _value(self, node: Compute, values: list[Any], known: Any) -> Symbol:
        z3, unknowns = self.unknowns.logic.z3, self.unknowns
        constant = all(isinstance(one, Const) for one in node.args[1:])
        match node.op:
            case "add":
                return Some(values[0] + values[1], known)
            case "sub":
                return Some(values[0] - values[1], known)
            case "neg":
                return Some(-values[0], known)
            case "mul" if any(z3.is_rational_value(z3.simplify(one)) for one in values):
                return Some(values[0] * values[1], known)
            case "abs":
                return Some(z3.If(values[0] < 0, -values[0], values[0]), known)
            case "min" | "max":
                found = values[0]
                for one in values[1:]:
                    found = z3.If(one < found if node.op == "min" else one > found, one, found)
                return Some(found, known)
            case "round" if constant and isinstance(node.args[1], Const):
                rounded = self._rounded(values[0], int(node.options[0]), str(node.args[1].value))
                if rounded is not None:
                    return Some(rounded, known)
            case "ordinal":
                found = z3.RealVal(-1)
                for place, word in enumerate(node.options):
                    found = z3.If(values[0] == unknowns.word(str(word)), z3.RealVal(place), found)
                return Some(found, known)
            case "add_days":
                moved = values[0] + z3.ToInt(values[1])
                return Some(moved, z3.And(known, moved >= 1, moved <= LAST_DAY))
            case "add_years":
                return Some(values[0] + z3.ToInt(values[1]), known)
            case _:
                pass
        return self._function(node, values, known)

    def _rounded(self, value: Any, places: int, mode: str) -> Any:
        """A number rounded once; nothing for a mode that goes to even digits."""
        z3, ten = self.unknowns.logic.z3, self.unknowns.real(Fraction(10) ** places)
        scaled = value * ten
        size = z3.If(scaled < 0, -scaled, scaled)
        match mode:
            case "floor":
                return z3.ToReal(z3.ToInt(scaled)) / ten
            case "ceiling":
                return -z3.ToReal(z3.ToInt(-scaled)) / ten
            case "half_up":
                whole = z3.ToReal(z3.ToInt(size + self.unknowns.real(Fraction(1, 2))))
            case "down":
                whole = z3.ToReal(z3.ToInt(size))
            case "up":
                whole = -z3.ToReal(z3.ToInt(-size))
            case _:
                return None
        return z3.If(scaled < 0, -whole, whole) / ten

    def _function(self, node: Compute, values: list[Any], known: Any) -> Symbol:
        """An operator of which the solver knows only that equal operands give equal results."""
        z3, unknowns = self.unknowns.logic.z3, self.unknowns
        if node.op == "mul":
            values = sorted(values, key=lambda one: int(one.get_id()))
        name = f"{node.op} {node.options}"
        if node.op == "div":
            known = z3.And(known, values[1] != 0)
        elif node.op not in ALWAYS_KNOWN and node.op not in COMPARED:
            known = z3.And(known, z3.Function(f"{name} known", *(one.sort() for one in values), z3.BoolSort())(*values))
        found = unknowns.function(name, values, node.type)
        return unknowns.logic.test(found, known) if node.type.kind == "truth" else Some(found, known)
