"""A plan as text: its entities, its columns in the order in which they are made, and what each depends on."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping
from datetime import date as Date

from ..types.datatypes import Type
from .plan import Aggregate, Close, Column, Cross, Entity, Group, Named, Node, Plan, Union, Window
from .print_node import print_node, print_order, print_over

WIDTH = 80
Counts = Mapping[str, tuple[int | None, int | None]]
"""Entity → its rows as estimated and as they were; nothing where that is not known."""


def print_plan(plan: Plan, counts: Counts | None = None) -> str:
    """The plan for people, ended by a line end. `counts` adds the rows of each entity: estimated, actual."""
    since = "the beginning" if plan.epoch == Date.min else plan.epoch.isoformat()
    lines = [f"plan of {plan.policy}, in force from {since}", ""]
    used = {column.id.entity for column in plan.columns} | {name for name, _ in plan.scans}
    scans = dict(plan.scans)
    lines.append("entities")
    for entity in plan.entities:
        if entity.name in used or entity.source is not None:
            lines += _entity(entity, scans.get(entity.name, ()), (counts or {}).get(entity.name))
    lines += ["", "input cells"]
    lines += [f"  {cell.path}: {cell.type}" for cell in plan.cells] or ["  none"]
    lines += ["", "columns, each after those that it uses"]
    for place, column in enumerate(plan.columns, 1):
        lines += _column(place, column)
    return "\n".join(line.rstrip() for line in lines) + "\n"


def input_cells(plan: Plan) -> str:
    """The input cells and data columns that each result depends on, a line per result; hoisted columns are left out."""
    lines = []
    for column in plan.columns:
        if column.id.role not in ("internal", "sentence"):
            lines += _wrapped("", f"{column.id.entity}.{column.id.name}: {_depends(column)}")
    return "\n".join(lines) + "\n"


def _entity(entity: Entity, scanned: tuple[str, ...], count: tuple[int | None, int | None] | None) -> Iterator[str]:
    key = ", ".join(name for name, _ in entity.key)
    yield from _wrapped("  ", f"{entity.name} (key {key}){_rows(count)}")
    match entity.source:
        case Group(of=of, by=by):
            said = ", ".join(f"{name}: {print_node(node)}" for name, node in by)
            yield from _wrapped("    ", f"groups {of} by {said}")
        case Cross(of=of, at_most=at_most):
            yield f"    crosses {' × '.join(of)}, at most {at_most:,} rows"
        case Named(names=names):
            yield from _wrapped("    ", f"has {', '.join(names)}")
        case Union(of=of):
            yield from _wrapped("    ", f"puts side by side {', '.join(of)}")
        case Close(edges=edges, start=start, end=end, or_itself=or_itself):
            itself = ", and each row itself" if or_itself else ""
            yield f"    follows {edges} from {start} to {end}{itself}"
        case None:
            if scanned:
                yield from _wrapped("    ", f"reads {', '.join(scanned)}")


def _rows(count: tuple[int | None, int | None] | None) -> str:
    known = zip(("estimated", "actual"), count or (None, None), strict=True)
    said = [f"{number:,} {word}" for word, number in known if number is not None]
    return f", rows: {', '.join(said)}" if said else ""


def _column(place: int, column: Column) -> Iterator[str]:
    made_for = f" (part of {column.id.origin})" if column.id.role in ("internal", "sentence") else ""
    yield ""
    name = f"{place}. {column.id.entity}.{column.id.name}{made_for}: {_kind(column.type)}"
    yield from _wrapped("  ", name)
    yield from _tree(column.node, "    ")
    yield from _wrapped("    ", f"depends on {_depends(column)}")
    yield f"    digest {column.digest[:12]}"


def _tree(node: Node, margin: str) -> Iterator[str]:
    """The operator at the top of a column with its parts below it, and scalar work on one line."""
    match node:
        case Aggregate():
            yield from _wrapped(margin, f"{node.function} over {print_over(node.over)}")
            if not node.over.complete:
                yield f"{margin}  no row may mean not reported"
            parts = (("of", node.value), ("weighted by", node.weight), ("at", node.level))
            if node.order:
                yield from _wrapped(margin + "  ", f"in the order {print_order(node.order)}")
        case Window():
            yield from _wrapped(margin, f"{node.function} among the rows of its entity")
            parts = (("of", node.value), ("where", node.where), ("", None))
            if node.order:
                yield from _wrapped(margin + "  ", f"by {print_order(node.order)}")
            for within in node.within:
                yield from _wrapped(margin + "  ", f"within {print_node(within)}")
        case _:
            yield from _wrapped(margin, f"= {print_node(node)}")
            return
    for word, part in parts:
        if part is not None:
            yield from _wrapped(margin + "  ", f"{word} {print_node(part)}")


def _depends(column: Column) -> str:
    reads = [f"{table}.{name}" for table, name in sorted(column.reads)]
    return ", ".join([*sorted(column.cells), *reads]) or "nothing"


def _kind(type: Type) -> str:
    said = [str(type)]
    if type.kind == "number":
        said.append(f"{type.whole}.{type.scale} digits")
    said += ["may be a bound"] if type.bounded else []
    said += ["may be missing"] if type.nullable else []
    said += ["may be not applicable"] if type.excusable else []
    return ", ".join(said)


def _wrapped(margin: str, text: str) -> list[str]:
    return textwrap.wrap(
        text, WIDTH, initial_indent=margin, subsequent_indent=f"{margin}    ", break_on_hyphens=False,
        break_long_words=False,
    )  # fmt: skip
