"""One query for many scenarios: the same query over tables that have a row for each of them.

The queries of a program have few forms: layers of `SELECT *, …` over a table, joined with other such queries, some of
them grouped. What reads a table of scenarios has the column `#scenario` itself and passes it on; whatever stands beside
other rows, or is counted with them, does so within a scenario. A query of another form raises `Unknown`.
"""

from __future__ import annotations

import sys
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from itertools import count

import sqlglot
from sqlglot import exp

from . import sql_tree as sql
from .spelling_duckdb import DUCKDB
from .sql_program import CELLS
from .sql_tree import Tree

SCENARIO = "#scenario"
"""The column with the number of the scenario; no author can write this name."""

SCENARIOS = "scenarios"
"""The table of the numbers of all scenarios."""

SCENARIO_CELLS = "scenario_cells"
"""The input cells of each scenario."""

_DEEP = 20_000


MARK = "#"
"""Stands behind the name of a table with the rows of each scenario."""


class Unknown(Exception):
    """A query has a form that is not known here."""


def parsed(query: str) -> Tree:
    """The tree of a query that the engine wrote."""
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(max(limit, _DEEP))
    try:
        return sqlglot.parse_one(query, dialect=DUCKDB.dialect)
    finally:
        sys.setrecursionlimit(limit)


@dataclass(frozen=True, slots=True)
class ManyQuery:
    """A query over all scenarios.

    text    the query; `"TABLE#"` stands for a table with the rows of each scenario
    tables  these tables
    cells   columns that it reads of the cells of each scenario
    rows    tables each of whose rows is read for each scenario
    """

    text: str
    tables: frozenset[str] = frozenset()
    cells: frozenset[str] = frozenset()
    rows: frozenset[str] = frozenset()

    @property
    def is_many(self) -> bool:
        """Whether it reads anything that differs from scenario to scenario."""
        return bool(self.tables or self.cells)

    def over(self, places: Mapping[str, str]) -> str:
        """The text with what stands for each of its tables."""
        text = self.text
        for table in self.tables:
            text = text.replace(f'"{table}{MARK}"', places[table])
        return text


@dataclass(slots=True)
class Spread:
    """What is known while a program is spread over scenarios.

    tables  tables that have rows of each scenario
    cells   columns of the table of input cells that differ from scenario to scenario
    """

    tables: set[str]
    cells: Collection[str]
    _numbers: count[int] = field(default_factory=lambda: count(1))
    _tables: list[str] = field(default_factory=list)
    _cells: set[str] = field(default_factory=set)
    _rows: set[str] = field(default_factory=set)

    def query(self, text: str, everywhere: bool = False, order: bool = False) -> ManyQuery:
        """A query over all scenarios, with the column `#scenario` behind all others; one that reads no table of
        scenarios stays as it is, unless it is wanted `everywhere`: then each scenario has all of its rows. With
        `order`, the rows of a scenario stand together, in their order.
        """
        tree = parsed(text)
        limit = sys.getrecursionlimit()
        sys.setrecursionlimit(max(limit, _DEEP))
        try:
            self._begin()
            if not self._spread(tree, everywhere):
                return ManyQuery(text)
            if order:
                found = tree.args.get("order") or exp.Order(expressions=[])
                first = exp.Ordered(this=sql.column(SCENARIO), nulls_first=False)
                found.set("expressions", [first, *found.expressions])
                tree.set("order", found)
            return self._done(tree)
        finally:
            sys.setrecursionlimit(limit)

    def counts(self, text: str) -> ManyQuery:
        """A query that gives one row with numbers of rows, with such a row for each scenario, in their order."""
        tree = parsed(text)
        if not self._reads(tree):
            return ManyQuery(text)
        self._begin()
        if tree.args.get("from_") is not None:
            raise Unknown("counts")
        for one in tree.expressions:
            inner = one.this.this if isinstance(one, exp.Alias) and isinstance(one.this, exp.Subquery) else None
            source = inner.args["from_"].this if isinstance(inner, exp.Select) else None
            if not isinstance(inner, exp.Select) or not isinstance(source, exp.Table):
                raise Unknown("counts")
            if source.name in self.tables:
                self._mark(source)
                source.set("alias", exp.TableAlias(this=sql.name("counted")))
                inner.set("where", exp.Where(this=sql.binary(_of("counted"), "=", _of(SCENARIOS))))
        tree.set("from_", exp.From(this=sql.table(SCENARIOS)))
        tree.set("order", exp.Order(expressions=[exp.Ordered(this=_of(SCENARIOS), nulls_first=False)]))
        return self._done(tree)

    def _begin(self) -> None:
        self._tables, self._cells, self._rows = [], set(), set()

    def _done(self, tree: Tree) -> ManyQuery:
        text, tables = sql.render(tree, DUCKDB), frozenset(self._tables)
        if any(text.count(f'"{table}{MARK}"') != self._tables.count(table) for table in tables):
            raise Unknown(MARK)
        return ManyQuery(text, tables, frozenset(self._cells), frozenset(self._rows))

    def _mark(self, table: exp.Table) -> None:
        """Note a table with the rows of each scenario."""
        self._tables.append(table.name)
        table.set("this", sql.name(table.name + MARK))

    def operands(self, text: str) -> str:
        """A query for the distinct operands of a function: a table gives those of all scenarios as it is."""
        tree = parsed(text)
        if tree.args.get("joins") or not isinstance(tree.args["from_"].this, exp.Table):
            raise Unknown("operands")
        return text

    def reads(self, *texts: str) -> bool:
        """Whether any query reads a table of scenarios."""
        return any(self._reads(parsed(text)) for text in texts if text)

    def _reads(self, tree: Tree) -> bool:
        return any(self._has(table) for table in tree.find_all(exp.Table))

    def _has(self, table: exp.Table) -> bool:
        if table.name != CELLS:
            return table.name in self.tables
        query = table.find_ancestor(exp.Select)
        if query is None or query.args.get("joins") or any(isinstance(one, exp.Star) for one in query.expressions):
            raise Unknown(CELLS)
        return any(column.name in self.cells for column in query.find_all(exp.Column))

    def _cells_of(self, table: exp.Table) -> set[str]:
        query = table.find_ancestor(exp.Select)
        return set() if query is None else {column.name for column in query.find_all(exp.Column)} & set(self.cells)

    def _spread(self, tree: Tree, everywhere: bool) -> bool:
        """Change a query in its place; whether it has scenarios now."""
        if isinstance(tree, exp.Union):
            wanted = everywhere or self._reads(tree)
            return wanted and all(self._spread(part, everywhere=True) for part in (tree.this, tree.expression))
        if not isinstance(tree, exp.Select) or set(_given(tree)) - _KNOWN:
            raise Unknown(type(tree).__name__)
        if tree.args.get("from_") is None:
            if not everywhere:
                return False
            tree.set("from_", exp.From(this=sql.table(SCENARIOS)))
            tree.append("expressions", sql.column(SCENARIO))
            return True
        column = self._beside(tree, everywhere)
        if column is None:
            return False
        _within(tree, column)
        return True

    def _beside(self, tree: exp.Select, everywhere: bool) -> exp.Column | None:
        """Put the relations of a query beside each other within a scenario; its column of scenarios, if it has one."""
        source, joins = tree.args["from_"].this, list(tree.args.get("joins") or [])
        name = source.name if isinstance(source, exp.Table) else ""
        has = self._source(source)
        spread = [join for join in joins if self._source(join.this)]
        if not (has or spread or everywhere):
            return None
        if isinstance(source, exp.Table) and name not in (SCENARIO_CELLS, CELLS):
            self._rows.add(name)
        if has:
            column = _column(source)
        else:
            first = next((join for join in spread if _is_for_each(join)), None)
            if first is None:
                first = exp.Join(this=sql.table(SCENARIOS), kind="CROSS")
                column = sql.column(SCENARIO)
            else:
                column = _column(first.this)
                joins = [join for join in joins if join is not first]
                spread = [join for join in spread if join is not first]
            joins.insert(0, first)
            tree.set("joins", joins)
        for join in spread:
            self._match(join, column)
        return column

    def _source(self, source: Tree) -> bool:
        """Spread a relation that a query reads; whether it has scenarios."""
        if isinstance(source, exp.Table):
            has = self._has(source)
            if has and source.name == CELLS:
                self._cells |= self._cells_of(source)
                source.set("this", sql.name(SCENARIO_CELLS))
            elif has:
                self._mark(source)
            return has
        if not isinstance(source, exp.Subquery):
            raise Unknown(type(source).__name__)
        return self._spread(source.this, everywhere=False)

    def _match(self, join: exp.Join, column: exp.Column) -> None:
        """Join within a scenario."""
        if isinstance(join.this, exp.Table):
            if join.kind != "CROSS" or not join.this.alias:
                raise Unknown("join")
            join.set("kind", "INNER")
            join.set("on", sql.binary(column.copy(), "=", _column(join.this)))
            return
        query = join.this.this
        if not isinstance(query, exp.Select) or any(isinstance(one, exp.Star) for one in query.expressions):
            raise Unknown("join")
        place = f"#scenario{next(self._numbers)}"
        last = query.expressions[-1]
        inner = last.this if isinstance(last, exp.Alias) else last
        query.set("expressions", [*query.expressions[:-1], sql.alias(inner, place)])
        same = sql.binary(column.copy(), "=", sql.column(place))
        on = join.args.get("on")
        if on is None:
            raise Unknown("join")
        join.set("on", same if on == sql.TRUE else sql.every((same, on)))


_KNOWN = {"expressions", "from_", "joins", "group", "where", "order", "distinct"}


def _given(tree: Tree) -> list[str]:
    return [name for name, value in tree.args.items() if value]


def _column(source: Tree) -> exp.Column:
    """The column of scenarios of a relation in a query."""
    if isinstance(source, exp.Table) and source.alias:
        return exp.Column(this=sql.name(SCENARIO), table=sql.name(source.alias))
    return sql.column(SCENARIO)


def _of(table: str) -> Tree:
    return exp.Column(this=sql.name(SCENARIO), table=sql.name(table))


def _is_for_each(join: exp.Join) -> bool:
    """Whether a join gives each row of a query without scenarios one of them: it keeps only rows with a match, or it
    meets every row and has rows of each scenario.
    """
    if join.kind in ("INNER", "CROSS"):
        return True
    query = join.this.this if isinstance(join.this, exp.Subquery) else None
    if query is None or join.args.get("on") != sql.TRUE or not isinstance(query, exp.Select):
        return False
    source = query.args["from_"].this
    return isinstance(source, exp.Table) and source.name == SCENARIO_CELLS


def _within(tree: exp.Select, column: exp.Column) -> None:
    """What counts or ranks rows does so within a scenario; the column stands behind all others."""
    where = tree.args.get("where")
    for one in (*tree.expressions, *([where] if where else [])):
        if one.find(exp.Select) is not None:
            raise Unknown("subquery")
        for found in one.find_all(exp.Window):
            found.set("partition_by", [column.copy(), *(found.args.get("partition_by") or [])])
    group = tree.args.get("group")
    if group is not None:
        group.set("expressions", [*group.expressions, column.copy()])
    elif any(_counts(one) for one in tree.expressions):
        tree.set("group", exp.Group(expressions=[column.copy()]))
    if not any(isinstance(one, exp.Star) for one in tree.expressions):
        tree.append("expressions", column.copy())


def _counts(tree: Tree) -> bool:
    """Whether a value is one of all rows of a query."""
    return any(found.find_ancestor(exp.Window) is None for found in tree.find_all(exp.AggFunc))
