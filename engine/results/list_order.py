"""The order of a priority list or of one of its quotas, replayed: what each row is ranked by, among which others, and
which row surely stands before which.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction

from ..execution.dataset_rows import DatasetRows
from ..execution.reference import Interpreter, Row
from ..execution.values import Bound, Key, Missing, Value, is_known
from ..plan.from_checked import nodes_in
from ..plan.plan import Node, OrderBy, Reference, Window
from ..plan.words import words_of
from ..syntax.policy import PriorityList, Quota
from .decode import keys_of, values_of
from .run import Run


@dataclass(frozen=True, slots=True)
class ListOrder:
    """The keys by which the listed rows are ranked `within` their group (all of them where there is no `quota`), and
    the interpreter that replays them.
    """

    run: Run
    item: PriorityList
    keys: tuple[OrderBy, ...]
    interpreter: Interpreter
    quota: Quota | None = None
    within: tuple[Node, ...] = ()

    @property
    def place_column(self) -> str:
        """The column with the places."""
        return "list_rank" if self.quota is None else f"{self.quota.name}: place"

    def places(self) -> dict[Key, Fraction]:
        """The place of each ranked row."""
        entity = self.item.entity.text
        values = values_of(self.run, self.run.plan.column(entity, self.place_column))
        found = zip(keys_of(self.run, entity), values, strict=True)
        return {key: place for key, place in found if isinstance(place, Fraction)}

    def group(self, key: Key) -> tuple[Value, ...] | None:
        """The key of the group of a row, nothing where it is not known; all rows of the list are in one, `()`."""
        row = Row(self.item.entity.text, key)
        found = tuple(self.interpreter.evaluate(node, row) for node in self.within)
        return found if all(is_known(part) for part in found) else None

    def values(self, key: Key) -> tuple[Value, ...]:
        """What a row is ranked by, in the order of the keys."""
        row = Row(self.item.entity.text, key)
        return tuple(self.interpreter.evaluate(by.value, row) for by in self.keys)

    def limit(self, key: Key) -> Fraction | None:
        """How many places there are for a row; nothing where there is no limit."""
        limit = self.item.limit if self.quota is None else self.quota.limit
        if limit is None:
            return None
        node = words_of(self.run.checked, self.run.epoch).nodes[limit.id]
        found = self.interpreter.evaluate(node, Row(self.item.entity.text, key))
        return found if isinstance(found, Fraction) else None

    def surely_before(self, one: tuple[Value, ...], other: tuple[Value, ...]) -> bool:
        """Whether a row with the values `one` ranks before one with `other` whatever the unknown among them are."""
        for by, mine, theirs in zip(self.keys, one, other, strict=True):
            if mine == theirs and not isinstance(mine, Bound | Missing):
                continue
            worst, best = (_low(mine), _high(theirs)) if by.descending else (_high(mine), _low(theirs))
            if worst is None or best is None:
                return False
            return bool(worst > best if by.descending else worst < best)  # type: ignore[operator]
        return False


def list_order(run: Run, item: PriorityList, quota: Quota | None = None) -> ListOrder:
    """The order of a run's list, or of one of its quotas."""
    rows = DatasetRows(run.dataset.tables)
    interpreter = Interpreter(run.plan, rows, run.binding.cells, run.binding.schedules)
    made = ListOrder(run, item, (), interpreter, quota)
    rank = _rank(run, run.plan.column(item.entity.text, made.place_column).node)
    return replace(made, keys=rank.order, within=rank.within)


def orders_with_limits(run: Run, item: PriorityList) -> list[ListOrder]:
    """The orders in which something is limited: of each quota, then of the list where it has a limit."""
    found = [list_order(run, item, quota) for quota in item.quotas]
    return [*found, list_order(run, item)] if item.limit is not None else found


def _rank(run: Run, node: Node) -> Window:
    """The window that numbers the rows, through the column into which the planner has put it."""
    inside = nodes_in(node)
    found = next((one for one in inside if isinstance(one, Window)), None)
    if found is None:
        column = next(one.column for one in inside if isinstance(one, Reference) and one.column.role == "internal")
        return _rank(run, run.plan.column(column.entity, column.name).node)
    return found


def _low(value: Value) -> Value | None:
    """The low end of a value; nothing where it is open."""
    return value.low if isinstance(value, Bound) else None if isinstance(value, Missing) else value


def _high(value: Value) -> Value | None:
    """The high end of a value; nothing where it is open."""
    return value.high if isinstance(value, Bound) else None if isinstance(value, Missing) else value
