"""A claim of which only two ends are known is not called paid in full by its explanation."""

from __future__ import annotations

from engine.results.cases.cases import runs_of
from engine.results.explain.explain import explain
from tests.house.checkout import ROOT

CASES = ROOT / "policies" / "tx" / "ccmr-outcomes-bonus.cases.yaml"


def test_what_an_open_claim_brings_is_not_known() -> None:
    """One or two of four have an outcome and one is the minimum: no bonus, or one of $3,000."""
    run = next(run for case, run in runs_of(CASES) if case.name == "what_nobody_knows")
    open_one, known = (
        explain(run, "district_group", (district, "not_economically_disadvantaged"), "outcomes_bonus").sentence
        for district in ("D", "E")
    )
    assert open_one.endswith("what it brings is not known: it claims $0 to $3,000.")
    assert known.endswith("it claims $3,000.00 and brings $3,000.00 to district E.")
