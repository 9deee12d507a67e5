"""What the difference of two policies says of a rule without data holds on data: a rule of the same normal form has the
same results, one that is tightened never rises, one that is raised never falls.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date as Date
from fractions import Fraction
from random import Random
from typing import Any, TypeAlias

import pytest

from engine.execution.reference_run import run_reference
from engine.plan.from_checked import plan_policy
from engine.plan.in_force import bind
from engine.plan.plan import Plan
from engine.results.diff.direction import shift
from engine.results.diff.inline import inlined, plain_definitions
from engine.results.diff.shift import UP, Care, Moves, Shift, Way
from engine.results.diff.term import Key
from engine.results.diff.term_of_expr import Meanings, term_of
from engine.syntax.policy import Definition, Policy
from engine.syntax.print import print_expr
from engine.text.diagnostic import Diagnostics
from engine.types.check_policy import check_policy
from engine.types.checked import CheckedPolicy
from tests.property.policies import Prepared, generated
from tests.property.rewritten import rewritten

TWIN = "_twin"

Run: TypeAlias = tuple[Mapping[str, Any], Plan]


def twins(chance: Random, prepared: Prepared) -> tuple[CheckedPolicy, list[Definition]]:
    """The policy with a rewritten twin of every definition that can have one."""
    policy = prepared.checked.policy
    made: list[Definition] = []
    for item in policy.definitions:
        body = rewritten(chance, item.versions[0].body)
        if body is not None:
            made.append(replace(item, name=item.name + TWIN, versions=(replace(item.versions[0], body=body),)))
    return _accepted(policy, made)


def _accepted(policy: Policy, made: list[Definition]) -> tuple[CheckedPolicy, list[Definition]]:
    """With those that the checker takes: halves are tried where not all can be."""
    diagnostics = Diagnostics()
    checked = check_policy(replace(policy, definitions=(*policy.definitions, *made)), {}, diagnostics)
    if not diagnostics.has_errors:
        return checked, made
    if len(made) <= 1:
        return check_policy(policy, {}, Diagnostics()), []
    half = len(made) // 2
    _, first = _accepted(policy, made[:half])
    _, second = _accepted(policy, made[half:])
    whole = check_policy(replace(policy, definitions=(*policy.definitions, *first, *second)), {}, Diagnostics())
    return whole, [*first, *second]


def column(run: Run, entity: str, name: str) -> list[tuple[Any, ...]]:
    """The cells of a rule, each with the ends of its bound where it has one, as numbers and not as they are stored."""
    tables, plan = run
    table, found = tables[entity], plan.column(entity, name).type
    names = [one for one in table.column_names if one == name or one.startswith(f"{name}__")]
    ten = 10**found.scale if found.kind == "number" else 1

    def cell(value: Any) -> Any:
        return Fraction(value, ten) if isinstance(value, int) and not isinstance(value, bool) else value

    return list(zip(*(map(cell, table.column(one).to_pylist()) for one in names), strict=True))


HEIGHT = {False: 0, None: 1, True: 2}


def holds(said: Shift, kind: str, before: list[tuple[Any, ...]], after: list[tuple[Any, ...]]) -> bool:
    """Whether the cells move as is said of them. Of what is not exact it is said of rows that are known on both sides,
    and of both ends of a bound.
    """
    if said.way is Way.SAME:
        return before == after
    if said.way is Way.DOWN:
        before, after = after, before
    for old, new in zip(before, after, strict=True):
        if kind == "truth":
            if HEIGHT[old[0]] > HEIGHT[new[0]]:
                return False
        elif said.care is Care.LOOSE and not (_known(old) and _known(new)):
            continue
        elif said.care is Care.BOUND:
            ends = ((old[0], new[0]), (old[-1], new[-1]))
            if any(None not in pair and pair[0] > pair[1] for pair in ends):
                return False
        elif len(old) != len(new) or any(not _rises(one, two) for one, two in zip(old, new, strict=True)):
            return False
    return True


def _known(cell: tuple[Any, ...]) -> bool:
    return None not in cell and cell[0] == cell[-1]


def _rises(old: Any, new: Any) -> bool:
    if old is None or new is None or isinstance(old, str):
        return bool(old == new)
    return bool(old <= new)


def results(checked: CheckedPolicy, prepared: Prepared, cells: Mapping[str, Any] | None = None) -> Run:
    """What comes out of the data of a generated policy, with other values in the place of parameters."""
    day = Date(2026, 7, 1)
    bound = bind(checked, day, cells)
    plan = plan_policy(checked, checked.epoch(day))
    return run_reference(plan, prepared.dataset, bound.cells, bound.schedules), plan


def judged(seed: int) -> Iterator[tuple[Way, str]]:
    """What is said of every rule with a twin, held against the data; a failure names the rule."""
    chance = Random(seed)
    prepared, _ = generated(chance, 25)
    checked, made = twins(chance, prepared)
    meanings = Meanings.of(checked)
    run = results(checked, prepared)
    bodies = {(one.entity.text, one.name): one.versions[0].body for one in checked.policy.definitions}
    meant = plain_definitions(checked.policy, meanings)
    for twin in made:
        entity, name = twin.entity.text, twin.name.removesuffix(TWIN)
        old, new = bodies[entity, name], twin.versions[0].body
        one, two = term_of(old, meanings), term_of(new, meanings)
        said = shift(one, two, {})
        if one == two or inlined(one, meant) == inlined(two, meant):
            said = Shift(Way.SAME)
        kind = meanings.types[old.id].kind
        if said.way is not Way.UNKNOWN:
            before, after = column(run, entity, name), column(run, entity, twin.name)
            if not holds(said, kind, before, after):
                cells = [pair for pair in zip(before, after, strict=True) if pair[0] != pair[1]]
                pytest.fail(f"{said}: {print_expr(old)} and {print_expr(new)}: {cells[:5]}", pytrace=False)
        yield said.way, kind


@pytest.mark.parametrize("start", range(0, 36, 12))
def test_what_is_said_of_a_rewritten_rule_holds_on_data(start: int) -> None:
    found = Counter(way for seed in range(start, start + 12) for way, _ in judged(seed))
    assert all(found[way] >= 5 for way in (Way.SAME, Way.UP, Way.DOWN)), found


NUMBERS = {"quorum": 3, "factor": 2, "cut": Fraction(1, 5), "floor_wage": 5000, "rate": 4}
"""Parameters, and by how much each is raised."""


def test_what_is_said_of_a_raised_parameter_holds_on_data() -> None:
    """Along the whole chain of rules that use it, however far."""
    found: Counter[Way] = Counter()
    for seed in range(30):
        chance = Random(seed)
        prepared, _ = generated(chance, 25)
        name = chance.choice(tuple(NUMBERS))
        checked, path = prepared.checked, f"parameters.{name}"
        raised = {path: bind(checked, Date(2026, 7, 1)).cells[path] + NUMBERS[name]}  # type: ignore[operator]
        meanings = Meanings.of(checked)
        moves: dict[Key, Shift] = {("cell", path): UP}
        before, after = results(checked, prepared), results(checked, prepared, raised)
        for definition in checked.epoch(Date(2026, 7, 1)).definitions:
            if definition.expr is None or definition.role != "definition":
                continue
            moved = _moved(definition.expr, meanings, moves)
            moves["column", definition.entity, definition.name] = moved
            found[moved.way] += 1
            if moved.way is not Way.UNKNOWN:
                one, two = (column(each, definition.entity, definition.name) for each in (before, after))
                if not holds(moved, definition.type.kind, one, two):
                    text = print_expr(definition.expr)
                    pytest.fail(f"{name} raised, {moved}: {text}: {list(zip(one, two, strict=True))}", pytrace=False)
    assert found[Way.UP] >= 10 and found[Way.DOWN] >= 2, found


def _moved(expr: Any, meanings: Meanings, moves: Moves) -> Shift:
    term = term_of(expr, meanings)
    return shift(term, term, moves)
