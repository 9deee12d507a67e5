"""What hangs on varied cells, cut down to what does: rows that are alike to it are collapsed to one with a weight.

A step that is made anew in every run reads much that never changes. Of each relation in it the columns that do not
hang on what varies are moved below: into a table made once, of which the steps read only what they need. Where all
that becomes of the rows are counts, sums and extremes, that table has one row for all rows that are alike.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import count

from . import sql_tree as sql
from .answers import Question, answers, collapsed_further, question
from .collapse_flat import Flat
from .collapse_split import Part, Splitting
from .spelling_duckdb import DUCKDB
from .sql_compared import cells_among, ends_for
from .sql_program import HostFunction, Load, Make, Program, Result, ShareOut, Step, texts_of
from .sql_relation import Computed, Item, Joined, Relation, pruned, renamed, text_of
from .sql_tree import Tree
from .sql_weight import WEIGHT, all_rows, weighted

ALONE = "#alone"
"""The one group of rows of which nothing is read."""


@dataclass(frozen=True, slots=True)
class Collapsed:
    """A program in two parts: `once`, and `anew` for each run.

    weighed  number of a part → the table of its collapsed rows, and the table whose rows they are
    answers  tables with the answers for all values of a cell, of which each run reads those for one
    """

    once: tuple[Step, ...]
    anew: tuple[Step, ...]
    weighed: Mapping[int, tuple[str, str]]
    answers: frozenset[str]


def collapse(
    program: Program, stale: Sequence[Step], varied: Collection[str], schedules: Collection[str],
    known: Collection[str] = (), whole: Collection[int] = (),
) -> Collapsed:  # fmt: skip
    """The steps `stale` of a program, which hang on columns of input cells `varied`, on tables `schedules` of dated
    values or on tables that they bring, cut down. All values of the cells `known`, which are numbers or dates, stand in
    the table `TRIED`. Rows of the parts `whole` are not collapsed.
    """
    unique = unique_columns(program)
    apart = set(whole)
    read: dict[str, Relation | None] = {}
    while True:
        work = _Collapsing(Splitting(frozenset(varied), set(schedules), apart, read), known)
        found = work.of(stale)
        told_apart = work.told_apart(unique)
        if not told_apart:
            return found
        apart |= told_apart


def untouched(stale: Sequence[Step]) -> Collapsed:
    """All steps as they are, in each run."""
    return Collapsed((), tuple(stale), {}, frozenset())


def unique_columns(program: Program) -> dict[str, tuple[frozenset[str], ...]]:
    """Working table of the data → sets of columns of which no two rows have the same."""
    found: dict[str, tuple[frozenset[str], ...]] = {}
    for step in program.steps:
        if isinstance(step, Load):
            keys = frozenset(place for places, _, _ in step.columns for place in places if place.startswith("key."))
            found[step.table] = (keys, frozenset({step.number}))
        elif isinstance(step, Make):
            relation = step.replaces or next((table for table in found if f'"{table}"' in step.query), "")
            if relation in found:
                found[step.table] = found[relation]
    return found


@dataclass(slots=True)
class _Collapsing:
    """The second pass, from the last step to the first: what of each table is read by what comes after it."""

    splitting: Splitting
    known: Collection[str]
    wants: dict[str, dict[str, None]] = field(default_factory=dict)
    carries: dict[str, dict[str, None]] = field(default_factory=dict)
    all_of: set[str] = field(default_factory=set)
    cells: dict[int, dict[str, Tree | None]] = field(default_factory=dict)
    bases: dict[int, tuple[Part, dict[str, None], str]] = field(default_factory=dict)
    hoisted: list[Make] = field(default_factory=list)
    settled: list[Make] = field(default_factory=list)
    asked: list[tuple[Question, str, str, tuple[str, ...]]] = field(default_factory=list)
    _numbers: count[int] = field(default_factory=lambda: count(1))

    def of(self, stale: Sequence[Step]) -> Collapsed:
        """Both parts of the steps."""
        split = self.splitting
        once: list[Step] = []
        work: list[tuple[Step, tuple[Part | None, ...]]] = []
        for step in stale:
            parts = split.step(step)
            if parts is None:
                once.append(step)
            else:
                work.append((step, parts))
        anew = [made for step, parts in reversed(work) if (made := self._step(step, parts)) is not None]
        roots = [step for _, base in sorted(self.bases.items()) for step in self._base(*base)]
        weighed = {number: (table, part.relation.table) for number, part, _, table in self._weighed()}
        roots += self.settled
        for one, rows, name, columns in self.asked:
            roots += answers(one, rows, columns, name)[0]
        first = [replace(step, replaces="") if isinstance(step, Make) else step for step in once]
        named = frozenset(name for _, _, name, _ in self.asked)
        return Collapsed((*first, *reversed(self.hoisted), *roots), tuple(reversed(anew)), weighed, named)

    def _weighed(self) -> Iterator[tuple[int, Part, dict[str, None], str]]:
        for number, (part, used, table) in sorted(self.bases.items()):
            if part.root is not None and part.root.weighed:
                yield number, part, used, table

    def told_apart(self, unique: Mapping[str, Sequence[frozenset[str]]]) -> set[int]:
        """The collapsed parts of which columns are read that no two rows have the same."""
        return {
            number
            for number, part, used, _ in self._weighed()
            if any(keys and keys <= used.keys() for keys in unique.get(part.relation.table, ()))
        }

    # -- steps --------------------------------------------------------------------------------------------------

    def _step(self, step: Step, parts: tuple[Part | None, ...]) -> Step | None:
        known = [part for part in parts if part is not None]
        if len(known) < len(parts):
            self.all_of |= set(_tables_of(step, self.splitting.stale))
            return step
        match step:
            case Make() | HostFunction() if step.table not in self.wants and step.table not in self.all_of:
                return None
            case Make():
                return replace(step, query=text_of(self._made(step.table, known[0])))
            case HostFunction() | Result():
                return replace(step, query=self._text(known[0]))
            case ShareOut():
                return replace(step, rows=self._text(known[0]), pot=self._text(known[1]))
            case _:
                return step

    def _text(self, part: Part) -> str:
        return text_of(self._rewritten(part, part.relation.outputs))

    def _made(self, table: str, part: Part) -> Relation:
        """The relation of a working table, with what is read of it."""
        relation = part.relation
        if relation.distinct or table in self.all_of:
            outputs = relation.outputs
        else:
            wanted = self.wants[table]
            outputs = tuple((name, tree) for name, tree in relation.outputs if name in wanted)
        if table not in self.splitting.chains:
            return self._rewritten(part, outputs or relation.outputs[:1])
        return self._rewritten(part, outputs, tuple(self.carries.get(table, ())))

    # -- relations ----------------------------------------------------------------------------------------------

    def _rewritten(
        self, part: Part, outputs: Sequence[tuple[str, Tree]], carried: Sequence[str] | None = None
    ) -> Relation:
        """The relation over what is made once; with the columns `carried` of its root and its weight, where its own
        rows are those of the next table.
        """
        relation, root = part.relation, part.root
        weighed = root is not None and root.weighed
        relation = replace(relation, outputs=tuple(outputs))
        live = {name for tree in relation.own for name in sql.columns_in(tree)}
        used: dict[str, None] = {}
        items: list[Item] = []
        for item, inner in reversed(part.items):
            if isinstance(item, Computed):
                if item.name in live:
                    live |= sql.columns_in(item.tree)
                    items.append(replace(item, tree=self._placed(item.tree, part, used)))
            elif item.side == "INNER" or item.names & live:
                live |= item.reads
                items.append(self._joined(item, inner, part, live | sql.columns_in(item.on), used))
        found = [(name, self._placed(tree, part, used)) for name, tree in relation.outputs]
        if weighed and relation.aggregates:
            found = [(name, weighted(tree)) for name, tree in found]
        for name in carried or ():
            used.setdefault(name)
        if carried is not None:
            taken = {name for name, _ in found}
            found += [(name, sql.column(name)) for name in carried if name not in taken]
            if weighed:
                found.append((WEIGHT, sql.column(WEIGHT)))
            found = found or [(ALONE, sql.integer(1, DUCKDB))]
        placed = replace(
            relation,
            items=tuple(reversed(items)),
            outputs=tuple(found),
            group=tuple(self._placed(tree, part, used) for tree in relation.group),
            where=None if relation.where is None else self._placed(relation.where, part, used),
            order=tuple(self._placed(tree, part, used) for tree in relation.order),
        )
        return replace(placed, table=self._source(part, used))

    def _source(self, part: Part, used: dict[str, None]) -> str:
        """The table under a relation, of which the columns `used` of its root are read."""
        table, root = part.relation.table, part.root
        if root is None or not part.direct:
            self.wants.setdefault(table, {})
            if root is not None:
                self.carries.setdefault(table, {}).update(used)
            return table
        if not root.weighed and not any(name in root.made for name in used):
            return table
        made = self._made_once(part)
        self.bases[part.number][1].update(used)
        return made

    def _placed(self, tree: Tree, part: Part, used: dict[str, None]) -> Tree:
        """A tree over what the relation now stands on; notes what it reads of that."""
        names: dict[str, Tree] = {}
        read = set[str]()
        for name in sorted(sql.columns_in(tree)):
            frozen = part.frozen_tree(name)
            if frozen is not None:
                names[name] = frozen
                used.update(dict.fromkeys(sorted(sql.columns_in(frozen))))
                read |= sql.columns_in(frozen)
            elif name not in part.introduced:
                self.wants.setdefault(part.relation.table, {}).setdefault(name)
        placed = renamed(tree, names)
        self._note(part, placed, read)
        return placed

    def _note(self, part: Part, tree: Tree, read: Collection[str]) -> None:
        """Note in which way a tree reads columns of a root."""
        if part.root is None or not part.root.weighed:
            return
        if part.number not in self.cells:
            self.cells[part.number] = cells_among([item for item, _ in part.items])
        cells = self.cells[part.number]
        for name in sorted(read):
            ends = ends_for(tree, name, cells)
            if ends is None or not all(sql.columns_in(end) <= set(self.known) for end in ends):
                part.root.exact.add(name)
            else:
                part.root.ends.setdefault(name, []).extend(ends)

    def _joined(
        self, item: Joined, inner: Part | None, part: Part, live: Collection[str], used: dict[str, None]
    ) -> Joined:
        """What is joined, with only what is read of it, and made once where it does not vary."""
        relation = item.relation
        outputs = tuple((name, tree) for name, tree in relation.outputs if name in live)
        relation = replace(relation, outputs=outputs or relation.outputs[:1])
        if inner is not None:
            relation = self._settled(inner, relation.outputs) or self._rewritten(inner, relation.outputs)
        elif relation.items or not relation.is_plain:
            table = f"once{next(self._numbers)}_{relation.table}"
            self.hoisted.append(Make(table, text_of(pruned(relation))))
            relation = Relation(table, (), tuple((name, sql.column(name)) for name, _ in relation.outputs))
        return Joined(relation, item.side, self._placed(item.on, part, used))

    # -- answers ------------------------------------------------------------------------------------------------

    def _settled(self, part: Part, outputs: Sequence[tuple[str, Tree]]) -> Relation | None:
        """A relation of groups that is made once: it does not vary, or hangs on one cell of which all values are known,
        so that it is found for each of them.
        """
        root = part.root
        if root is None or root.part is None or not part.relation.aggregates:
            return None
        used: dict[str, None] = {}
        flat = Flat(self.splitting.makers).of(part, outputs, used)
        if flat is None:
            return None
        if not any(isinstance(item, Joined) for item in flat.items):
            return self._fixed(flat, root.part, used)
        found = question(flat, self.known) if self.known and root.weighed else None
        if found is None:
            return None
        root.ends.setdefault(found.threshold.column, []).append(found.threshold.tree)
        root.exact |= used.keys() - {found.threshold.column}
        rows, name = self._source(root.part, used), f"answers{next(self._numbers)}"
        self.asked.append((found, rows, name, tuple(used)))
        return answers(found, rows, (), name)[1]

    def _fixed(self, flat: Relation, part: Part, used: dict[str, None]) -> Relation:
        """A relation that does not vary, over the table that is made once for its root."""
        assert part.root is not None
        outputs = flat.outputs
        part.root.exact |= used.keys()
        if part.root.weighed:
            outputs = tuple((name, weighted(tree)) for name, tree in outputs)
        table = f"once{next(self._numbers)}_{part.relation.table}"
        query = text_of(replace(flat, table=self._source(part, used), outputs=outputs))
        self.settled.append(Make(table, query))
        return Relation(table, (), tuple((name, sql.column(name)) for name, _ in outputs))

    def _made_once(self, part: Part) -> str:
        """The table that is made once for a relation."""
        if part.number not in self.bases:
            self.bases[part.number] = (part, {}, f"once{next(self._numbers)}_{part.relation.table}")
        return self.bases[part.number][2]

    def _base(self, part: Part, used: dict[str, None], table: str) -> list[Make]:
        """The table that is made once for a relation; of columns that are only compared, each value stands for all that
        lie alike.
        """
        root = part.root
        assert root is not None
        items: tuple[Item, ...] = tuple(root.items)
        names = list(used)
        if root.weighed and not names:
            items, names = (*items, Computed(ALONE, sql.integer(1, DUCKDB))), [ALONE]
        outputs: list[tuple[str, Tree]] = [(name, sql.column(name)) for name in names]
        group: tuple[Tree, ...] = ()
        if root.weighed:
            outputs.append((WEIGHT, all_rows()))
            group = tuple(sql.column(name) for name in names)
        ends = {name: tuple(dict.fromkeys(root.ends[name])) for name in names if name in root.ends.keys() - root.exact}
        query = text_of(pruned(Relation(root.table, items, tuple(outputs), group)))
        return [Make(table, query)] if not any(ends.values()) else collapsed_further(table, query, names, ends)


def _tables_of(step: Step, tables: Collection[str]) -> Iterator[str]:
    """The tables that the texts of a step name."""
    yield from (table for table in tables if any(f'"{table}"' in text for text in texts_of(step)))
