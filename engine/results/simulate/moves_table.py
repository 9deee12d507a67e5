"""`moves`: a row for each row of the data of which a run says something else than another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..table import Cell, ResultTable
from .exact import exact_text

if TYPE_CHECKING:
    from .moves import Said
    from .simulation import Simulation

COLUMNS = (
    ("beside", "text"), ("run", "text"), ("values", "text"), ("kind", "text"), ("entity", "text"), ("key", "text"),
    ("name", "text"), ("number", "text"), ("before", "text"), ("after", "text"), ("change", "number"),
)  # fmt: skip


def moves_table(one: Simulation) -> ResultTable:
    """Blank is a number that is not known; `change` is blank of words and where either number is not known."""
    rows: list[tuple[Cell, ...]] = [
        (each.beside, each.run, "; ".join(f"{name} {value}" for name, value in each.values), move.kind, move.entity,
         move.key, move.name, move.number, said_text(move.before), said_text(move.after), move.change)
        for each in one.moves
        for move in each.moves
    ]  # fmt: skip
    return ResultTable("moves", COLUMNS, tuple(rows))


def moves_record(one: Simulation) -> list[dict[str, Any]]:
    """The same for `simulation.json`, with how many rows there are by kind and entity."""
    return [
        {
            "beside": each.beside,
            "run": each.run,
            "values": dict(each.values),
            "rows": [{"kind": rows.kind, "entity": rows.entity, "count": rows.count} for rows in each.rows],
            "moves": [
                {
                    "kind": move.kind, "entity": move.entity, "key": move.key, "name": move.name,
                    "number": move.number, "before": said_text(move.before), "after": said_text(move.after),
                    "change": exact_text(move.change),
                }
                for move in each.moves
            ],
        }
        for each in one.moves
    ]  # fmt: skip


def said_text(said: Said) -> str | None:
    """What is said of a row: a number exactly, a word as it is."""
    return said if isinstance(said, str) else exact_text(said)
