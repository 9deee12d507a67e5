"""A plan of which only what a change touches is planned again is the plan that planning it all gives."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine import api
from engine.model.standard import STANDARD
from engine.plan.from_checked import plan_policy
from engine.plan.plan import Plan
from engine.results.cases import mutation
from engine.results.cases.mutants import Rewritten, changed_policy, mutants
from engine.results.cases.replanned import Replanner
from engine.syntax.load import load_policy
from engine.text.diagnostic import Diagnostics
from engine.types.check_policy import check_policy
from engine.types.checked import CheckedPolicy
from tests.case_files import CASES, POLICY, write
from tests.house.checkout import ROOT

GROUPED = POLICY.replace(
    "definitions:\n",
    "entities:\n  size:\n    group: enrollment_of_course\n    by:\n      big: big\n"
    "definitions:\n  enrollment_of_course:\n    big: if pupils >= 10 then 1 else 0\n  size:\n"
    "    rows: count(enrollments_of_courses)\n",
)
"""Rows are grouped by a test: with the test the rows change, while what is counted of them reads the same."""

OF_SIZE = """
  sizes:
    title: One large course
    given:
      enrollment_of_course:
        - course: sewing
          district: D1
          pupils: 10
    expect:
      size:
        "1":
          rows: 1
"""


def checked(path: Path) -> CheckedPolicy:
    policy = load_policy(path, Diagnostics())
    assert policy is not None
    return check_policy(policy, STANDARD, Diagnostics())


def digests(plan: Plan) -> dict[tuple[str, str], str]:
    return {(one.id.entity, one.id.name): one.digest for one in plan.columns if not one.id.name.startswith("~")}


@pytest.mark.parametrize(("name", "every"), [("co/top-jobs", 1), ("federal/workforce-pell", 9), ("fl/cape-funding", 7)])
def test_it_is_the_plan_of_the_changed_policy(name: str, every: int) -> None:
    policy = checked(ROOT / "policies" / f"{name}.yaml")
    epoch = policy.epochs[-1]
    replanner = Replanner(policy, epoch)
    before, met = digests(replanner.plan), 0
    for mutant in mutants(policy.policy)[::every]:
        if not isinstance(mutant.change, Rewritten):
            continue
        after = replanner.changed(mutant.change)
        anew = check_policy(changed_policy(policy.policy, mutant.change), STANDARD, Diagnostics())
        expected = digests(plan_policy(anew, anew.epochs[-1]))
        if after is None:
            continue
        met += 1
        assert digests(after.plan) == expected, mutant.now
        different = {key for key in before if before[key] != expected[key]}
        assert after.columns is None or after.columns & before.keys() == different
    assert met > 4


def told(folder: Path, policy: str, text: str, processes: int = 1) -> tuple[tuple[str, str], ...]:
    (found,) = api.mutate([write(folder, text, policy)], processes=processes)
    return tuple((one.was, one.now) for one in found.survivors)


def test_a_test_by_which_rows_are_grouped_is_noticed(tmp_path: Path) -> None:
    found = told(tmp_path, GROUPED, CASES + OF_SIZE)
    assert ("pupils >= 10", "pupils > 10") not in found
    assert ("pupils >= 10", "pupils < 10") not in found
    assert ("10", "9") in found  # no row lies between


def test_two_processes_tell_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    alone = told(tmp_path, POLICY, CASES)
    monkeypatch.setattr(mutation, "MANY", 1)
    assert told(tmp_path, POLICY, CASES, processes=2) == alone
    assert len(alone) == 3
