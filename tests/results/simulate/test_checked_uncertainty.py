"""How parameters spread, and what does not fit the policy, the data or another scenario."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from engine import api
from engine.results.simulate.uncertainty import deck as decks
from engine.text.errors import PolicyError
from tests.results.simulate.unsure_state import BY_MEANS, HEAD, MARKETS, OPEN_LIST, SUPPRESSED, simulated, told
from tests.small_state import write_state


def test_distributions_of_parameters(tmp_path: Path) -> None:
    text = """HEAD
  parameters:
    wage_floor:
      SPREAD
"""
    for spread, check in {
        "from: $40,000\n      likely: $43,000\n      to: $44,000": lambda one: 40_000 <= one <= 44_000,
        "mean: $43,000\n      standard_deviation: $500\n      to: $43,100": lambda one: 40_000 < one <= 43_100,
        "one_of:\n        - $40,000\n        - value: $45,000\n          weight: 3": lambda one: (
            one in (40_000, 45_000)
        ),
    }.items():
        found = simulated(tmp_path, text.replace("SPREAD", spread), draws=20)
        asked = found.asked.uncertainty
        assert asked is not None
        (parameter,) = asked.parameters
        values = [parameter.at(5, draw).value for draw in range(20)]
        assert len(set(values)) > 1 and all(map(check, values))
        side = found.uncertain.baseline if found.uncertain else None
        assert side is not None
        for value, listed in zip(values, side.values("listed"), strict=True):
            assert isinstance(value, Fraction)
            assert listed == sum(wage >= value for wage in (43_900, 239_200, 39_510, 47_000))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("HEAD\n", "X085"),
        ("HEAD\n  parameters:\n    wage_floor:\n      from: $1\n", "Y090"),
        ("HEAD\n  columns:\n    labor_market.annual_median:\n      because: of it\n", "Y090"),
        ("HEAD\n  columns:\n    labor_market.annual_median:\n      relative_standard_error: $5\n", "Y091"),
        ("HEAD\n  columns:\n    labor_market.anual_median: exact\n", "X081"),
        ("HEAD\n  columns:\n    labour_market.annual_median: exact\n", "X081"),
        ("HEAD\n  columns:\n    labor_market.employment: exact\n", "X081"),
        ("HEAD\n  columns:\n    occupation.title: exact\n", "X081"),
        ("HEAD\n  columns:\n    labor_market.annual_median:\n      relative_standard_error: annual_p90\n", "X083"),
        (SUPPRESSED.replace("$43,900.02", "$43,899.92"), "X082"),
        (SUPPRESSED.replace("$43,900.02", "44%"), "X082"),
        (SUPPRESSED.replace("$43,900.02", "$99,999,999,999"), "X082"),
        (SUPPRESSED.replace("$43,900.02", "none"), "Y053"),
        ("HEAD\n  parameters:\n    wage_floor:\n      from: $2\n      to: $1\n", "X082"),
        ("HEAD\n  parameters:\n    wage_floor:\n      from: $1\n      likely: $3\n      to: $2\n", "X082"),
        ("HEAD\n  parameters:\n    wage_floor:\n      mean: $1\n      standard_deviation: $0\n", "X082"),
        ("HEAD\n  parameters:\n    wage_flor:\n      from: $1\n      to: $2\n", "X018"),
        ("HEAD\n  parameters:\n    wage_floor:\n      from: 1%\n      to: 2%\n", "T015"),
        ("set:\n  wage_floor: $1\nHEAD\n  parameters:\n    wage_floor:\n      from: $1\n      to: $2\n", "X066"),
        ("uncertainty:\n  draws: 10001\n  seed: 1\n", "Y044"),
        ("uncertainty:\n  draws: 10\n", "Y041"),
    ],
)
def test_what_does_not_fit(text: str, code: str, tmp_path: Path) -> None:
    assert told(tmp_path, text if "draws" in text or "HEAD" in text else "HEAD\n" + text)[:1] == [code]


def test_too_many_cells(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decks, "MOST_CELLS", 23)
    assert told(tmp_path, "HEAD\n" + BY_MEANS) == ["X084"]  # two cells, 12 draws


def test_scenarios_together_draw_the_same(tmp_path: Path) -> None:
    policy, data = write_state(tmp_path, policy=OPEN_LIST, labor_markets=MARKETS)
    paths = [tmp_path / f"{name}.scenario.yaml" for name in ("one", "two")]
    head = HEAD.format(draws=2)
    paths[0].write_text("scenario: one\n" + head + SUPPRESSED, encoding="utf-8")
    both = {
        head + SUPPRESSED: [],
        head.replace("2", "3") + SUPPRESSED: ["X080"],
        head + SUPPRESSED.replace("$43,900.02", "$44,000"): ["X080"],
    }
    for text, codes in both.items():
        paths[1].write_text("scenario: two\n" + text, encoding="utf-8")
        if not codes:
            assert api.simulate(policy, data, paths).uncertain is not None
            continue
        with pytest.raises(PolicyError) as raised:
            api.simulate(policy, data, paths)
        assert [one.code for one in raised.value.diagnostics] == codes
