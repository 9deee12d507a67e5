"""Small random tables, with gaps and bounds, on which the backends are compared."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import date as Date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pyarrow as pa

from engine.execution.dataset import Dataset
from engine.execution.frame import ColumnData, Frame
from engine.model.table import Column as ModelColumn
from engine.model.table import Table
from engine.plan.plan import Close, Column, ColumnId, Cross, Entity, Group, Node, Plan, Scan
from engine.types.datatypes import DATE, ROUNDING_MODES, TEXT, TRUTH, Type, number
from engine.types.units import PLAIN

F = Fraction
GRADES = ("low", "middle", "high")

N = number(PLAIN, 4, 0).maybe()
X = number(PLAIN, 6, 2).maybe()
W = number(PLAIN, 20, 3).maybe()
"""Wider than 64 bits."""
B = replace(number(PLAIN, 5, 1), nullable=True, bounded=True)
T = TRUTH.maybe()
D = DATE.maybe()
S = TEXT.maybe()
E = Type("enum", name="grade", values=GRADES, ordered=True, nullable=True)
M = Type("enum", name="rounding_mode", values=ROUNDING_MODES, nullable=True)
Y = Type("year", name="school_year", nullable=True)

COLUMNS: dict[str, Type] = {
    "n": N, "m": N, "x": X, "w": W, "b": B, "c": B, "t": T, "u": T, "d": D, "s": S, "e": E, "mode": M, "y": Y,
}  # fmt: skip

TEXTS = ("a", "B", "b", "Z", "é", "z", "ab", "A b'c", "\\", "😀", "ﬀ", "")


def _cell(name: str, chance: random.Random) -> Any:
    """A cell in the physical layout."""
    numbers: dict[str, Callable[[], Any]] = {
        "n": lambda: chance.choice([0, 0, 1, -1, 2, 3, 5, 7, -12, 9999, -9999]),
        "m": lambda: chance.choice([0, 1, -1, 3, 6, 7, -9, 250]),
        "x": lambda: chance.choice([0, 50, 150, 250, -250, 249, 33333, -12345, 99999999, chance.randrange(10**8)]),
        "w": lambda: Decimal(chance.choice([0, 1, -5, 10**22 + 7, -(10**22) - 500, 12345678901234567890500])),
        "t": lambda: chance.choice([True, False]),
        "u": lambda: chance.choice([True, False]),
        "d": lambda: chance.choice(
            [Date(2024, 2, 29), Date(2023, 7, 1), Date(2026, 6, 30), Date(1, 1, 1), Date(9999, 12, 31),
             Date(2000, 12, 31), Date(1900, 2, 28), Date(2026, 1, 31)]),
        "s": lambda: chance.choice(TEXTS),
        "e": lambda: chance.choice(GRADES),
        "mode": lambda: chance.choice(ROUNDING_MODES),
        "y": lambda: chance.choice([1, 1999, 2024, 2026, 9999]),
    }  # fmt: skip
    return numbers[name]()


def _column(name: str, rows: int, chance: random.Random, gaps: float) -> ColumnData:
    type = COLUMNS[name]
    kind = {"number": "number", "truth": "truth", "date": "date", "enum": "enum", "year": "school_year"}
    model = ModelColumn(name=name, type=kind.get(type.kind, "text"), scale=type.scale, bounded=type.bounded)
    if type.bounded:
        lows, highs = [], []
        for _ in range(rows):
            low = chance.choice([0, 10, 15, 25, -30, 1000, 99999])
            high = low + chance.choice([0, 0, 0, 5, 100])
            open_end = chance.random()
            lows.append(None if open_end < gaps else low)
            highs.append(None if open_end < gaps / 2 or gaps < open_end < 2 * gaps else high)
        return ColumnData(model, pa.array(lows, pa.int64()), pa.array(highs, pa.int64()))
    cells = [None if chance.random() < gaps else _cell(name, chance) for _ in range(rows)]
    arrow = {"truth": pa.bool_(), "date": pa.date32(), "number": pa.int64(), "year": pa.int64()}
    wide = pa.decimal128(38, 0) if type.digits > 18 else arrow.get(type.kind, pa.string())
    return ColumnData(model, pa.array(cells, wide))


def _frame(
    name: str, keys: dict[str, list[str]], more: dict[str, list[Any]], chance: random.Random, gaps: float
) -> Frame:
    rows = len(next(iter(keys.values())))
    columns = {column: _column(column, rows, chance, gaps) for column in COLUMNS}
    for column, values in {**keys, **more}.items():
        model = ModelColumn(name=column, type="text", required=column in keys)
        columns[column] = ColumnData(model, pa.array(values, pa.string()))
    table = Table(
        name=name,
        rows_name=f"{name}s",
        title="",
        key=tuple(keys),
        columns=tuple(data.column for data in columns.values()),
    )
    return Frame(table, columns, rows, pa.array(range(rows), pa.int64()), f"{name}.csv")


def dataset(seed: int, things: int = 6, parts: int = 24, gaps: float = 0.15) -> Dataset:
    """Things, parts of things (some of none, some of a thing that is not there), seats (a key of two) and edges."""
    chance = random.Random(seed)
    ids = sorted(f"{chance.choice('aZé')}{place}" for place in range(things))  # rows come in the order of the key
    of = [chance.choice([*ids[: max(things - 1, 1)], "nowhere", None]) for _ in range(parts)]
    pairs = [(left, right) for left in ("p", "q") for right in ("1", "2", "3")]
    ends = [*ids, "end", None]
    chosen: list[list[Any]] = [[chance.choice(ends) for _ in range(parts)] for _ in range(2)]
    frames = (
        _frame("thing", {"id": ids}, {"next": [chance.choice([*ids, None]) for _ in ids]}, chance, gaps),
        _frame("part", {"id": [f"p{place:02}" for place in range(parts)]}, {"thing": of}, chance, gaps),
        _frame("seat", {"row": [row for row, _ in pairs], "place": [at for _, at in pairs]}, {}, chance, gaps),
        _frame(
            "edge",
            {"id": [f"e{place:02}" for place in range(parts)]},
            {"start": chosen[0], "end": chosen[1]},
            chance,
            gaps,
        ),
    )
    return Dataset({frame.name: frame for frame in frames})


THING = Entity("thing", (("id", TEXT),))
PART = Entity("part", (("id", TEXT),))
SEAT = Entity("seat", (("row", TEXT), ("place", TEXT)))
EDGE = Entity("edge", (("id", TEXT),))
STATE = Entity("state", (("state", TEXT),))
KIND = Entity(
    "kind",
    (("e", replace(E, nullable=False)), ("n", replace(N, nullable=False))),
    Group("part", (("e", Scan("part", "e", E)), ("n", Scan("part", "n", N)))),
)
PAIR = Entity("pair", (("thing", TEXT), ("row", TEXT), ("place", TEXT)), Cross(("thing", "seat"), 1000))
REACH = Entity("reach", (("from", TEXT), ("to", TEXT)), Close("edge", "start", "end"))
REACH_ALL = Entity("reach_all", (("from", TEXT), ("to", TEXT)), Close("edge", "start", "end", "thing"))
ENTITIES = (THING, PART, SEAT, EDGE, STATE, KIND, PAIR, REACH, REACH_ALL)


def plan(columns: dict[str, dict[str, Node]]) -> Plan:
    """A plan of entity → name → node; a name that begins with an underscore is internal."""
    made = tuple(
        Column(ColumnId(entity, name, "internal" if name.startswith("_") else "definition"), node, node.type)
        for entity, nodes in columns.items()
        for name, node in nodes.items()
    )
    return Plan("test", Date(2026, 7, 1), ENTITIES, made, (), ())
