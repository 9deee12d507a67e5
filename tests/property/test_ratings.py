"""Generated policies of accountability, of which every named column is what an oracle in fractions says, on the
reference; some on DuckDB too, and in the long run all.
"""

from __future__ import annotations

from datetime import date as Date
from fractions import Fraction as F
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine import api
from engine.execution.dataset import dataset_from_rows
from engine.execution.values import NOT_APPLICABLE as EXCUSED
from engine.execution.values import Bound, Missing
from engine.results.decode import keys_of, values_of
from engine.results.run import Run, run_policy
from engine.text.diagnostic import Diagnostics
from engine.types.checked import CheckedPolicy
from tests.property.rated import Expected, expected
from tests.property.rating_policies import Rules, World, rules, world
from tests.property.rating_text import policy, tables
from tests.property.ratings import LeftOpen
from tests.property.spans import Span

AS_OF = Date(2026, 10, 1)
NEAR = F(2, 10**9)
"""Unrounded numbers are compared as they are seen; a division that is divided again may differ in its last digit."""


TOO_MANY_DIGITS = "T008"
"""What the checker may refuse: a blend of many groups of numbers that nothing holds can need more than 37 digits."""


def checked(text: str, folder: Path) -> CheckedPolicy | None:
    """The policy; nothing where it is refused for its digits."""
    file = folder / "rated.yaml"
    file.write_text(text, "utf-8")
    diagnostics = Diagnostics()
    found = api.load(file, diagnostics)
    errors = [f"{one.code} {one.message}" for one in diagnostics.sorted() if one.severity.value == "error"]
    if errors and all(one.startswith(TOO_MANY_DIGITS) for one in errors):
        return None
    assert not errors, f"{errors}\n{text}"
    assert found is not None
    return found


def shown(value: Any) -> Any:
    if isinstance(value, Missing) or value is EXCUSED:
        return None
    if isinstance(value, Bound):
        return Span(value.low, value.high) if value.low is not None and value.high is not None else None
    return Span(value, value) if isinstance(value, F) else value


def same(found: Any, wanted: Any) -> bool:
    if isinstance(found, Span) and isinstance(wanted, Span):
        return abs(found.low - wanted.low) <= NEAR and abs(found.high - wanted.high) <= NEAR
    return type(found) is type(wanted) and bool(found == wanted)


def differences(run: Run, wanted: Expected) -> list[str]:
    """Every named column of a row that is not what the oracle says."""
    said = []
    for (entity, key), columns in wanted.items():
        place = keys_of(run, entity).index((key,))
        for name, value in columns.items():
            found = shown(values_of(run, run.plan.column(entity, name))[place])
            if not same(found, value):
                said.append(f"{run.backend} {entity} {key}, {name}: {found}, and by the page {value}")
    return said


def check(made: Rules, cells: World, backends: tuple[str, ...] = ("reference", "duckdb")) -> bool:
    """Compare a policy with the oracle; whether the checker takes it and the page decides it."""
    text = policy(made)
    with TemporaryDirectory() as folder:
        found = checked(text, Path(folder))
    if found is None:
        return False
    dataset = dataset_from_rows(found.tables, tables(cells))
    try:
        wanted = expected(made, cells)
    except LeftOpen:
        return False
    for backend in backends:
        said = differences(run_policy(found, dataset, AS_OF, backend), wanted)
        assert not said, "\n".join([*said, text, *(str(row) for rows in tables(cells).values() for row in rows)])
    return True


def seeded(seed: int) -> bool:
    chance = Random(seed)
    made = rules(chance)
    return check(made, world(chance, made))


@pytest.mark.filterwarnings("ignore:The recursion limit")  # the interpreter raises it for good
@settings(
    max_examples=25,
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example],
)
@given(st.integers(0, 999_999))
def test_ratings(seed: int) -> None:
    chance = Random(seed)
    made = rules(chance)
    cells = world(chance, made)
    check(made, cells, ("reference", "duckdb") if chance.random() < 0.1 else ("reference",))


@pytest.mark.long
@pytest.mark.parametrize("hundred", range(12))
def test_a_thousand_ratings(hundred: int) -> None:
    taken = 0
    for seed in range(hundred * 100, (hundred + 1) * 100):
        try:
            taken += seeded(seed)
        except AssertionError as failed:
            pytest.fail(f"seed {seed}: {failed}", pytrace=False)
    assert taken > 90
