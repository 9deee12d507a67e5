"""`specie git-diff` as `git diff` and `git difftool` call it, in a repository that is set up as the page says."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from engine.commands.exit import Exit
from tests.commands.branch import LIST, RAISED, WAGES, commit, git, make_branch, write
from tests.house.checkout import ROOT
from tests.small_state import POLICY, specie

COMMAND = f"{shlex.quote(sys.executable)} {shlex.quote(str(ROOT / 'cli.py'))} git-diff"


@pytest.fixture
def branch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A branch on which Git is told of specie, and a policy is changed."""
    make_branch(tmp_path)
    write(tmp_path, ".gitattributes", "*.yaml diff=specie\n*.cases.yaml !diff\n")
    commit(tmp_path, "attributes")
    git(tmp_path, "config", "diff.specie.command", COMMAND)
    git(tmp_path, "config", "difftool.specie.cmd", f'{COMMAND} "$MERGED" "$LOCAL" "$REMOTE"')
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_git_diff_says_what_changes_in_meaning(branch: Path) -> None:
    write(branch, "welding.yaml", POLICY.replace("$43,900", "$45,000"))
    write(branch, "policies/xx/list.yaml", "# said\n" + LIST)
    shown = git(branch, "diff")
    assert shown.startswith(
        "diff --specie a/policies/xx/list.yaml b/policies/xx/list.yaml\n"
        "No change of meaning: layout or comments only.\n"
        "diff --specie a/welding.yaml b/welding.yaml\n"
        "a/welding.yaml → b/welding.yaml: 1 edit (1 tightened).\n"
    )
    assert "  $43,900 → $45,000\n  tightens criterion good_job\n" in shown
    git(branch, "add", "-A")
    assert git(branch, "diff") == "" and git(branch, "diff", "--cached") == shown
    assert "@@" in git(branch, "diff", "--cached", "--no-ext-diff")


def test_between_two_revisions_with_what_the_policy_extends(branch: Path) -> None:
    stricter = LIST.replace("annual_median >= wage_floor", "annual_median > wage_floor")
    commit(branch, "stricter", list=stricter)
    shown = git(branch, "diff", "HEAD~1", "HEAD")
    assert "tightened: criteria.labor_market.pays" in shown and "error" not in shown
    assert git(branch, "show", "--ext-diff", "--format=", "HEAD") == shown
    assert git(branch, "diff", "HEAD~1", "HEAD", "--", "welding.yaml") == ""


def test_a_file_that_moved_that_came_and_that_went(branch: Path) -> None:
    git(branch, "mv", "policies/xx/wages.yaml", "policies/xx/floor.yaml")
    git(branch, "rm", "-q", "policies/xx/far.yaml")
    write(branch, "policies/xx/fresh.yaml", WAGES)
    git(branch, "add", "-A")
    shown = git(branch, "diff", "--cached", "--find-renames")
    assert (
        "diff --specie a/policies/xx/wages.yaml b/policies/xx/floor.yaml\nNo change" in shown
        or "diff --specie a/policies/xx/wages.yaml b/policies/xx/fresh.yaml\nNo change" in shown
    )
    assert "--- a/policies/xx/far.yaml\n+++ /dev/null\n" in shown and "--- /dev/null\n+++ b/policies/xx/f" in shown


def test_what_is_no_policy_or_has_errors_is_shown_in_lines(branch: Path) -> None:
    with (branch / "data" / "dataset.yaml").open("a", encoding="utf-8") as file:
        file.write("made_up: true\n")
    write(branch, "welding.yaml", POLICY.replace("annual_median >= wage_floor", "anual_median >= wage_floor"))
    shown = git(branch, "diff")
    assert "--- a/data/dataset.yaml\n+++ b/data/dataset.yaml\n" in shown and "\n+made_up: true\n" in shown
    assert "b/welding.yaml has 1 error (N001:" in shown and "\n-      test: statewide_market.annual_median >=" in shown
    write(branch, "welding.yaml", "\x00\xff not a text")
    assert "+++ b/welding.yaml" in git(branch, "diff", "--", "welding.yaml")


def test_a_conflict(branch: Path) -> None:
    commit(branch, "raise", wages=RAISED)
    git(branch, "checkout", "-q", "-b", "other", "HEAD~1")
    commit(branch, "raise more", wages=WAGES.replace("$40,000", "$43,000"))
    with pytest.raises(subprocess.CalledProcessError):
        git(branch, "merge", "-q", "work")
    assert "(Y027:" in git(branch, "diff", "HEAD", "--", "policies/xx/wages.yaml")
    assert "* Unmerged path policies/xx/wages.yaml" in git(branch, "diff", "--cached")


@pytest.mark.parametrize("folder", ["", "policies"])
def test_git_difftool(folder: str, branch: Path) -> None:
    write(branch, "policies/xx/list.yaml", LIST.replace("annual_median >= wage_floor", "annual_median > wage_floor"))
    shown = git(branch / folder, "difftool", "--no-prompt", "--tool", "specie")
    assert "tightened: criteria.labor_market.pays" in shown and "lines are compared" not in shown


def test_a_name_is_never_a_command(branch: Path) -> None:
    name = "policies/xx/$(touch hit); touch hit.yaml"
    write(branch, name, WAGES)
    git(branch, "add", "-A")
    git(branch, "commit", "-qm", "odd")
    write(branch, name, RAISED)
    assert "$40,000 → $42,000" in git(branch, "diff") and not any(branch.rglob("hit"))
    assert "$40,000 → $42,000" in git(branch, "difftool", "-y", "-t", "specie") and not any(branch.rglob("hit"))


def test_people_are_told_of_diff(branch: Path) -> None:
    run = specie("git-diff", "one.yaml", "two.yaml")
    assert run.exit_code == Exit.USAGE and "specie diff OLD NEW" in run.stderr
    assert "git-diff" not in specie("--help").stdout and os.sep in COMMAND
