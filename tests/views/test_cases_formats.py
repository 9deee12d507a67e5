"""The results of cases as tables of coverage, JSON and JUnit XML."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

from typer.testing import CliRunner

from engine import api
from engine.commands.app import app
from engine.views.junit import junit_xml
from tests.case_files import CASES, POLICY, case, write


def run(*words: str) -> tuple[int, str]:
    """Exit code and stdout of the command."""
    found = CliRunner().invoke(app, ["test", *words], env={"COLUMNS": "80"})
    return found.exit_code, found.stdout


def test_junit_has_a_suite_for_each_policy_and_a_test_for_each_case(tmp_path: Path) -> None:
    folder = write(tmp_path, CASES.replace("$6,600.00", "$6,600.01").replace("Sewing pays", "<Sewing> & “pays”"))
    tree = ElementTree.fromstring(junit_xml(api.test([folder])))
    assert (tree.tag, tree.get("tests"), tree.get("failures"), tree.get("errors")) == ("testsuites", "3", "1", "0")
    (suite,) = tree
    assert (suite.tag, suite.get("name"), suite.get("tests"), suite.get("failures")) == (
        "testsuite", "xx/grants", "3", "1",
    )  # fmt: skip
    assert [one.get("name") for one in suite] == ["two_courses", "too_few", "a_better_wage"]
    assert [one.get("classname") for one in suite] == ["xx/grants"] * 3
    (failure,) = suite[0]
    assert failure.tag == "failure"
    assert failure.get("message") == "district D1: grant: expected $6,600.01, got $6,600"
    assert "published: code-4 (b), example" in (failure.text or "")
    assert [list(one) for one in suite[1:]] == [[], []]


def test_what_could_not_be_run_is_an_error(tmp_path: Path) -> None:
    report = api.test([write(tmp_path, case("expect:\n  district:\n    D9:\n      large: met"))])
    tree = ElementTree.fromstring(junit_xml(report))
    assert (tree.get("tests"), tree.get("errors")) == ("2", "2"), "the case, and what is wrong with it"
    assert tree[-1].get("name") == "files"


def test_characters_that_xml_cannot_hold_are_replaced(tmp_path: Path) -> None:
    policy = POLICY.replace("it has {pupils} pupils", "“it” <has> {pupils} & pupils")
    text = CASES.replace("large_enough: met", "large_enough: not met")
    xml = junit_xml(api.test([write(tmp_path, text, policy)]))
    assert xml.isascii() and "<!DOCTYPE" not in xml
    (failure,) = ElementTree.fromstring(xml)[0][0]
    assert "“it” <has> 25 & pupils" in (failure.text or "")


def test_formats_and_files(tmp_path: Path) -> None:
    folder = write(tmp_path)
    out = tmp_path / "junit.xml"
    code, text = run(str(folder), "--format", "json", "--coverage", "--junit", str(out))
    found = json.loads(text)
    assert (code, found["passed"], found["failed"]) == (0, 3, 0)
    assert found["coverage"]["percent"] == "100.0"
    assert found["coverage"]["policies"][0]["counts"]["conditions"] == {"seen": 2, "of": 2}
    assert ElementTree.fromstring(out.read_text(encoding="utf-8")).get("tests") == "3"
    code, text = run(str(folder), "--format", "junit")
    assert (code, ElementTree.fromstring(text).tag) == (0, "testsuites")


def test_the_table_of_coverage_and_the_least(tmp_path: Path) -> None:
    text = CASES[: CASES.index("  a_better_wage:")]
    folder = write(tmp_path, text, POLICY.replace("pupils >= least_pupils", "pupils >= least_pupils or pupils > 900"))
    code, shown = run(str(folder), "--coverage")
    assert code == 0
    assert all(len(line) <= 80 for line in shown.splitlines() if str(tmp_path) not in line)
    lines = shown.splitlines()
    assert lines[2].split() == ["policy", "conditions", "rules", "dated", "all"]
    assert lines[3].split() == ["xx/grants", "75.0%", "100.0%", "100.0%", "90.9%"]
    assert "criteria.district.large_enough `pupils > 900`: never true" in " ".join(shown.split())
    assert run(str(folder), "--fail-under", "90.9")[0] == 0
    assert run(str(folder), "--fail-under", "91")[0] == 1
    assert run(str(folder), "--fail-under", "most")[0] == 2
