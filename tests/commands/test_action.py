"""action.yml: its shape, and its shell steps run in a repository with a pull request, with a `gh` that stands in."""

from __future__ import annotations

import json
import os
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.commands.branch import LIST, RAISED, commit, git, make_branch, write
from tests.commands.stand_ins import put
from tests.commands.workflow_step import EXPRESSION, Runner
from tests.house.checkout import ROOT
from tests.small_state import POLICY

ACTION: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
STEPS: list[dict[str, Any]] = ACTION["runs"]["steps"]
SHELL = [step for step in STEPS if "run" in step]


def test_shape() -> None:
    assert ACTION["runs"]["using"] == "composite"
    assert {"policies", "data", "against", "comment", "version"} <= ACTION["inputs"].keys()
    assert all({"description", "default"} == set(one) for one in ACTION["inputs"].values())
    assert all(isinstance(one["default"], str) for one in ACTION["inputs"].values())
    assert [step["name"] for step in STEPS if "uses" in step] == ["Set up Python", "Keep the whole page"]


def test_only_actions_of_github_pinned_to_a_commit() -> None:
    text = (ROOT / "action.yml").read_text(encoding="utf-8")
    used = re.findall(r"uses: (.*)", text)
    assert used and all(re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", one) for one in used)


def test_no_input_is_ever_part_of_a_shell_text() -> None:
    assert all("${{" not in step["run"] and step["shell"] == "bash" for step in SHELL)
    known = {f"inputs.{name}" for name in ACTION["inputs"]} | {f"steps.{s['id']}.outputs" for s in STEPS if "id" in s}
    said = EXPRESSION.findall((ROOT / "action.yml").read_text(encoding="utf-8"))
    names = {name for one in said for name in re.findall(r"(?:inputs\.[\w-]+|steps\.\w+\.outputs)", one)}
    assert names <= known and {f"inputs.{name}" for name in ACTION["inputs"]} - names == {
        "inputs.comment",
        "inputs.test",
    }


def test_the_page_says_every_input_and_pins_what_it_uses() -> None:
    page = (ROOT / "docs" / "pull-requests.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^\| `([a-z-]+)` \|", page, re.MULTILINE)) == ACTION["inputs"].keys()
    (workflow,) = [yaml.safe_load(text) for text in re.findall(r"^```yaml\n(name:.*?)^```", page, re.M | re.S)]
    checkout, ours = workflow["jobs"]["policy"]["steps"]
    assert re.fullmatch(r"actions/checkout@[0-9a-f]{40}", checkout["uses"]) and checkout["with"] == {"fetch-depth": 0}
    assert ours["with"].keys() <= ACTION["inputs"].keys()
    assert workflow["permissions"] == {"contents": "read", "pull-requests": "write"}


@pytest.mark.parametrize("step", SHELL, ids=lambda step: step["name"])
def test_shell_that_can_be_read(step: dict[str, Any]) -> None:
    done = subprocess.run(["bash", "-n"], input=step["run"], text=True, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.fixture
def runner(tmp_path: Path) -> Runner:
    """A pull request from `work` to `main`, as `actions/checkout` with the whole history leaves it."""
    workspace = tmp_path / "policies of xx"
    workspace.mkdir()
    make_branch(workspace)
    stand_ins = put(tmp_path / "bin", ROOT / "cli.py")
    context = {f"inputs.{name}": one["default"] for name, one in ACTION["inputs"].items()}
    context |= {
        "inputs.test": "no",
        "github.action_path": str(ROOT), "github.token": "a-token", "github.event.pull_request.number": "7",
        "github.event.pull_request.base.sha": git(workspace, "rev-parse", "main").strip(),
        "github.server_url": "https://github.example.gov", "github.repository": "xx/policies", "github.run_id": "1",
    }  # fmt: skip
    return Runner(workspace, tmp_path / "temp", context, [str(stand_ins), *os.environ["PATH"].split(os.pathsep)])


COMPARED = ("Install Specie", "Compare", "Comment", "Result")
"""What a test runs that is about the comment: each start of the program takes a second."""


def run_all(runner: Runner, names: tuple[str, ...] = ()) -> tuple[int, str]:
    """Run the shell steps (or those of `names`) in order, until one fails; with what code, and what they printed."""
    printed = ""
    for step in SHELL:
        if names and step["name"] not in names:
            continue
        if "if" in step and not runner.holds(step["if"]):
            continue
        if step["name"] == "Install Specie" and (runner.temp / "specie-bin").exists():
            continue
        done = runner.run(step)
        printed += done.stdout + done.stderr
        if done.returncode:
            return done.returncode, printed
    return 0, printed


def comments(runner: Runner) -> list[str]:
    file = runner.temp.parent / "bin" / "comments"
    return [one["body"] for one in json.loads(file.read_text())] if file.exists() else []


def test_a_pull_request_has_one_comment_that_is_updated(runner: Runner) -> None:
    commit(runner.workspace, "raise", wages=RAISED)
    code, printed = run_all(runner)
    assert code == 0, printed
    (first,) = comments(runner)
    assert first.startswith("<!-- specie: changed policies policies -->\n") and "$40,000 to $42,000" in first
    assert runner.page == first and runner.context["steps.diff.outputs.differs"] == "yes"
    installed = (runner.temp.parent / "bin" / "installed").read_text()
    assert installed == f"--disable-pip-version-check --quiet install --require-hashes -r {ROOT}/requirements/run.txt\n"
    commit(runner.workspace, "raise more", wages=RAISED.replace("$42,000", "$44,000"))
    code, printed = run_all(runner, COMPARED)
    assert code == 0, printed
    (second,) = comments(runner)
    assert "$40,000 to $44,000" in second
    git(runner.workspace, "revert", "--no-edit", "HEAD", "HEAD~1")
    assert run_all(runner, COMPARED)[0] == 0
    (third,) = comments(runner)
    assert "**No policy changes its meaning.**" in third and runner.context["steps.diff.outputs.differs"] == "no"


def test_a_comment_of_somebody_else_is_left_alone(runner: Runner) -> None:
    theirs = "<!-- specie: changed policies policies -->\nmine"
    store = runner.temp.parent / "bin" / "comments"
    store.write_text(json.dumps([{"id": 1, "login": "somebody", "body": theirs}]))
    commit(runner.workspace, "raise", wages=RAISED)
    assert run_all(runner, COMPARED)[0] == 0
    assert comments(runner)[0] == theirs and len(comments(runner)) == 2


def test_where_nothing_changes_nothing_is_said(runner: Runner) -> None:
    write(runner.workspace, "notes.md", "said")
    commit(runner.workspace, "notes")
    assert run_all(runner, COMPARED)[0] == 0 and comments(runner) == []


@pytest.mark.parametrize("forbidden", ["POST", "GET POST"])
def test_a_fork_without_permission_has_it_on_the_page_of_the_run(forbidden: str, runner: Runner) -> None:
    runner.env["FORBIDDEN"] = forbidden
    commit(runner.workspace, "raise", wages=RAISED)
    code, printed = run_all(runner, COMPARED)
    assert code == 0 and "::notice title=specie::" in printed and comments(runner) == []
    assert "$40,000 to $42,000" in runner.page


def test_without_a_comment_or_a_pull_request(runner: Runner) -> None:
    runner.context["inputs.comment"] = "no"
    commit(runner.workspace, "raise", wages=RAISED)
    assert run_all(runner, COMPARED)[0] == 0 and comments(runner) == [] and "$42,000" in runner.page
    for name in ("base.sha", "number"):
        del runner.context[f"github.event.pull_request.{name}"]
    code, printed = run_all(runner, COMPARED)
    assert code == 0 and "nothing is compared" in printed
    runner.context |= {"inputs.comment": "yes", "inputs.against": "main"}
    assert run_all(runner, COMPARED)[0] == 0 and comments(runner) == []


def test_cases_are_run(runner: Runner) -> None:
    runner.context["inputs.test"] = "yes"
    code, printed = run_all(runner, CASES_ONLY)
    assert code == 1 and "error[Y073]" in printed
    write(runner.workspace, "policies/xx/alone.cases.yaml", CASES)
    code, printed = run_all(runner, CASES_ONLY)
    assert code == 0 and "1 case passed" in printed, printed
    write(runner.workspace, "policies/xx/alone.cases.yaml", CASES.replace("not_met", "met"))
    code, printed = run_all(runner, CASES_ONLY)
    assert code == 1 and "::error title=specie test::" in printed


CASES_ONLY = ("Install Specie", "Test", "Result")
CASES = """\
cases_of: xx/alone
title: At the floor
as_of: 2026-07-01
given:
  area:
    - code: US-XX
  occupation: |
    | code    | title   |
    | 51-4121 | Welders |
  labor_market: |
    | occupation | area  | annual_median |
    | 51-4121    | US-XX | $43,899/year  |
cases:
  below:
    title: A dollar less is not enough
    expect:
      occupation:
        51-4121:
          good_job: not_met
"""


def test_with_data_it_says_who_is_concerned(runner: Runner) -> None:
    runner.context |= {"inputs.policies": "welding.yaml\n\n", "inputs.data": "data"}
    write(runner.workspace, "welding.yaml", POLICY.replace("limit: 2", "limit: 1"))
    commit(runner.workspace, "shorter")
    code, printed = run_all(runner, COMPARED)
    assert code == 0, printed
    assert "1 of 2 occupations leaves the list" in comments(runner)[0]


def test_faults_are_annotated_and_the_worst_code_is_the_last_word(runner: Runner) -> None:
    commit(runner.workspace, "break", list=LIST.replace("annual_median", "anual_median"), wages=RAISED + "\n\n")
    code, printed = run_all(runner)
    assert code == 1 and "::error file=policies/xx/list.yaml,line=" in printed and "N001" in printed
    assert (
        "::error title=specie fmt::" in printed and "it has 1 error, so it could not be compared" in comments(runner)[0]
    )


def test_warnings_count_where_they_are_asked_to(runner: Runner) -> None:
    assert run_all(runner, ("Install Specie", "Check", "Result"))[0] == 0
    runner.context["inputs.strict"] = "yes"
    assert run_all(runner, ("Install Specie", "Check", "Result"))[0] == 1


def test_a_shallow_checkout_fetches_what_it_needs(runner: Runner, tmp_path: Path) -> None:
    commit(runner.workspace, "raise", wages=RAISED)
    commit(runner.workspace, "comment", list=LIST + "# said\n")
    git(tmp_path, "clone", "-q", "--depth", "1", "--branch", "work", f"file://{runner.workspace}", "shallow")
    origin, runner.workspace = runner.workspace, tmp_path / "shallow"
    assert run_all(runner, COMPARED)[0] == 0 and "$40,000 to $42,000" in comments(runner)[0]
    git(runner.workspace, "remote", "set-url", "origin", str(origin))
    runner.context["inputs.against"] = "main"
    assert run_all(runner, COMPARED)[0] == 0 and len(comments(runner)) == 1
    runner.context["inputs.against"] = "nowhere"
    code, printed = run_all(runner, COMPARED)
    assert code == 1 and "error[X051]" in printed


def test_another_version(runner: Runner) -> None:
    runner.context["inputs.version"] = "0.1.0"
    assert runner.run(SHELL[0]).returncode == 0
    assert "install specie==0.1.0" in (runner.temp.parent / "bin" / "installed").read_text()
    assert (runner.temp / "specie-bin" / "specie").read_text().endswith('specie-env/bin/specie "$@"\n')
    for text in ("0.1; touch hit", "$(touch hit)", "--pre", "0.1.0 evil"):
        runner.context["inputs.version"] = text
        assert runner.run(SHELL[0]).returncode != 0 and not any(runner.temp.rglob("hit"))


def test_what_users_give_is_no_command(runner: Runner) -> None:
    runner.context["inputs.policies"] = "policies\n$(touch hit)\n`touch hit`; touch hit"
    runner.context["inputs.against"] = "main; touch hit"
    code, _ = run_all(runner, COMPARED)
    assert code == 1 and not any(runner.temp.parent.rglob("hit"))
