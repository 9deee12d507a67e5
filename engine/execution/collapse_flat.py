"""A relation over the table of a root as one: with all that the tables between them compute of its rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from . import sql_tree as sql
from .collapse_split import Part
from .sql_program import CELLS
from .sql_relation import Computed, Item, Joined, Relation, in_parentheses, names_of, pruned, renamed
from .sql_tree import Tree


@dataclass(slots=True)
class Flat:
    """`makers`: table whose rows are those of a root → the relation that it is."""

    makers: Mapping[str, Part]
    items: list[Item] = field(default_factory=list)
    _known: dict[str, dict[str, Tree]] = field(default_factory=dict)

    def of(self, part: Part, outputs: Sequence[tuple[str, Tree]], used: dict[str, None]) -> Relation | None:
        """The relation with these outputs, over the columns of its root; those are noted in `used`. Nothing where its
        rows meet other rows that vary.
        """
        relation = part.relation
        names = self._names(part, "#0")
        found = pruned(
            replace(
                relation,
                items=tuple(self.items),
                outputs=tuple((name, renamed(tree, names)) for name, tree in outputs),
                group=tuple(renamed(tree, names) for tree in relation.group),
            )
        )
        if any(isinstance(item, Joined) and item.relation.table != CELLS for item in found.items):
            return None
        reads: dict[str, None] = {}
        for tree in [*(item.tree for item in found.items if isinstance(item, Computed)), *found.own]:
            reads.update(dict.fromkeys(sorted(sql.columns_in(tree))))
        made = {name for item in found.items for name in names_of(item)}
        used.update(dict.fromkeys(name for name in reads if name not in made))
        return found

    def _names(self, part: Part, prefix: str) -> dict[str, Tree]:
        """Add what a relation computes of its rows; its columns as trees of the root, and of what was added."""
        below = {} if part.direct else self._table(part.relation.table)
        names: dict[str, Tree] = {}
        relation = part.relation
        trees = [item.tree if isinstance(item, Computed) else item.on for item, _ in part.items] + relation.own
        for name in sorted({name for tree in trees for name in sql.columns_in(tree)}):
            frozen = part.frozen_tree(name)
            if frozen is not None:
                names[name] = frozen
            elif name in below and name not in part.introduced:
                names[name] = below[name]
        for item, _ in part.items:
            new = {name: f"{prefix}{name}" for name in sorted(names_of(item))}
            names |= {name: sql.column(one) for name, one in new.items()}
            if isinstance(item, Computed):
                self.items.append(Computed(new[item.name], renamed(item.tree, names)))
            else:
                outputs = tuple((new[name], tree) for name, tree in item.relation.outputs)
                on = renamed(item.on, names)
                self.items.append(Joined(replace(item.relation, outputs=outputs), item.side, on))
        return names

    def _table(self, table: str) -> dict[str, Tree]:
        """The columns of a table between, likewise."""
        if table not in self._known:
            part = self.makers[table]
            names = self._names(part, f"#{table}")
            self._known[table] = {name: in_parentheses(renamed(tree, names)) for name, tree in part.relation.outputs}
        return self._known[table]
