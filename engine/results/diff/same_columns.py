"""Which columns two plans have in common, whatever else they hang on: what is changed by another edit is left out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from ...plan.from_checked import with_dependencies
from ...plan.plan import Column, ColumnId, Node

AUTHORED = ("definition", "criterion", "eligibility", "determination")
"""Roles of columns whose names people give: two of one name stand for each other."""

Key = tuple[str, str]


@dataclass(slots=True)
class SameColumns(Mapping[Key, Column]):
    """The columns of a plan, each with a digest that is that of the other plan where both mean the same. Columns with
    the same name and another text count as the same, since one edit is judged and what others change stays.
    """

    columns: Mapping[Key, Column]
    others: Mapping[Key, Column]
    twin: SameColumns | None = None
    _done: dict[Key, Column] = field(default_factory=dict)
    _changed: dict[Key, bool] = field(default_factory=dict)

    def __getitem__(self, key: Key) -> Column:
        found = self._done.get(key)
        if found is None:
            if self.changed(*key):
                found = replace(self.columns[key], digest=f"changed {key[0]} {key[1]}")
            else:
                found = self._own(key)
            self._done[key] = found
        return found

    def __iter__(self) -> Iterator[Key]:
        return iter(self.columns)

    def __len__(self) -> int:
        return len(self.columns)

    def _own(self, key: Key) -> Column:
        return with_dependencies(self.columns[key], self)

    def changed(self, entity: str, name: str) -> bool:
        """Whether both plans have a column of this name that people gave, and it says something else."""
        key = entity, name
        if key not in self._changed:
            twin, one, other = self.twin, self.columns[key], self.others.get(key)
            authored = other is not None and one.id.role in AUTHORED and other.id.role in AUTHORED
            self._changed[key] = (
                authored and twin is not None and self._own(key).digest != twin._own(key).digest
            )  # fmt: skip
        return self._changed[key]

    def digest(self, entity: str, node: Node) -> str:
        """A text for a node of a row of an entity that is equal for nodes that mean the same."""
        return with_dependencies(Column(ColumnId(entity, ""), node, node.type), self).digest


def same_columns(old: Mapping[Key, Column], new: Mapping[Key, Column]) -> tuple[SameColumns, SameColumns]:
    """Those of two plans."""
    one, other = SameColumns(old, new), SameColumns(new, old)
    one.twin, other.twin = other, one
    return one, other
