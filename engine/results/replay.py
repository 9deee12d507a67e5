"""A cell of a run once more, by the reference interpreter, with what is needed to speak of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ..execution.dataset_rows import DatasetRows
from ..execution.physical import physical_names
from ..execution.reference import Interpreter
from ..execution.reference_columns import encode
from ..execution.trace import Trace
from ..execution.values import Key, Missing, Scalar
from ..plan.plan import UNKEPT, Aggregate, Column, ColumnId, Node, Reference, Union
from ..plan.words import Words, words_of
from ..syntax.expr import Expr
from ..syntax.print import print_expr
from ..text.errors import EngineBug
from ..types.checked import CheckedDefinition
from ..types.datatypes import Type
from .decode import group_titles
from .explain.explanation import Place
from .personal import is_personal
from .quantity import shown
from .run import Run


@dataclass(slots=True)
class Replay:
    """A run, the interpreter that replays it, and what has been told so far."""

    run: Run
    rows: DatasetRows
    interpreter: Interpreter
    words: Words
    columns: Mapping[tuple[str, str], Column]
    rules: Mapping[tuple[str, str], CheckedDefinition]
    told: set[tuple[str, str, Key]] = field(default_factory=set)


def replay_of(run: Run) -> Replay:
    """What replays the cells of a run: its plan over its dataset with its input cells."""
    rows = DatasetRows(run.dataset.tables)
    interpreter = Interpreter(run.plan, rows, run.binding.cells, run.binding.schedules)
    return Replay(
        run,
        rows,
        interpreter,
        words_of(run.checked, run.epoch),
        {(column.id.entity, column.id.name): column for column in run.plan.columns},
        {(rule.entity, rule.name): rule for rule in run.epoch.definitions},
    )


def checked_trace(replay: Replay, entity: str, name: str, key: Key) -> Trace:
    """The trace of a stored cell.

    Raises EngineBug (X900) where the replayed value is not the one that the run stored: one of two evaluators is wrong.
    """
    trace = replay.interpreter.trace(entity, name, key)
    column = replay.columns[entity, name]
    table = replay.run.columns[entity]
    if column.id.role in UNKEPT or not set(physical_names(name, column.type)) <= set(table.column_names):
        return trace
    stored = _stored(replay, entity, key)
    for physical, array in encode(name, column.type, [trace.value]):
        kept, replayed = table.column(physical)[stored].as_py(), array[0].as_py()
        if kept != replayed:
            raise EngineBug(
                f"X900: `{name}` of {entity} {key_text(replay, entity, key)} is {kept} in the run "
                f"({replay.run.backend}), but {replayed} where it is replayed"
            )
    return trace


def _stored(replay: Replay, entity: str, key: Key) -> int:
    """The number of the row in the stored table, which is sorted by key."""
    table = replay.run.columns[entity]
    names = [name for name, _ in replay.run.plan.entity(entity).key]
    kept = zip(*(table.column(name).to_pylist() for name in names), strict=True)
    found = next((number for number, one in enumerate(kept) if one == key), None)
    if found is None:
        raise EngineBug(f"X900: the run has no row of {entity} {key_text(replay, entity, key)}")
    return found


# -- words ----------------------------------------------------------------------------------------------------------


def text_of(replay: Replay, node: Node) -> str:
    """A node in the author's words."""
    return replay.words.text(node)


def written_text(replay: Replay, node: Node) -> str:
    """A node as its author wrote it; empty where nobody wrote it."""
    written = replay.words.written.get(node)
    return "" if written is None else print_expr(written)


def column_text(replay: Replay, entity: str, name: str) -> str:
    """What people call a column: its name, or for a hoisted one the part of the rule that it stands for."""
    column = replay.columns.get((entity, name))
    if column is None or column.id.role != "internal":
        return name
    written = replay.words.written.get(Reference(ColumnId(entity, name), column.type))
    return name if written is None else print_expr(written)


def key_text(replay: Replay, entity: str, key: Key) -> str:
    """A key as people write it: the code itself, or its parts joined by commas."""
    plan_entity = next((one for one in replay.run.plan.entities if one.name == entity), None)
    if plan_entity is None:
        return ", ".join(map(str, key))
    return ", ".join(key_part(part, type) for part, (_, type) in zip(key, plan_entity.key, strict=True))


def key_part(part: Scalar, type: Type) -> str:
    """One part of a key as people write it."""
    return shown(part, type) if type.kind in ("year", "date") else str(part)


def place_of(replay: Replay, entity: str, key: Key, beside: Key = ()) -> Place:
    """A row by its key and label. Parts of the key that equal the row that asks (`beside`) lend no label."""
    of, own = _row_of_data(replay, entity, key)
    source = replay.rows.source(of, own) if of in replay.run.dataset.tables else None
    file, line = source if source is not None and entity != "state" else ("", 0)
    return Place(
        entity,
        key_text(replay, entity, key),
        _label(replay, entity, key, beside),
        file,
        line,
        is_personal(replay.run, entity),
    )


def _row_of_data(replay: Replay, entity: str, key: Key) -> tuple[str, Key]:
    """The row of the data that a row of a union is; any other row itself."""
    made = next((one.source for one in replay.run.plan.entities if one.name == entity), None)
    return (str(key[0]), key[1:]) if isinstance(made, Union) else (entity, key)


def _label(replay: Replay, entity: str, key: Key, beside: Key) -> str:
    entity, key = _row_of_data(replay, entity, key)
    plan_entity = next((one for one in replay.run.plan.entities if one.name == entity), None)
    if plan_entity is None:
        return ""
    frame = replay.run.dataset.tables.get(entity)
    if plan_entity.label and frame is not None and plan_entity.label in frame.columns:
        if replay.rows.source(entity, key) is None:
            return ""
        found = replay.rows.cell(entity, key, plan_entity.label)
        return "" if isinstance(found, Missing) or found in key else str(found)
    titles = group_titles(replay.run)
    parts = [
        titles.get((part,), "") if type.kind == "enum" else _label(replay, type.name, (part,), ())
        for part, (_, type) in zip(key, plan_entity.key, strict=True)
        if (type.kind == "row" and type.name != entity and part not in beside) or type.name == "student_group"
    ]
    return ", ".join(part for part in parts if part)


def source_title(replay: Replay, cite: str) -> str:
    """The title of the source that a citation begins with."""
    name = cite.split(" ", 1)[0].rstrip(",;:")
    return next((source.title for source in replay.run.checked.policy.sources if source.name == name), "")


def written_trace(replay: Replay, entity: str, column: str, key: Key, expr: Expr) -> Trace | None:
    """Where an expression of the author was evaluated on the way to a column of a row, if it was."""
    node = replay.words.nodes.get(expr.id)
    return None if node is None else within_trace(replay.interpreter.trace(entity, column, key), node)


def within_trace(trace: Trace, node: Node) -> Trace | None:
    """The part of a trace that evaluates a node, if there is one."""
    if trace.node == node:
        return trace
    return next((found for child in trace.children if (found := within_trace(child, node)) is not None), None)


def aggregates(replay: Replay, trace: Trace) -> list[Trace]:
    """The aggregates on the way to a column, through the columns that were hoisted out of it."""
    if isinstance(trace.node, Aggregate):
        return [trace]
    if isinstance(trace.node, Reference) and trace.node.column.name.startswith("~"):
        return aggregates(replay, replay.interpreter.trace(trace.entity, trace.node.column.name, trace.key))
    return [found for child in trace.children for found in aggregates(replay, child)]
