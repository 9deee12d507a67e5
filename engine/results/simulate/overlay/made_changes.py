"""What scenarios changed in the runs of a simulation: which rules, and how many rows of which tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date as Date
from typing import Any

from ....syntax.meaning import tree_of
from ....syntax.print import print_expr
from ....syntax.scenario import Scenario
from ....text.document import Mapping, Node, Scalar
from ...record import policy_hash
from ..grounds import Grounds


@dataclass(frozen=True, slots=True)
class RuleChange:
    """What is `set`, `added` or `removed` at a path, and the text that stands there now: of a table its rows."""

    done: str
    path: str
    text: str = ""
    table: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class RowChange:
    """A table, its rows as it is and as it is made, and what became of them: `changed` have other cells, `same` are as
    they were though cells are set.
    """

    table: str
    before: int
    added: int
    removed: int
    after: int
    unknown: int
    changed: int = 0
    same: int = 0


def in_force(scenarios: Sequence[Scenario], day: Date) -> list[Scenario]:
    """The scenarios whose rules and data hold in runs as of a day."""
    return [one for one in scenarios if one.starts is None or one.starts <= day]


def rule_changes(scenarios: Sequence[Scenario], day: Date) -> list[RuleChange]:
    """What scenarios change of rules in runs as of a day, each once, by path."""
    found = {}
    for scenario in in_force(scenarios, day):
        rules = scenario.rules
        if rules is None:
            continue
        for one in rules.texts:
            found["set", one.path.text] = _set(one.path.text, one.text)
        for path in rules.removed:
            found["removed", path.text] = RuleChange("removed", path.text)
        for place in _places(rules.fragment, ""):
            found["added", place] = RuleChange("added", place)
    return [found[place] for place in sorted(found, key=lambda place: (place[1], place[0]))]


def _set(path: str, scalar: Scalar) -> RuleChange:
    lines = [line.strip() for line in scalar.text.strip().splitlines()]
    if len(lines) > 1 and all(line.startswith("|") for line in lines):
        table = tuple(tuple(cell.strip() for cell in line.strip("|").split("|")) for line in lines)
        return RuleChange("set", path, table=table)
    return RuleChange("set", path, _text(scalar))


def _text(scalar: Scalar) -> str:
    tree = tree_of(scalar, "test")
    return " ".join(scalar.text.split()) if tree is None else print_expr(tree)


def _places(node: Node | None, above: str) -> Iterator[str]:
    """The named things of a fragment: what stands two levels down, or three where rules are sorted by their rows."""
    for entry in node.entries if isinstance(node, Mapping) else ():
        path = f"{above}{entry.key.text}"
        deep = path.count(".") >= (2 if path.split(".")[0] in _BY_ENTITY else 1)
        if isinstance(entry.value, Mapping) and not deep:
            yield from _places(entry.value, f"{path}.")
        else:
            yield path


_BY_ENTITY = ("definitions", "criteria", "record_checks", "relations")


def row_changes(grounds: Grounds) -> list[RowChange]:
    """What scenarios change of data, by table."""
    if grounds.rows is None:
        return []
    before, after = grounds.plain.dataset.tables, grounds.changed.dataset.tables
    return [
        RowChange(
            name, before[name].row_count, one.added, one.removed, after[name].row_count, one.unknown, one.changed,
            one.same,
        )
        for name, one in sorted(grounds.rows.counts.items())
    ]  # fmt: skip


def changes_record(scenarios: Sequence[Scenario], grounds: Grounds) -> dict[str, Any]:
    """What `simulation.json` says of them: the hash of the policy that is run, rules, and counts of rows."""
    return {
        "policy_hash": policy_hash(grounds.changed.checked.policy),
        "rules": [
            {"done": one.done, "path": one.path, "text": one.text or None}
            for one in rule_changes(scenarios, grounds.plain.as_of)
        ],
        "rows": [
            {"table": one.table, "before": one.before, "added": one.added, "removed": one.removed,
             "after": one.after, "not_known": one.unknown, "changed": one.changed, "set_as_before": one.same}
            for one in row_changes(grounds)
        ],
        "set_but_not_read": [] if grounds.rows is None else [f"{table}.{name}" for table, name in grounds.rows.unread],
        "copies_of_the_same_student": None if grounds.rows is None else grounds.rows.stayed,
    }  # fmt: skip
