"""Changes of a policy: which are tried, which its cases notice, which survive and what would notice them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from engine import api
from engine.commands.app import app
from engine.results.cases.mutants import mutants
from engine.results.cases.mutation import PolicyMutation
from engine.syntax.load import load_policy
from engine.text.diagnostic import Diagnostics
from tests.case_files import CASES, POLICY, write

SHORT = POLICY.replace("least_pupils\n      because", "20 and grant > $100\n      because")
"""A criterion of two literals, in the place of the parameter."""


def changes(folder: Path, policy: str = POLICY) -> list[tuple[str, str, str]]:
    """Path, was and now of every change."""
    file = write(folder, policy=policy) / "grants.yaml"
    loaded = load_policy(file, Diagnostics())
    assert loaded is not None
    return [(one.path, one.was, one.now) for one in mutants(loaded)]


def tried(
    folder: Path, text: str = CASES, policy: str = POLICY, most: int | None = None, seed: int = 0
) -> PolicyMutation:
    """What the cases of a text notice."""
    (found,) = api.mutate([write(folder, text, policy)], most, seed)
    return found


def survivors(found: PolicyMutation) -> list[tuple[str, str, str]]:
    """Was, now and hint of what nothing noticed."""
    return [(one.was, one.now, one.hint) for one in found.survivors]


def test_what_is_changed_in_the_order_of_the_file(tmp_path: Path) -> None:
    assert changes(tmp_path) == [
        ("parameters.least_pupils", "20", "19"),
        ("parameters.least_pupils", "20", "21"),
        ("tables.course_rate", "$300", "$299.99"),
        ("tables.course_rate", "$300", "$300.01"),
        ("tables.course_rate", "$120", "$119.99"),
        ("tables.course_rate", "$120", "$120.01"),
        ("criteria.district.large_enough", "pupils >= least_pupils", "pupils > least_pupils"),
        ("criteria.district.large_enough", "pupils >= least_pupils", "pupils < least_pupils"),
    ]


@pytest.mark.parametrize(
    ("test", "now"),
    [
        ("pupils > 9", ["pupils >= 9", "pupils <= 9", "8", "10"]),
        ("pupils is known", ["pupils is missing"]),
        ("not pupils = 0.5", ["pupils = 0.5", "pupils != 0.5", "0.4", "0.6"]),
        ("pupils between 1 and 3", ["pupils from 1 to under 3", "0", "2", "2", "4"]),
        ("pupils in {1, 2}", ["pupils not in {1, 2}", "0", "2", "1", "3"]),
        (
            "pupils is known or grant is known",
            [
                "grant is known", "pupils is known", "pupils is known and grant is known", "pupils is missing",
                "grant is missing",
            ],
        ),
    ],
)  # fmt: skip
def test_how_conditions_are_changed(tmp_path: Path, test: str, now: list[str]) -> None:
    found = changes(tmp_path, POLICY.replace("pupils >= least_pupils", test))
    assert sorted(one[2] for one in found if one[0].startswith("criteria")) == sorted(now)


@pytest.mark.parametrize(
    ("value", "turned"),
    [
        ("if pupils > 0 then 1 / pupils else missing", ["pupils <= 0"]),
        ("if pupils > 0 then round(9 / pupils, 1) else missing", ["pupils <= 0"]),
        ("if pupils > 0 then 1 / (pupils + 1) else missing", ["pupils >= 0", "pupils <= 0"]),
        ("if pupils > 0 then 1 / pupils else 0", ["pupils >= 0", "pupils <= 0"]),
        ("if pupils > 1 then 1 / pupils else missing", ["pupils >= 1", "pupils <= 1"]),
    ],
)
def test_a_division_by_zero_is_missing_whether_it_is_asked_for_or_not(
    tmp_path: Path, value: str, turned: list[str]
) -> None:
    policy = POLICY.replace("  district:\n    pupils:", f"  district:\n    each: {value}\n    pupils:")
    found = changes(tmp_path, policy)
    assert [now for path, was, now in found if path.endswith("each") and was.startswith("pupils")] == turned


def test_the_cases_of_the_page_leave_what_they_do_not_look_at(tmp_path: Path) -> None:
    found = tried(tmp_path)
    assert (found.tried, found.refused, found.idle, found.left_out) == (8, 0, 0, 0)
    assert [one[:2] for one in survivors(found)] == [
        ("20", "19"), ("20", "21"), ("pupils >= least_pupils", "pupils > least_pupils"),
    ]  # fmt: skip
    assert found.survivors[2].hint == "a case in which `pupils` is exactly `least_pupils`"
    assert found.survivors[0].span.source.position(found.survivors[0].span.start)[0] == 34


BOUNDARY = """\
  at_the_cut:
    given:
      enrollment_of_course: |
        | course  | district | pupils |
        | sewing  | D1       | 20     |
        | sewing  | D2       | 19     |
    expect:
      district:
        D1:
          large_enough: met
        D2:
          large_enough: not met
"""


def test_boundary_cases_notice_them(tmp_path: Path) -> None:
    assert survivors(tried(tmp_path, CASES + BOUNDARY)) == []


def test_a_dropped_condition_and_a_moved_literal(tmp_path: Path) -> None:
    text = CASES[: CASES.index("  too_few:")] + BOUNDARY
    found = survivors(tried(tmp_path, text, SHORT))
    assert (
        "pupils >= 20 and grant > $100",
        "pupils >= 20",
        "a case in which of these only `grant > $100` is not met",
    ) in found
    assert ("$100", "$100.01", "a case in which `grant` is exactly $100.01") in found
    assert not [one for one in found if one[0] == "pupils >= 20"]


def test_a_limit_is_dropped(tmp_path: Path) -> None:
    policy = POLICY + (
        "appropriations:\n  fund:\n    cite: code-4\n    amounts:\n      FY2027: $900\n    pay_in_order:\n      - bonus: prorate\n"
        "funding:\n  bonus:\n    cite: code-4\n    claim: attainment\n    amount: $100\n    limits:\n      one_per_student:\n"
        "        keep: 1\n        per: student\n        prefer: attainment_id\n    pay: district\n    draws_on: fund\n"
        "    round:\n      what: payment\n      to: cent\n      remainder: largest_remainder\n"
    )
    dropped = [one for one in changes(tmp_path, policy) if one[1].startswith("limit")]
    assert dropped == [("funding.bonus.limits.one_per_student", "limit one_per_student", "no limit")]


def test_a_bound_chooses_by_the_seed_alone(tmp_path: Path) -> None:
    one, again = tried(tmp_path, most=3), tried(tmp_path, most=3)
    assert survivors(one) == survivors(again)
    assert (one.tried, one.left_out) == (3, 5)
    chosen = {str(survivors(tried(tmp_path, most=3, seed=seed))) for seed in range(6)}
    assert len(chosen) > 1


def test_cases_that_fail_notice_nothing(tmp_path: Path) -> None:
    found = tried(tmp_path, CASES.replace("$6,600.00", "$6,600.01"))
    assert (found.tried, found.idle) == (8, 0)
    assert [one[1] for one in survivors(found)] == [
        "19", "21", "$119.99", "$120.01", "pupils > least_pupils",
    ]  # fmt: skip


def test_a_rule_of_days_that_no_case_is_about_survives(tmp_path: Path) -> None:
    old = "      test: pupils >= least_pupils\n"
    new = (
        "      versions:\n        2025-07-01:\n          test: pupils >= least_pupils\n"
        "        2027-07-01:\n          test: pupils > least_pupils\n"
    )
    found = tried(tmp_path, CASES + BOUNDARY, POLICY.replace(old, new))
    assert [one[:2] for one in survivors(found)] == [
        ("pupils > least_pupils", "pupils >= least_pupils"), ("pupils > least_pupils", "pupils <= least_pupils"),
    ]  # fmt: skip


def test_the_command_lists_survivors(tmp_path: Path) -> None:
    folder = write(tmp_path)
    found = CliRunner().invoke(app, ["test", str(folder), "--mutate"], env={"COLUMNS": "80"})
    assert found.exit_code == 0 and found.stderr == ""
    said = " ".join(found.stdout.split())
    assert "xx/grants 8 3 37.5%" in said
    assert "criteria.district.large_enough: `pupils >= least_pupils` to `pupils > least_pupils`" in said
    assert "add a case in which `pupils` is exactly `least_pupils`" in said
    found = CliRunner().invoke(app, ["test", str(folder), "--mutants", "8", "--format", "json"])
    record = json.loads(found.stdout)["mutation"]
    assert (record["tried"], record["survived"], record["percent"]) == (8, 3, "37.5")
    assert record["policies"][0]["survivors"][2]["now"] == "pupils > least_pupils"
