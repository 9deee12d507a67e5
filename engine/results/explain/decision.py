"""Why no decision of people counts: there is none, it came too late, it counts no more, or it lacks something."""

from __future__ import annotations

from datetime import date as Date
from datetime import timedelta

from ...execution.reference import Row
from ...execution.values import Key, Missing
from ...plan.plan import Aggregate, Compute, Node, Reference, Scan
from ...syntax.policy import Determination
from ..replay import Replay

RECORDS = "determination"
"""The table of decisions; its key is the name, the entity, the subject and the day."""

ALWAYS = ("decided_on", "decision")
"""What every decision that is on record has."""


def no_decision(replay: Replay, name: str, entity: str, key: Key, of: str) -> tuple[str, Key | None]:
    """Why none of the decisions `name` on one row counts on the as-of date, and the key of the one that comes nearest.

    `of` names the row, as ` of program P-1`.
    """
    item = next(one for one in replay.run.checked.policy.determinations if one.name == name)
    day = replay.run.as_of
    records = [one for one in replay.interpreter.keys(RECORDS) if one[:3] == (name, entity, str(key[0]))]
    if not records:
        return f"no decision on {name}{of} is on record" + (f"; it is awaited from {item.by}" if item.by else ""), None
    past = [one for one in records if _day(one[3]) <= day]
    if not past:
        first = records[0]
        return f"the decision of {_day(first[3])} on {name}{of} is later than the as-of date", first
    latest = past[-1]
    said = f"the decision of {_day(latest[3])} on {name}{of}"
    end = _end(replay, item, entity, key, latest)
    if end is not None and end <= day:
        return f"{said} stopped counting on {end}", latest
    lacking = [
        need.text
        for need in item.needs
        if need.text not in ALWAYS and isinstance(replay.interpreter.value(RECORDS, need.text, latest), Missing)
    ]
    return f"{said} does not count: it has no {' and no '.join(lacking)}", latest


def _day(value: object) -> Date:
    assert isinstance(value, Date)
    return value


def _end(replay: Replay, item: Determination, entity: str, key: Key, record: Key) -> Date | None:
    """The first day on which a decision does not count any more, as it says itself or as the policy does."""
    last = replay.interpreter.value(RECORDS, "expires_on", record)
    ends = [last + timedelta(days=1)] if isinstance(last, Date) and last < Date.max else []
    node = _end_node(replay, item, entity)
    if node is not None:
        end = replay.interpreter.evaluate(node, Row(RECORDS, record, Row(entity, key)))
        ends += [end] if isinstance(end, Date) else []
    return min(ends, default=None)


def _end_node(replay: Replay, item: Determination, entity: str) -> Node | None:
    """What the plan works out for `expires`: the one day computed from the decision that is compared with another."""
    node: Node = replay.columns[entity, item.name].node
    while isinstance(node, Reference):
        node = replay.columns[entity, node.column.name].node
    where = node.over.where if isinstance(node, Aggregate) else None
    tests = where.args if isinstance(where, Compute) else ()
    ends = [test.args[0] for test in tests if isinstance(test, Compute) and test.op == "gt"]
    return next((end for end in ends if not isinstance(end, Scan)), None)
