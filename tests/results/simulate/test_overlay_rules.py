"""Scenarios that change rules: as a policy edited by hand says, at their place in the scenario, in no order."""

from __future__ import annotations

from datetime import date as Date
from pathlib import Path

import pytest

from engine import api
from engine.results.simulate.checked_scenario import CheckedScenario, check_scenarios
from engine.results.simulate.measure import measured
from engine.results.simulate.read_scenario import read_scenario, scenario_hash
from engine.results.simulate.simulation import Simulation
from engine.text.diagnostic import Diagnostic, Diagnostics
from tests.house.checkout import ROOT
from tests.small_state import POLICY, write_state

EXAMPLE = ROOT / "policies" / "example" / "credentials-of-value.yaml"
STATE = ROOT / "examples" / "state"


def written(folder: Path, *texts: str) -> list[Path]:
    paths = []
    for number, text in enumerate(texts):
        paths.append(folder / f"{number}.scenario.yaml")
        paths[-1].write_text(f"scenario: s{number}\n{text}", encoding="utf-8")
    return paths


def checked(folder: Path, *texts: str, policy: Path = EXAMPLE) -> tuple[CheckedScenario | None, tuple[Diagnostic, ...]]:
    found = Diagnostics()
    base = api.load(policy, found)
    read = [one for path in written(folder, *texts) if (one := read_scenario(path, found)) is not None]
    assert base is not None
    asked = None if found.has_errors else check_scenarios(base, read, found)
    return asked, found.sorted()


def said(folder: Path, *texts: str, policy: Path = EXAMPLE) -> list[tuple[str, str, str]]:
    """Codes, with the file and the text where they stand."""
    asked, found = checked(folder, *texts, policy=policy)
    assert asked is None
    return [(one.code, Path(one.span.source.name).name[:1], one.span.text) for one in found]


def run(folder: Path, *texts: str, policy: Path = EXAMPLE, data: Path = STATE, as_of: Date | None = None) -> Simulation:
    return api.simulate(policy, data, written(folder, *texts), as_of)


EDITS = [
    (
        "set:\n  funding.credentials.limits.teacher_cap.at_most: $1,000\n",
        [("      teacher_cap:\n        title: What the students of one teacher bring together\n        within: [teacher]\n        at_most: $3,500\n",
          "      teacher_cap:\n        title: What the students of one teacher bring together\n        within: [teacher]\n        at_most: $1,000\n")],
    ),
    (
        "set:\n  criteria.credential.employer_validated: employers_for >= 1\n",
        [("employers_for >= quorum and share(decision = endorse over endorsements) >= endorsed_share", "employers_for >= 1")],
    ),
    (
        "set:\n  accountability.indicators.graduation.weight: 90%\n  accountability.indicators.readiness.weight: 10%\n"
        "  accountability.ratings.A: index >= 80\n",
        [("weight: 40%", "weight: 90%"), ("weight: 60%", "weight: 10%"), ("A: index >= 85", "A: index >= 80")],
    ),
    (
        "remove:\n  rules:\n    - funding.credentials.limits\n    - funding.credentials.minimum\n",
        [("""    limits:
      one_per_student:
        title: One credential a student, the one that pays most
        within: [student]
        keep: 1
        by: amount desc then award_date
        cite: code-12-3 (h)
      teacher_cap:
        title: What the students of one teacher bring together
        within: [teacher]
        at_most: $3,500
        by: award_date
        cite: code-12-3 (i)
""", ""), ("""    minimum:
      each: district
      amount: $2,000
      beyond_claim: no
""", "")],
    ),
    (
        """add:
  rules:
    parameters:
      school_most:
        unit: USD
        cite: code-12-3 (k)
        values:
          FY2025: $1,500
    funding:
      credentials:
        limits:
          school_cap:
            within: [school]
            at_most: school_most
            by: award_date
            cite: code-12-3 (k)
    priority_list:
      tiers:
        - middle: value_score >= 60
""",
        [("\ndata:\n  occupation:\n", """  school_most:
    unit: USD
    cite: code-12-3 (k)
    values:
      FY2025: $1,500

data:
  occupation:
"""), ("    pay: school.district\n", """      school_cap:
        within: [school]
        at_most: school_most
        by: award_date
        cite: code-12-3 (k)
    pay: school.district
"""), ("    - core: otherwise\n", "    - middle: value_score >= 60\n    - core: otherwise\n")],
    ),
]  # fmt: skip


def by_hand(folder: Path, edits: list[tuple[str, str]]) -> Path:
    policy = EXAMPLE.read_text(encoding="utf-8")
    for old, new in edits:
        assert policy.count(old) == 1
        policy = policy.replace(old, new)
    path = folder / "credentials-of-value.yaml"
    path.write_text(policy, encoding="utf-8")
    return path


@pytest.mark.parametrize(("text", "edits"), EDITS)
def test_a_scenario_is_the_policy_edited_by_hand(text: str, edits: list[tuple[str, str]], tmp_path: Path) -> None:
    """Every part of the policy that is run is that of the file: names, expressions, versions, sources."""
    asked, _ = checked(tmp_path, text)
    found = Diagnostics()
    edited = api.load(by_hand(tmp_path, edits), found)
    assert asked is not None and edited is not None and not found.has_errors
    assert asked.overlays[0].checked.policy == edited.policy
    base = api.load(EXAMPLE, found)
    assert base is not None and asked.overlays[0].checked.policy != base.policy


@pytest.mark.long
def test_a_simulation_says_what_an_evaluation_of_the_edited_file_says(tmp_path: Path) -> None:
    found = run(tmp_path, EDITS[0][0])
    assert found.scenario == measured(api.evaluate(by_hand(tmp_path, EDITS[0][1]), STATE))
    assert found.baseline != found.scenario


SMALL = """\
add:
  rules:
    parameters:
      most:
        cite: law (a)
        values:
          2024-07-01: 1
    definitions:
      occupation:
        double: pay * 2
set:
  priority_list.limit: most
  priority_list.rank_by: double desc
"""


def test_sweeps_and_searches_stand_on_the_policy_that_the_scenario_makes(tmp_path: Path) -> None:
    """Three occupations pay $43,900 or more; a parameter that the scenario adds says how many of them are listed."""
    policy, data = write_state(tmp_path)
    more = "sweep:\n  most:\n    - 1\n    - 3\nfind:\n  three:\n    parameter: most\n    so_that: listed = 3\n    from: 1\n    to: 4\n    step: 1\n"
    found = run(tmp_path, SMALL + more, policy=policy, data=data)
    assert [one["listed"] for one in (found.baseline, found.scenario)] == [2, 1]
    assert [point.measures["listed"] for point in found.points] == [1, 3]
    (found_there,) = found.found[0].answer.plateaus
    assert found_there.first == 3 and found_there.last == 4


def test_rules_hold_in_runs_as_of_their_day_or_later(tmp_path: Path) -> None:
    policy, data = write_state(tmp_path)
    one = "from: 2026-11-01\nset:\n  priority_list.limit: 1\n"
    two = "from: 2026-12-01\nremove:\n  rules:\n    - priority_list.rank_by\nset:\n  criteria.occupation.good_job: pay >= $100,000/year\n"
    listed = {}
    for day in (Date(2026, 10, 31), Date(2026, 11, 1), Date(2026, 12, 1)):
        found = run(tmp_path, one, two, policy=policy, data=data, as_of=day)
        assert found.baseline["listed"] == 2
        listed[day.month] = found.scenario["listed"]
        assert found.is_moved is (day.month > 10)
    assert listed == {10: 2, 11: 1, 12: 1}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("set:\n  criteria.credential.god_job: true\n", ("X068", "criteria.credential.god_job")),
        ("set:\n  parameters.wage_floor.values.2026-07-01: $5\n", ("X068", "parameters.wage_floor.values.2026-07-01")),
        ("remove:\n  rules:\n    - extends\n", ("X068", "extends")),
        ("add:\n  rules:\n    policy: xx/other\n", ("X068", "policy")),
        ("set:\n  funding.credentials.limits.teacher_cap: $5\n", ("X071", "funding.credentials.limits.teacher_cap")),
        ("add:\n  rules:\n    funding:\n      credentials:\n        amount: $5\n", ("X070", "amount")),
        ("add:\n  rules:\n    accountability:\n      ratings:\n        - A: index >= 5\n", ("X070", "A")),
        ("set:\n  criteria.credential.good_job: wage_points >= spam\n", ("N001", "spam")),
        ("set:\n  criteria.credential.good_job: wage_points\n", ("T005", "wage_points")),
        ("set:\n  criteria.credential.good_job: (wage_points >=\n", ("S009", "(")),
        ("set:\n  funding.credentials.round.to: eurocent\n", ("Y043", "eurocent")),
        ("add:\n  rules:\n    funding:\n      credentials:\n        amout: $5\n", ("Y040", "amout")),
        ("add:\n  rules:\n    definitions:\n      credential:\n        x: employers_forr\n", ("N001", "employers_forr")),
        ("remove:\n  rules:\n    - criteria.credential.good_job\n", ("N001", "criteria.credential.good_job")),
        (
            "remove:\n  rules:\n    - funding.credentials.limits\n"
            "set:\n  funding.credentials.limits.teacher_cap.at_most: $5\n",
            ("X069", "funding.credentials.limits.teacher_cap.at_most"),
        ),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_in_the_scenario(text: str, expected: tuple[str, str], tmp_path: Path) -> None:
    found = said(tmp_path, text)
    assert {(code, place) for code, _, place in found} == {expected}
    assert {file for _, file, _ in found} == {"0"}


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("set:\n  funding.credentials.amount: $1\n", "set:\n  funding.credentials.amount: $2\n"),
        ("set:\n  criteria.credential.good_job.test: true\n", "set:\n  criteria.credential.good_job: false\n"),
        ("set:\n  funding.credentials.amount: $1\n", "remove:\n  rules:\n    - funding.credentials.amount\n"),
        (
            "add:\n  rules:\n    definitions:\n      credential:\n        x: 1\n",
            "add:\n  rules:\n    definitions:\n      credential:\n        x: 2\n",
        ),
    ],
)
def test_what_contradicts_is_a_conflict_in_any_order(one: str, two: str, tmp_path: Path) -> None:
    for texts in ((one, two), (two, one)):
        found = checked(tmp_path, *texts)[1]
        assert [told.code for told in found] == ["X069"]
        assert len({label.span.source.name for label in found[0].labels}) == 2


def test_the_same_said_twice_is_no_conflict_and_order_does_not_matter(tmp_path: Path) -> None:
    one = "set:\n  criteria.credential.good_job:   value_score>=1\n"
    two = "set:\n  criteria.credential.good_job: value_score >= 1\nadd:\n  rules:\n    definitions:\n      credential:\n        x: 1\n"
    both = [checked(tmp_path, *texts)[0] for texts in ((one, two), (two, one))]
    assert both[0] is not None and both[1] is not None
    assert both[0].overlays[-1].checked.policy == both[1].overlays[-1].checked.policy


def test_the_hash_is_of_the_meaning(tmp_path: Path) -> None:
    one, two, three = written(
        tmp_path,
        "add:\n  rules:\n    definitions:\n      credential:\n        x: 1+1\n        z: 2\nset:\n  funding.credentials.amount: $1\n",
        "set:\n  funding.credentials.amount: $1  # a remark\nadd:\n  rules:\n    definitions:\n      credential:\n        z: 2\n"
        "        x: 1 + 1\n",
        "add:\n  rules:\n    definitions:\n      credential:\n        x: 1+2\n        z: 2\nset:\n  funding.credentials.amount: $1\n",
    )
    two.write_text(two.read_text(encoding="utf-8").replace("s1", "s0"), encoding="utf-8")
    three.write_text(three.read_text(encoding="utf-8").replace("s2", "s0"), encoding="utf-8")
    found = [read_scenario(path, Diagnostics()) for path in (one, two, three)]
    hashes = [scenario_hash(one) for one in found if one is not None]
    assert len(hashes) == 3 and hashes[0] == hashes[1] != hashes[2]


CHILD = """\
policy: xx/child
extends: [xx/parent]
school_year: 2026-27
sources:
  act:
    title: Act 1
parameters:
  wage_floor:
    replaces: parameters.wage_floor
    because: the act says so
    cite: act (a)
    unit: USD/year
    values:
      2024-07-01: $43,000
"""


def test_a_rule_of_a_policy_that_is_extended(tmp_path: Path) -> None:
    """Chiefs earn $43,900, welders $47,000, developers more: three have $43,000, one of them twice that."""
    folder = tmp_path / "policies" / "xx"
    folder.mkdir(parents=True)
    (folder / "parent.yaml").write_text(
        POLICY.replace("xx/welding", "xx/parent").replace("  limit: 2\n", ""), encoding="utf-8"
    )
    (folder / "child.yaml").write_text(CHILD, encoding="utf-8")
    data = write_state(tmp_path)[1]
    text = "set:\n  criteria.occupation.good_job: statewide_market.annual_median >= wage_floor * 2\n"
    found = run(tmp_path, text, policy=folder / "child.yaml", data=data)
    assert [one["listed"] for one in (found.baseline, found.scenario)] == [3, 1]
    added = "add:\n  rules:\n    priority_list:\n      limit: 2\n"
    assert run(tmp_path, added, policy=folder / "child.yaml", data=data).scenario["listed"] == 2


def test_a_parameter_that_is_added_on_a_later_day_moves_nothing_before(tmp_path: Path) -> None:
    policy, data = write_state(tmp_path)
    text = f"from: 2026-12-01\n{SMALL}sweep:\n  most:\n    - 3\n"
    before = run(tmp_path, text, policy=policy, data=data, as_of=Date(2026, 11, 1))
    assert [point.measures["listed"] for point in before.points] == [before.baseline["listed"]] == [2]
    after = run(tmp_path, text, policy=policy, data=data, as_of=Date(2026, 12, 1))
    assert [point.measures["listed"] for point in after.points] == [3]
