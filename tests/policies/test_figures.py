"""The figures of the bundled policies' cases stand on their page, are made by `make figures`, and are good enough."""

from __future__ import annotations

from fractions import Fraction

import pytest

from tests.policies.figures import BLOCK, PAGE, measured, percent, share, table, written
from tests.policies.test_readme import NAMES


def test_every_policy_has_its_figures() -> None:
    """And the last line is their sum."""
    found = written()
    assert [one.policy for one in found] == sorted(NAMES)
    block = BLOCK.search(PAGE.read_text(encoding="utf-8"))
    assert block is not None
    assert table(found) in block[0]


def test_cases_see_what_policies_say() -> None:
    """95% of the outcomes of conditions in every policy; fewer than a tenth of the small changes unnoticed in all."""
    found = written()
    assert [one.policy for one in found if share(*one.conditions) < Fraction(95, 100)] == []
    assert 10 * sum(one.unnoticed for one in found) < sum(one.tried for one in found)
    assert [one.policy for one in found if 10 * one.unnoticed >= one.tried > 20] == []


def test_percent_never_looks_better() -> None:
    assert [percent(*both) for both in ((1, 3), (0, 5), (2, 189), (1, 10))] == ["33.4", "0.0", "1.1", "10.0"]


@pytest.mark.long
def test_the_figures_are_those_of_today(request: pytest.FixtureRequest) -> None:
    page = PAGE.read_text(encoding="utf-8")
    made = BLOCK.sub(lambda found: f"{found[1]}{table(measured())}{found[2]}", page)
    if request.config.getoption("--update-golden"):
        PAGE.write_bytes(made.encode("utf-8"))
    assert made == page, "the table is behind; `make figures` writes it"
