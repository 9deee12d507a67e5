"""`specie diff`: what it prints, its exit codes, and policies at revisions of a repository."""

from __future__ import annotations

import importlib.util
import json
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.commands.exit import Exit
from tests.commands.branch import LIST, WAGES
from tests.small_state import POLICY, specie, too_wide, write_state

RAISED = POLICY.replace("$43,900", "$45,000")


@pytest.fixture
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder with the small state and a second policy, in which the command is run."""
    write_state(tmp_path)
    (tmp_path / "raised.yaml").write_text(RAISED, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    yield tmp_path


def git(*words: str) -> None:
    named = ("-c", "user.name=A", "-c", "user.email=a@example.gov", "-c", "init.defaultBranch=main")
    subprocess.run(["git", *named, *words], check=True, capture_output=True)


def test_a_proof_without_the_solver_says_what_to_install(state: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    known = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name == "z3" else known(name))
    run = specie("diff", "welding.yaml", "raised.yaml", "--prove")
    assert run.exit_code == Exit.USAGE
    assert "proofs need: pipx install 'specie[prove]'" in run.output


def test_what_is_proved_is_said(state: Path) -> None:
    pytest.importorskip("z3")
    told = POLICY.replace("when: good_job", "when: good_job and (good_job or pay is known)")
    (state / "nested.yaml").write_text(told, encoding="utf-8")
    run = specie("diff", "welding.yaml", "nested.yaml", "--prove")
    assert run.exit_code == Exit.DONE
    assert "equivalent: priority_list.when" in run.output
    assert "proved: the same for every row" in run.output


@pytest.fixture
def repository(state: Path) -> Path:
    """The same as a repository: the policy, which extends another, is committed and then both are changed."""
    folder = state / "policies" / "xx"
    folder.mkdir(parents=True)
    (folder / "wages.yaml").write_text(WAGES, encoding="utf-8")
    (folder / "list.yaml").write_text(LIST, encoding="utf-8")
    git("init", "-q")
    git("add", "-A")
    git("commit", "-qm", "first")
    (folder / "wages.yaml").write_text(WAGES.replace("$40,000", "$42,000"), encoding="utf-8")
    return state


def test_a_policy_and_itself_say_the_same(state: Path) -> None:
    run = specie("diff", "welding.yaml", "welding.yaml", "--exit-code")
    assert (run.exit_code, run.stdout) == (Exit.DONE, "welding.yaml and welding.yaml say the same.\n")


def test_a_raised_floor_tightens_the_rules_that_use_it(state: Path) -> None:
    run = specie("diff", "welding.yaml", "raised.yaml")
    assert run.exit_code == Exit.DONE and not too_wide(run.stdout)
    assert "only the text was compared" in run.stdout
    assert "tightened: parameters.wage_floor.values.2026-07-01 (from 2026-07-01)\n  $43,900 → $45,000\n" in run.stdout
    assert "  tightens criterion good_job\n  and so tightens who qualifies for the list\n" in run.stdout


@pytest.mark.parametrize(("new", "code"), [("raised.yaml", Exit.DIFFERS), ("welding.yaml", Exit.DONE)])
def test_with_exit_code_a_difference_is_3(new: str, code: Exit, state: Path) -> None:
    assert specie("diff", "welding.yaml", new, "--exit-code").exit_code == code


def test_json_has_both_sides_and_their_places(state: Path) -> None:
    found = json.loads(specie("diff", "welding.yaml", "raised.yaml", "--format", "json").stdout)
    (edit,) = found["edits"]
    assert (found["class"], found["compared"], found["changes_results"]) == ("tightened", "text", True)
    assert (edit["before"], edit["after"], edit["from"]) == ("$43,900", "$45,000", "2026-07-01")
    assert edit["place_after"]["file"] == "raised.yaml"
    line = edit["place_after"]["line"]
    assert "$45,000" in (state / "raised.yaml").read_text(encoding="utf-8").splitlines()[line - 1]


def test_a_fault_in_either_file_is_1(state: Path) -> None:
    (state / "broken.yaml").write_text(POLICY.replace("annual_median", "anual_median"), encoding="utf-8")
    for words in (("broken.yaml", "welding.yaml"), ("welding.yaml", "broken.yaml")):
        run = specie("diff", *words)
        assert (run.exit_code, run.stdout) == (Exit.ERRORS, "") and "error[N001]" in run.stderr


def test_a_revision_is_read_with_what_it_extends_as_that_was_then(repository: Path) -> None:
    run = specie("diff", "HEAD:policies/xx/list.yaml", "policies/xx/list.yaml")
    assert run.exit_code == Exit.DONE, run.stderr
    assert "tightened: parameters.wage_floor.values.2024-07-01" in run.stdout and "$40,000 → $42,000" in run.stdout
    same = specie("diff", "main:policies/xx/list.yaml", "HEAD:policies/xx/list.yaml", "--exit-code")
    assert same.exit_code == Exit.DONE


def test_a_path_with_a_dot_begins_in_the_folder_one_is_in(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(repository / "policies" / "xx")
    assert specie("diff", "HEAD:./list.yaml", "list.yaml", "--exit-code").exit_code == Exit.DIFFERS
    assert specie("diff", "HEAD:../../welding.yaml", "../../welding.yaml", "--exit-code").exit_code == Exit.DONE


@pytest.mark.parametrize(
    ("old", "code"),
    [
        ("nowhere:policies/xx/list.yaml", "X051"), ("--all:policies/xx/list.yaml", "X051"),
        ("HEAD:list.yaml", "X052"), ("HEAD:../../../etc/passwd", "X053"), ("HEAD:/etc/passwd", "X053"),
    ],
)  # fmt: skip
def test_what_a_revision_does_not_have(old: str, code: str, repository: Path) -> None:
    run = specie("diff", "--", old, "policies/xx/list.yaml")
    assert run.exit_code == Exit.ERRORS and f"error[{code}]" in run.stderr and "Traceback" not in run.stderr


def test_a_folder_that_is_no_repository(state: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(state.parent))
    run = specie("diff", "HEAD:welding.yaml", "welding.yaml")
    assert run.exit_code == Exit.ERRORS and "error[X050]" in run.stderr


def test_a_machine_without_git(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    run = specie("diff", "HEAD:welding.yaml", "welding.yaml")
    assert run.exit_code == Exit.ERRORS and "the command `git` is not on this machine" in " ".join(run.stderr.split())


def test_a_drive_is_no_revision(state: Path) -> None:
    run = specie("diff", "C:/policies/list.yaml", "welding.yaml")
    assert run.exit_code == Exit.ERRORS and "error[Y002]" in run.stderr
