"""Scenarios are checked like policies: their policy is found, and what does not fit it is said at its place."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from engine import api
from engine.text.diagnostic import Severity
from tests.house.checkout import ROOT
from tests.small_state import POLICY, specie

FLOOR = "set:\n  wage_floor: $45,000\n"


def folder_of(tmp_path: Path) -> Path:
    """A folder with a policy in `policies/xx`, and scenarios beside it."""
    (tmp_path / "policies" / "xx").mkdir(parents=True)
    (tmp_path / "scenarios").mkdir()
    (tmp_path / "policies" / "xx" / "welding.yaml").write_text(POLICY, encoding="utf-8")
    return tmp_path


def scenario(folder: Path, text: str, name: str = "one") -> Path:
    path = folder / "scenarios" / f"{name}.scenario.yaml"
    path.write_text(f"scenario: {name}\n{text}", encoding="utf-8")
    return path


def said(*paths: Path) -> list[tuple[str, str]]:
    return [(one.code, one.span.text) for one in api.check(paths).diagnostics if one.code[0] != "L"]


def test_the_policy_is_found_in_the_folder_of_policies_above(tmp_path: Path) -> None:
    folder = folder_of(tmp_path)
    assert said(scenario(folder, "policy: xx/welding\nset:\n  wage_flor: $1\n")) == [("X018", "wage_flor")]
    assert said(scenario(folder, "policy: xx/welding\nset:\n  priority_list.limit: spam\n")) == [("N001", "spam")]
    assert said(scenario(folder, "policy: xx/welding\n" + FLOOR)) == []


def test_the_policy_is_one_of_those_that_are_checked(tmp_path: Path) -> None:
    folder = folder_of(tmp_path)
    (folder / "policies" / "xx" / "welding.yaml").rename(folder / "mine.yaml")
    path = scenario(folder, "policy: xx/welding\nset:\n  wage_flor: $1\n")
    assert said(path) == [("Y084", "xx/welding")]
    assert said(folder / "mine.yaml", path) == [("X018", "wage_flor")]


def test_a_scenario_that_names_no_policy(tmp_path: Path) -> None:
    """It is held to the one policy that is checked with it; else a warning says that it was not."""
    folder = folder_of(tmp_path)
    path = scenario(folder, "set:\n  wage_flor: $1\n")
    (told,) = api.check([path]).diagnostics
    assert (told.code, told.severity) == ("Y085", Severity.WARNING)
    assert said(folder) == [("X018", "wage_flor")]


def test_a_bundled_policy(tmp_path: Path) -> None:
    path = scenario(folder_of(tmp_path), "policy: example/credentials-of-value\nset:\n  list_limt: 5\n")
    assert said(path) == [("X018", "list_limt")]
    wrong = scenario(folder_of(tmp_path / "x"), "policy: example/credentials-of-valu\n" + FLOOR)
    (told,) = api.check([wrong]).diagnostics
    assert told.code == "Y084" and told.help == ("did you mean `example/credentials-of-value`?",)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("sett:\n  wage_floor: $1\n", "Y040"),
        ("policy: xx/welding\nset:\n  criteria.occupation.good_job: pay\n", "T005"),
        ("policy: xx/welding\nadd:\n  areas:\n    - code: US-YY\n      nam: x\n", "D005"),
        ("policy: xx/welding\ngrow:\n  occupations:\n    - where: spam = 1\n      by: 5%\n", "N001"),
    ],
)
def test_what_is_wrong_in_it(text: str, code: str, tmp_path: Path) -> None:
    assert code in [found for found, _ in said(scenario(folder_of(tmp_path), text))]


def test_the_command_counts_scenarios_and_says_them_in_every_form(tmp_path: Path) -> None:
    folder = folder_of(tmp_path)
    path = scenario(folder, "policy: xx/welding\n" + FLOOR)
    assert specie("check", path).stdout == "1 scenario checked, nothing to complain of\n"
    path.write_text("scenario: one\npolicy: xx/welding\nset:\n  wage_flor: $1\n", encoding="utf-8")
    run = specie("check", path, "--format", "sarif")
    (result,) = json.loads(run.stdout)["runs"][0]["results"]
    assert run.exit_code == 1 and result["ruleId"] == "X018"
    assert result["locations"][0]["physicalLocation"]["region"]["startLine"] == 4


def test_our_own_are_in_order() -> None:
    report = api.check([ROOT / "examples" / "scenarios"])
    assert report.diagnostics == () and report.files == 0 and report.scenarios >= 8
