"""Decisions: what every rule says of every row, why, and by how much."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from ..execution.values import Bound, Key, Missing, NotApplicable, Value
from ..plan.from_checked import sentence_values
from ..plan.plan import Column, ColumnId
from ..types.checked import CheckedDefinition
from .decode import key_text, keys_of, labels_of, values_of
from .held import Held, missing_cells
from .run import Run
from .sentence import filled
from .table import ResultTable, table, value_text

RULES = ("criterion", "eligibility", "determination")
NEAR = Fraction(1, 10)
"""A miss is near when the gap is at most a tenth of what is required."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What a rule says of a row: `met`, `not_met`, `undetermined` or `not_applicable`.

    `measured`, `required` are the sides of the rule's comparison, `margin` by how much it is met (negative: missed); of
    bounds, by how much at least. There is none where the verdict is open or the rule is no comparison of size.
    """

    rule: CheckedDefinition
    key: Key
    verdict: str
    measured: Value | None
    required: Value | None
    margin: Fraction | None
    reason: str


def verdict_of(value: Value) -> str:
    """The verdict that a value of a rule's column stands for."""
    if isinstance(value, NotApplicable):
        return "not_applicable"
    if isinstance(value, Missing):
        return "undetermined"
    return "met" if value is True else "not_met"


def decisions(run: Run) -> Iterator[Decision]:
    """Every decision of a run, rule by rule in the order of the policy, rows in the order of their keys."""
    columns = {(column.id.entity, column.id.name): column for column in run.plan.columns}
    for rule in run.epoch.definitions:
        if rule.role not in RULES:
            continue
        keys = keys_of(run, rule.entity)
        values = values_of(run, columns[rule.entity, rule.name])
        sides = [
            _column(run, columns.get((rule.entity, f"{rule.name}: {side}")), len(keys))
            for side in ("measured", "required")
        ]
        parts = [
            (columns[rule.entity, f"{rule.name}: value {place + 1}"], part.span)
            for place, part in enumerate(sentence_values(rule) if rule.expr is not None else ())
        ]
        named = [(column.type, values_of(run, column)) for column, _ in parts]
        for row, key in enumerate(keys):
            measured, required = sides[0][row], sides[1][row]
            reason = filled(rule, [(type, found[row]) for type, found in named])
            verdict = verdict_of(values[row])
            yield Decision(rule, key, verdict, measured, required, _margin(rule, verdict, measured, required), reason)


def _column(run: Run, column: Column | None, count: int) -> list[Value | None]:
    return [None] * count if column is None else list(values_of(run, column))


def _margin(rule: CheckedDefinition, verdict: str, measured: Value | None, required: Value | None) -> Fraction | None:
    """By how much a comparison is met or missed; of bounds, the least that it can be."""
    if verdict not in ("met", "not_met"):
        return None
    sides = [_ends(side) for side in (measured, required)]
    match getattr(rule.expr, "op", ""):
        case ">" | ">=":
            more, less = sides
        case "<" | "<=":
            less, more = sides
        case "=" if isinstance(measured, Fraction) and isinstance(required, Fraction):
            return -abs(measured - required)
        case _:
            return None
    near, far = (more[0], less[1]) if verdict == "met" else (more[1], less[0])
    return None if near is None or far is None else near - far


def _ends(value: Value | None) -> tuple[Fraction | None, Fraction | None]:
    """The low and the high end of a number; both open for anything else."""
    if isinstance(value, Bound):
        return value.low, value.high
    return (value, value) if isinstance(value, Fraction) else (None, None)


def _labels(run: Run, made: Sequence[Decision]) -> dict[str, dict[Key, str]]:
    """What people call the rows of each entity that is decided on."""
    return {entity: labels_of(run, entity) for entity in dict.fromkeys(one.rule.entity for one in made)}


def decision_table(run: Run, made: Sequence[Decision], waiting: tuple[Held, ...]) -> ResultTable:
    """`decisions`: entity × rule, with verdict, both sides, margin, reason and citation.

    The reason says why the verdict is what it is: the rule's sentence where it is met, the same as not so where it is
    not, and the responsible cells where nobody can tell.
    """
    rows = []
    names = _labels(run, made)
    unknown = missing_cells(run, waiting)
    for one in made:
        rows.append(
            (
                one.rule.entity, key_text(run, one.rule.entity, one.key), names[one.rule.entity].get(one.key, ""),
                one.rule.role, one.rule.name, one.verdict,
                "" if one.measured is None else value_text(one.measured),
                "" if one.required is None else value_text(one.required),
                one.margin, _because(one, unknown), one.rule.cite, one.rule.since,
            )
        )  # fmt: skip
    columns = "entity key name kind rule verdict measured required margin:number reason cite in_force_since:date"
    return table("decisions", columns, rows)


def _because(one: Decision, unknown: Mapping[tuple[ColumnId, Key], str]) -> str:
    match one.verdict:
        case "met":
            return one.reason
        case "not_met":
            return f"not so: {one.reason}" if one.reason else ""
        case "undetermined":
            return f"not known: {unknown.get((ColumnId(one.rule.entity, one.rule.name), one.key), '')}"
        case _:
            return "the rule does not concern it"


def near_miss_table(run: Run, made: Sequence[Decision]) -> ResultTable:
    """`near_misses`: rules missed by at most a tenth of what they require, nearest first."""
    rows = []
    names = _labels(run, made)
    for one in made:
        if one.verdict != "not_met" or one.margin is None or not isinstance(one.required, Fraction):
            continue
        gap = -one.margin
        if gap <= abs(one.required) * NEAR:
            entity = one.rule.entity
            name = names[entity].get(one.key, "")
            measured = "" if one.measured is None else value_text(one.measured)
            rows.append((entity, key_text(run, entity, one.key), name, one.rule.name, measured, one.required, gap))
    rows.sort(key=lambda row: (row[0], row[3], row[6], row[1]))
    return table("near_misses", "entity key name rule measured required:number gap:number", rows)


def eligibility_table(run: Run, made: Sequence[Decision]) -> ResultTable:
    """`eligibility`: the verdict of each determination of eligibility in the field's words."""
    words = {item.name: dict(item.verdicts) for item in run.checked.policy.eligibility}
    rows = []
    names = _labels(run, made)
    for one in made:
        if one.rule.role == "eligibility":
            entity = one.rule.entity
            shown = words[one.rule.name].get(one.verdict, one.verdict.replace("_", " "))
            name = names[entity].get(one.key, "")
            rows.append((entity, key_text(run, entity, one.key), name, one.rule.name, one.verdict, shown))
    return table("eligibility", "entity key name rule verdict says", rows)
