"""The relations of steps that are made anew, split: what hangs on what varies, and what of each row does not."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from itertools import count

from . import sql_tree as sql
from .sql_program import CELLS, CheckCrossing, Closure, HostFunction, Load, Make, Result, ShareOut, Step
from .sql_relation import (
    Computed,
    Item,
    Joined,
    Relation,
    has_window,
    in_parentheses,
    is_column,
    names_of,
    relation_of,
    renamed,
)
from .sql_tree import Tree
from .sql_weight import can_be_weighted

LARGE = 100
"""So many nodes of a constant are written out where it is read; one with more is a column."""


@dataclass(slots=True, eq=False)
class Root:
    """The rows of a table that does not vary, with columns that do not vary: `items`, of which `made` are the names.
    `weighed`: all that becomes of the rows can be found from rows with weights; `part`: the relation over the table.
    `ends`: column → what of the cells it is compared with; `exact`: columns that are read in another way too.
    """

    table: str
    weighed: bool
    items: list[Item] = field(default_factory=list)
    made: set[str] = field(default_factory=set)
    part: Part | None = None
    ends: dict[str, list[Tree]] = field(default_factory=dict)
    exact: set[str] = field(default_factory=set)
    known: dict[Tree, str] = field(default_factory=dict)


@dataclass(slots=True, eq=False)
class Part:
    """A relation that varies. Its rows are those of `root`, or come from it through other tables; `direct`: its table
    is the root's own. `frozen`: its columns that do not vary, as trees of the root; `items`: the others, with the parts
    of what is joined, where that varies.
    """

    number: int
    relation: Relation
    root: Root | None
    direct: bool
    below: Mapping[str, Tree]
    introduced: set[str]
    frozen: dict[str, Tree] = field(default_factory=dict)
    items: list[tuple[Item, Part | None]] = field(default_factory=list)

    def frozen_tree(self, name: str) -> Tree | None:
        """A column as a tree of the root; nothing for one that varies."""
        if name in self.frozen:
            return self.frozen[name]
        if name in self.introduced:
            return None
        return sql.column(name) if self.direct else self.below.get(name)


def weighs(part: Part) -> bool:
    """Whether what a relation makes of rows can be made of rows with weights: it looks at no other row, and its own
    rows are groups, or those of the next table.
    """
    trees = [item.tree for item, _ in part.items if isinstance(item, Computed)] + part.relation.own
    return not any(has_window(tree) for tree in trees) and all(can_be_weighted(tree) for tree in part.relation.own)


@dataclass(slots=True)
class Splitting:
    """The first pass, from the first step to the last.

    varied   columns of the table of input cells
    stale    tables that vary
    whole    numbers of parts whose rows are not to be collapsed
    read     queries that have been taken apart
    chains   table whose rows are those of a root → that root
    makers   such a table → the relation that it is
    below    such a table → its columns that do not vary, as trees of the root
    """

    varied: frozenset[str]
    stale: set[str]
    whole: Collection[int]
    read: dict[str, Relation | None]
    chains: dict[str, Root] = field(default_factory=dict)
    makers: dict[str, Part] = field(default_factory=dict)
    below: dict[str, dict[str, Tree]] = field(default_factory=dict)
    _numbers: count[int] = field(default_factory=lambda: count(1))
    _names: count[int] = field(default_factory=lambda: count(1))

    def step(self, step: Step) -> tuple[Part | None, ...] | None:
        """The parts of a step, with nothing for a query of a form that is not known; nothing at all for a step that
        does not vary.
        """
        match step:
            case Make():
                return self._make(step)
            case HostFunction():
                relation = self._relation(step.query)
                if relation is not None and not self.varies(relation):
                    return None
                self.stale.add(step.table)
                return (self._top(relation, step),)
            case Result():
                relation = self._relation(step.query)
                if relation is not None and not self.varies(relation):
                    return None
                return (self._top(relation, step),)
            case ShareOut():
                self.stale |= {step.payments, step.factors}
                return tuple(self._top(self._relation(text), step) for text in (step.rows, step.pot))
            case Load():
                self.stale.add(step.table)
                return ()
            case Closure():
                self.stale.add(step.table)
                self._keep_whole(step.edges + step.itself)
                return (None,)
            case CheckCrossing():
                self._keep_whole(step.query)
                return (None,)

    def _relation(self, text: str) -> Relation | None:
        if text not in self.read:
            self.read[text] = relation_of(text)
        return self.read[text]

    def varies(self, relation: Relation) -> bool:
        """Whether a relation reads anything that varies."""
        if relation.table == CELLS:
            return any(sql.columns_in(tree) & self.varied for _, tree in relation.outputs)
        joined = (item.relation for item in relation.items if isinstance(item, Joined))
        return relation.table in self.stale or any(self.varies(one) for one in joined)

    def _make(self, step: Make) -> tuple[Part | None, ...] | None:
        relation = self._relation(step.query)
        if relation is None:
            if not any(f'"{table}"' in step.query for table in self.stale):
                return None
            self._keep_whole(step.query)
            self.stale.add(step.table)
            return (None,)
        if not self.varies(relation):
            return None
        self.stale.add(step.table)
        part = self.part(relation)
        if part.root is not None:
            part.root.weighed &= weighs(part) and (relation.is_plain or relation.aggregates or relation.distinct)
            if relation.is_plain and not _multiplies(relation):
                self.chains[step.table] = part.root
                self.makers[step.table] = part
                self.below[step.table] = self._passed(part)
        return (part,)

    def _passed(self, part: Part) -> dict[str, Tree]:
        """The columns of a table that do not vary, as trees of its root."""
        found: dict[str, Tree] = {}
        for name, tree in part.relation.outputs:
            frozen = self._frozen(tree, part)
            if frozen is not None and part.root is not None:
                found[name] = self._bound(frozen, part.root)
        return found

    def _top(self, relation: Relation | None, step: Step) -> Part | None:
        """The part of a query that is not that of a working table: of its rows each one counts, unless they are
        distinct.
        """
        if relation is None:
            texts = [step.rows, step.pot] if isinstance(step, ShareOut) else [getattr(step, "query", "")]
            self._keep_whole(" ".join(texts))
            return None
        part = self.part(relation)
        if part.root is not None:
            part.root.weighed &= relation.distinct and weighs(part)
        return part

    def _keep_whole(self, text: str) -> None:
        """The rows of all tables that a text names are needed one by one."""
        for table, root in self.chains.items():
            if f'"{table}"' in text:
                root.weighed = False

    # -- relations ----------------------------------------------------------------------------------------------

    def part(self, relation: Relation) -> Part:
        """A relation that varies, split."""
        table = relation.table
        direct = table not in self.stale and table != CELLS
        number = next(self._numbers)
        root = Root(table, number not in self.whole) if direct else self.chains.get(table)
        names = set[str]()
        for item in relation.items:
            names |= names_of(item)
        found = Part(number, relation, root, direct, self.below.get(table, {}), names)
        if root is not None and direct:
            root.part = found
        moves = not (_multiplies(relation) and _looks_around(relation))
        for item in relation.items:
            if isinstance(item, Computed):
                self._computed(item, found, moves)
            else:
                self._join(item, found, moves)
        return found

    def _computed(self, item: Computed, part: Part, moves: bool) -> None:
        frozen = self._frozen(item.tree, part) if moves else None
        if frozen is None or part.root is None:
            part.items.append((item, None))
        else:
            part.frozen[item.name] = self._bound(frozen, part.root)

    def _frozen(self, tree: Tree, part: Part) -> Tree | None:
        """A tree over columns that do not vary, as one over those of the root."""
        names: dict[str, Tree] = {}
        for name in sql.columns_in(tree):
            frozen = part.frozen_tree(name)
            if frozen is None:
                return None
            names[name] = frozen
        return renamed(tree, names)

    def _bound(self, tree: Tree, root: Root) -> Tree:
        """A tree of the root as a column of it; what reads no column stays as it is, unless it is large: layer upon
        layer of constants, each written out in the next, may double each time.
        """
        if is_column(tree):
            return tree
        if not sql.columns_in(tree) and not has_window(tree) and sql.size(tree) <= LARGE:
            return in_parentheses(tree)
        if tree not in root.known:
            name = f"#f{next(self._names)}"
            root.items.append(Computed(name, tree))
            root.made.add(name)
            root.known[tree] = name
        return sql.column(root.known[tree])

    def _join(self, item: Joined, part: Part, moves: bool) -> None:
        if item.relation.table == CELLS:
            self._cells(item, part)
            return
        if self.varies(item.relation):
            inner = self.part(item.relation)
            if inner.root is not None:
                inner.root.weighed &= item.relation.aggregates and weighs(inner)
            part.items.append((item, inner))
            return
        own = {name: part.frozen_tree(name) for name in item.reads}
        if not moves or part.root is None or any(tree is None for tree in own.values()):
            part.items.append((item, None))
            return
        if item.side == "INNER" and not part.direct:
            part.items.append((item, None))
            return
        part.frozen |= self._beside(item, {name: tree for name, tree in own.items() if tree is not None}, part.root)

    def _cells(self, item: Joined, part: Part) -> None:
        """Input cells: those that vary, and those that do not."""
        both: tuple[list[tuple[str, Tree]], list[tuple[str, Tree]]] = ([], [])
        for name, tree in item.relation.outputs:
            both[bool(sql.columns_in(tree) & self.varied)].append((name, tree))
        fixed, varied = (replace(item, relation=replace(item.relation, outputs=tuple(one))) for one in both)
        if both[0] and part.root is not None:
            part.frozen |= self._beside(fixed, {}, part.root)
        elif both[0]:
            part.items.append((fixed, None))
        if both[1]:
            part.items.append((varied, None))

    def _beside(self, item: Joined, own: Mapping[str, Tree], root: Root) -> dict[str, Tree]:
        """Join a relation that does not vary to the rows of the root; its columns there."""
        alike = self._alike(item, own, root)
        if alike is not None:
            return alike
        names = {name: f"#f{next(self._names)}" for name, _ in item.relation.outputs}
        columns: dict[str, Tree] = {name: sql.column(new) for name, new in names.items()}
        outputs = tuple((names[name], tree) for name, tree in item.relation.outputs)
        on = renamed(item.on, {**own, **columns})
        root.items.append(Joined(replace(item.relation, outputs=outputs), item.side, on))
        root.made |= set(names.values())
        return columns

    def _alike(self, item: Joined, own: Mapping[str, Tree], root: Root) -> dict[str, Tree] | None:
        """The columns of a join that is there already, which may have to bring more."""
        if item.side != "LEFT":
            return None
        wanted = renamed(item.on, {**own, **dict(item.relation.outputs)})
        for place, known in enumerate(root.items):
            if not isinstance(known, Joined) or known.side != "LEFT":
                continue
            same = replace(known.relation, outputs=()) == replace(item.relation, outputs=())
            if not same or renamed(known.on, dict(known.relation.outputs)) != wanted:
                continue
            outputs = list(known.relation.outputs)
            found: dict[str, Tree] = {}
            for name, tree in item.relation.outputs:
                new = next((one for one, theirs in outputs if theirs == tree), "")
                if not new:
                    new = f"#f{next(self._names)}"
                    outputs.append((new, tree))
                    root.made.add(new)
                found[name] = sql.column(new)
            root.items[place] = replace(known, relation=replace(known.relation, outputs=tuple(outputs)))
            return found
        return None


def _multiplies(relation: Relation) -> bool:
    return any(isinstance(item, Joined) and item.side == "INNER" for item in relation.items)


def _looks_around(relation: Relation) -> bool:
    return any(has_window(item.tree) for item in relation.items if isinstance(item, Computed))
