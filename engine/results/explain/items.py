"""From the trace of a cell to the items of its explanation."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import cast

from ...execution.trace import Trace
from ...execution.values import NOT_APPLICABLE, Bound, Key, Missing, Value
from ...plan.from_checked import sentence_values
from ...plan.plan import Aggregate, Allocate, Cell, Compute, Const, InForce, Lookup, Outer, Reference, Scan, Window
from ...syntax.print import print_expr
from ...types.checked import CheckedDefinition
from ...types.datatypes import TRUTH
from ..decision import RULES, verdict_of
from ..replay import (
    Replay,
    aggregates,
    checked_trace,
    column_text,
    key_text,
    place_of,
    source_title,
    text_of,
    written_text,
    written_trace,
)
from ..sentence import filled
from .explanation import Item, Margin, Note, Rows, Rule, SeenRow, Step
from .leaves import datum, given, given_on, listed_names, recorded
from .path import path_note

DEEPEST = 6
"""How many rules deep an explanation goes."""

ROWS = 4
"""Rows of an aggregate that are shown."""

STATISTICS = ("sum", "mean", "weighted_mean", "median", "percentile", "stdev_sample", "stdev_population")
"""Aggregates in which no single row says much: beyond `ROWS` rows none is shown."""

ARITHMETIC = ("add", "sub", "mul", "div", "neg")
SEEN = ("snap", "settled", "ordinal")
RISES = {"gt": True, "ge": True, "lt": False, "le": False}
SHORT = ("list", "determination")
"""Roles of computed columns whose expression the engine wrote: it is not shown as the author's."""


def rule_item(replay: Replay, entity: str, name: str, key: Key, depth: int = 0) -> Rule:
    """A definition or rule for one row, with what it rests on; told in full once, not beyond `DEEPEST`."""
    rule, column = replay.rules[entity, name], replay.columns[entity, name]
    trace = checked_trace(replay, entity, name, key)
    again = (entity, name, key) in replay.told or depth > DEEPEST
    by_engine = rule.role in SHORT and rule.path not in ("priority_list.when", "priority_list.rank_by")
    pointed_at = depth > 0 and rule.role == "list" and by_engine and entity != "state"
    items: tuple[Item, ...] = ()
    if not again and not pointed_at:
        replay.told.add((entity, name, key))
        items = _below(replay, rule, trace, depth)
    margin = next((item.margin for item in items if isinstance(item, Step)), None) if len(items) == 1 else None
    cite = rule.cite
    return Rule(
        name=name,
        place=place_of(replay, entity, key),
        path=rule.path,
        role=rule.role,
        value=trace.value,
        type=column.type,
        verdict=verdict_of(trace.value) if rule.role in RULES or name == "qualifies" else "",
        written="" if by_engine or rule.expr is None else text_of(replay, _core(trace).node),
        title=rule.title,
        because=sentence_of(replay, rule, key),
        cite=cite,
        source=source_title(replay, cite),
        since=rule.since,
        margin=margin,
        items=items,
        again=again or pointed_at,
    )


def _below(replay: Replay, rule: CheckedDefinition, trace: Trace, depth: int) -> tuple[Item, ...]:
    if rule.expr is None:
        return (Note("this rule is not in force on the as-of date"),)
    if rule.role == "determination":
        return _decision(replay, rule, trace, depth + 1)
    return items_of(replay, trace, depth + 1)


def _decision(replay: Replay, rule: CheckedDefinition, trace: Trace, depth: int) -> tuple[Item, ...]:
    """The records of a determination: who decided what, and why, as far as the run has read it; and since when it is
    deemed decided where nobody did.
    """
    item = next(one for one in replay.run.checked.policy.determinations if one.name == rule.name)
    latest = next((one for one in aggregates(replay, trace) if getattr(one.node, "function", "") == "last"), None)
    if latest is None:
        assert item.deemed is not None
        day = written_trace(replay, rule.entity, rule.name, trace.key, item.deemed.counted_from)
        verdict = "approved" if item.deemed.approved else "denied"
        length = print_expr(item.deemed.after) if item.deemed.after is not None else ""
        by = f" by {item.by}" if item.by else ""
        said = Note(f"deemed {verdict}: there is no decision{by} that counts, {length} after the day of submission")
        return (said, *(() if day is None else items_of(replay, day, depth, print_expr(item.deemed.counted_from))))
    found = rows_item(replay, latest, depth, "the latest decision that counts" + (f", by {item.by}" if item.by else ""))
    keys = {key_text(replay, found.entity, key): key for key in replay.interpreter.keys(found.entity)}
    told = ("decision", *(one.text for one in item.findings), "authority", "reason", "document", "expires_on")
    rows = tuple(replace(row, items=recorded(replay, found.entity, keys[row.place.key], told)) for row in found.rows)
    return (replace(found, rows=rows),)


def _core(trace: Trace) -> Trace:
    """The trace of the test itself: without what excuses a row from it and what only changes how it is seen."""
    while isinstance(trace.node, Compute) and trace.node.op in ("criterion", "snap", "settled") and trace.children:
        trace = trace.children[0]
    return trace


def sentence_of(replay: Replay, rule: CheckedDefinition, key: Key) -> str:
    """The `because` of a rule with this row's values; empty where the plan has no columns for them."""
    if rule.because is None:
        return ""
    count = len(sentence_values(rule))
    names = [f"{rule.name}: value {place + 1}" for place in range(count)]
    if any((rule.entity, name) not in replay.columns for name in names):
        return ""
    values = [
        (replay.columns[rule.entity, name].type, replay.interpreter.value(rule.entity, name, key)) for name in names
    ]
    return filled(rule, values)


# -- from traces ----------------------------------------------------------------------------------------------------


def items_of(replay: Replay, trace: Trace, depth: int, text: str = "", inside: str = "") -> tuple[Item, ...]:
    """What a trace says. `text` are the author's words where a node around it has better ones; `inside` is the operator
    that this one is an operand of.
    """
    node = trace.node
    match node:
        case Const():
            return ()
        case Cell():
            return (given(replay, node, trace.value),)
        case InForce():
            return given_on(replay, node, trace), *items_of(replay, trace.children[0], depth)
        case Scan():
            return datum(replay, node, trace, text)
        case Outer():
            return items_of(replay, trace.children[0], depth, text or written_text(replay, node))
        case Reference(column=column):
            if column.name.startswith("~"):
                inner = replay.interpreter.trace(trace.entity, column.name, trace.key)
                return items_of(replay, inner, depth, text or column_text(replay, trace.entity, column.name), inside)
            if replay.rules[trace.entity, column.name].path.startswith("entities."):  # the row of a union is another's
                inner = checked_trace(replay, trace.entity, column.name, trace.key)
                while isinstance(inner.node, Compute) and inner.children:
                    inner = inner.children[-1]
                return items_of(replay, inner, depth, text or column.name)
            return (rule_item(replay, trace.entity, column.name, trace.key, depth),)
        case Lookup():
            return _lookup(replay, trace, depth, text or text_of(replay, node))
        case Aggregate():
            return (rows_item(replay, trace, depth, text or text_of(replay, node)),)
        case Window():
            below = _joined(replay, trace, depth, node.function)
            return (Step(text or text_of(replay, node), trace.value, node.type, below),)
        case Allocate():
            below = _joined(replay, trace, depth, "share")
            return (Step(text or text_of(replay, node), trace.value, node.type, below),)
        case Compute():
            return _computed(replay, trace, depth, text, inside)


def _joined(replay: Replay, trace: Trace, depth: int, op: str) -> tuple[Item, ...]:
    found: list[Item] = []
    for child in trace.children:
        found += [item for item in items_of(replay, child, depth, inside=op) if item not in found]
    return tuple(found)


def _computed(replay: Replay, trace: Trace, depth: int, text: str, inside: str) -> tuple[Item, ...]:
    node = trace.node
    assert isinstance(node, Compute)
    if node.op in SEEN:
        return items_of(replay, trace.children[0], depth, text or written_text(replay, node), inside)
    if node.op == "criterion":
        test, excuse = trace.children
        excused: tuple[Item, ...] = ()
        if excuse.value is not False and not isinstance(excuse.node, Const):
            said = f"not applicable when {text_of(replay, _core(excuse).node)}"
            excused = (Step(said, excuse.value, TRUTH, items_of(replay, excuse, depth)),)
        return (*excused, *(() if trace.value is NOT_APPLICABLE else items_of(replay, test, depth)))
    below = _joined(replay, trace, depth, node.op)
    if (node.op in ARITHMETIC and inside in ARITHMETIC) or (node.op == "is_known" and inside == "not"):
        return below
    return (Step(text or text_of(replay, node), trace.value, node.type, below, _margin(trace)),)


def _margin(trace: Trace) -> Margin | None:
    """By how much a comparison of numbers is met; of a bound, counted from the end that is nearest to failing."""
    node = trace.node
    if not isinstance(node, Compute) or node.op not in RISES or node.args[0].type.kind != "number":
        return None
    if any(isinstance(arg, Compute) and arg.op == "ordinal" for arg in node.args):
        return None  # words in an order have no distance
    rises = RISES[node.op]
    left, right = (_end(trace.children[place].value, low=rises is (place == 0)) for place in (0, 1))
    if left is None or right is None:
        return None
    unit = max(node.args, key=lambda arg: arg.type.unit.kind != "plain").type
    vague = any(isinstance(child.value, Bound) for child in trace.children[:2])
    return Margin(left - right if rises else right - left, unit, rises, vague)


def _end(value: Value, low: bool) -> Fraction | None:
    if isinstance(value, Bound):
        return value.low if low else value.high
    return value if isinstance(value, Fraction) else None


def _lookup(replay: Replay, trace: Trace, depth: int, text: str) -> tuple[Item, ...]:
    node = trace.node
    assert isinstance(node, Lookup)
    if len(trace.children) > len(node.on):
        return items_of(replay, trace.children[-1], depth, text)
    parts = [child for child in trace.children if isinstance(child.value, Missing)]
    below = tuple(item for child in parts for item in items_of(replay, child, depth))
    if not parts:
        key = tuple(cast("str", child.value) for child in trace.children)
        below = (Note(f"there is no row of {node.entity.replace('_', ' ')} {place_of(replay, node.entity, key).key}"),)
    return (Step(text, trace.value, node.type, below),)


# -- many rows ------------------------------------------------------------------------------------------------------


def rows_item(replay: Replay, trace: Trace, depth: int, text: str) -> Rows:
    """An aggregate: how many rows it saw, and those that decided."""
    node, seen = trace.node, trace.seen
    assert isinstance(node, Aggregate)
    outer = len(node.over.match) + (node.level is not None)
    groups: dict[Key, list[Trace]] = {}
    for child in trace.children[outer:] if seen is not None else ():
        groups.setdefault(child.key, []).append(child)
    total = 0 if seen is None else seen.rows_in + seen.possible
    undecided = isinstance(trace.value, Missing)
    silent = node.function in STATISTICS and total > ROWS and not undecided
    shown = [] if silent else list(groups.items())[:ROWS]
    rows = tuple(_seen_row(replay, node, key, children, trace.key, depth) for key, children in shown)
    decisive = node.function in ("any", "all") and trace.value is (node.function == "any")
    decisive = decisive or node.function in ("min", "max", "first", "last") or (undecided and len(groups) < total)
    return Rows(
        text=text,
        function=node.function,
        entity=node.over.entity,
        value=trace.value,
        type=node.type,
        rows_in=0 if seen is None else seen.rows_in,
        rows_out=0 if seen is None else seen.rows_out,
        possible=0 if seen is None else seen.possible,
        left_out=0 if seen is None else total - len(rows),
        decisive=decisive,
        rows=rows,
        reported=seen is not None,
        said=_decided_by(node, rows, trace.value) if decisive else "",
    )


def _decided_by(node: Aggregate, rows: tuple[SeenRow, ...], value: Value) -> str:
    """The rows that made a value what it is, as a sentence names them."""
    if not rows or isinstance(value, Missing):
        return ""
    names = [f"{one.place.label} ({one.place.key})" if one.place.label else one.place.key for one in rows]
    whose = f"{node.over.entity.replace('_', ' ')} {listed_names(names)}"
    if node.function in ("any", "all"):
        return f"{whose} {'makes' if len(rows) == 1 else 'each make'} it {'true' if value is True else 'false'}"
    return f"it is that of {whose}"


def _seen_row(replay: Replay, node: Aggregate, key: Key, children: list[Trace], asking: Key, depth: int) -> SeenRow:
    """A row with the value that was read of it; its filter is told where it is undetermined."""
    items: list[Item] = []
    possible = False
    for child in children:
        is_filter = node.over.where is not None and child.node == node.over.where
        if is_filter and isinstance(child.value, Missing):
            possible = True
        if is_filter and not possible:
            continue
        items += [item for item in items_of(replay, child, depth) if item not in items]
    way = path_note(replay, node.over.entity, key)
    items = [way, *items] if way is not None else items
    return SeenRow(place_of(replay, node.over.entity, key, asking), tuple(items), possible)
