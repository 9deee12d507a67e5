"""`specie log`: a sentence for each commit, moved files followed, what a policy extends looked at too."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from engine.commands.exit import Exit
from tests.commands.branch import LIST, RAISED, WAGES, commit, git, make_branch
from tests.small_state import specie, too_wide


@pytest.fixture
def branch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    return make_branch(tmp_path)


def sentences(name: str, *words: str) -> list[tuple[str, str]]:
    return [(one["subject"], one["sentence"]) for one in record(name, *words)["entries"]]


def record(name: str, *words: str) -> dict[str, Any]:
    run = specie("log", f"policies/xx/{name}.yaml", "--format", "json", *words)
    assert run.exit_code == Exit.DONE, run.stderr
    found: dict[str, Any] = json.loads(run.stdout)
    return found


def test_each_commit_newest_first_with_what_it_means(branch: Path) -> None:
    commit(branch, "raise", wages=RAISED)
    commit(branch, "say", wages="# wages\n" + RAISED)
    commit(branch, "retitle", wages=RAISED.replace("title: Wages", "title: Pay"))
    commit(branch, "elsewhere", alone=None)
    assert sentences("wages") == [
        ("retitle", "No result changes: 1 edit (cosmetic)."),
        ("say", "No change of meaning: layout or comments only."),
        ("raise", "No result changes: 1 edit (equivalent)."),
        ("first", "The policy begins: Wages, with 1 parameter."),
    ]


def test_text_has_the_day_the_revision_and_the_subject(branch: Path) -> None:
    commit(branch, "raise \x1b[31mthe floor", wages=RAISED)
    run = specie("log", "policies/xx/list.yaml")
    commits = git(branch, "log", "--format=%h", "--abbrev=12").split()
    assert run.exit_code == Exit.DONE and too_wide(run.stdout) == [] and "\x1b" not in run.stdout
    assert run.stdout.splitlines() == [
        f"2026-03-01  {commits[0]}  raise [31mthe floor",
        "    Through policies/xx/wages.yaml: raises the wage floor from $40,000 to",
        "      $42,000 as of 2024-07-01 (tightened).",
        f"2026-03-01  {commits[1]}  first",
        "    The policy begins: List, with 1 parameter and 1 criterion.",
    ]


def test_what_is_extended_counts_at_any_distance_and_only_where_it_changes_something(branch: Path) -> None:
    commit(branch, "raise", wages=RAISED)
    commit(branch, "comment", wages=RAISED + "# said\n")
    assert [subject for subject, _ in sentences("far")] == ["raise", "first"]
    commit(branch, "leave", far=LIST.replace("xx/list", "xx/far").replace("extends: [xx/wages]\n", WAGES[17:]))
    commit(branch, "lower", wages=WAGES)
    assert [subject for subject, _ in sentences("far")] == ["leave", "raise", "first"]


def test_a_file_that_moved_is_followed_and_one_that_is_gone_has_a_history(branch: Path) -> None:
    git(branch, "mv", "policies/xx/wages.yaml", "policies/xx/floor.yaml")
    git(branch, "commit", "-qm", "move")
    git(branch, "rm", "-q", "policies/xx/list.yaml")
    git(branch, "commit", "-qm", "remove")
    entries = record("floor")["entries"]
    assert [(one["status"], one["path"]) for one in entries] == [
        ("moved", "policies/xx/floor.yaml"),
        ("added", "policies/xx/wages.yaml"),
    ]
    assert entries[0]["sentence"] == "Moved from policies/xx/wages.yaml; no change of meaning."
    assert sentences("list")[0] == ("remove", "The policy is removed.")


def test_a_merge_is_a_line_only_where_it_is_like_neither_side(branch: Path) -> None:
    commit(branch, "raise", wages=RAISED)
    git(branch, "checkout", "-q", "main")
    commit(branch, "retitle", wages=WAGES.replace("title: Wages", "title: Pay"))
    git(branch, "merge", "-q", "work", "-m", "join")
    entries = record("wages")["entries"]
    assert [(one["subject"], one["merge"]) for one in entries if one["merge"]] == [("join", True)]
    assert {one["subject"] for one in entries} == {"join", "raise", "retitle", "first"}
    assert entries[0]["sentence"] == "Merge: no result changes: 1 edit (equivalent)."


def test_a_text_that_cannot_be_read_today_is_said(branch: Path) -> None:
    commit(branch, "break", list=LIST.replace("annual_median", "anual_median"))
    commit(branch, "mend", list=LIST)
    mended, broken, _ = record("list")["entries"]
    assert "not known, since one side has 1 error as policies are read today (N001:" in mended["sentence"]
    assert broken["faults"][0]["code"] == "N001" and broken["diff"] is None


def test_a_limit(branch: Path) -> None:
    for count in range(3):
        commit(branch, f"comment {count}", wages=WAGES + f"# {count}\n")
    assert len(sentences("wages", "--limit", "4")) == 4 and record("wages", "--limit", "4")["more"] is False
    found = record("wages", "-n", "2")
    assert [one["subject"] for one in found["entries"]] == ["comment 2", "comment 1"] and found["more"] is True
    assert "There are older commits; --limit N shows more." in specie("log", "policies/xx/wages.yaml", "-n1").stdout


def test_a_clone_without_its_history_says_so(branch: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    commit(branch, "raise", wages=RAISED)
    git(branch, "clone", "-q", "--depth", "1", f"file://{branch}", "shallow")
    monkeypatch.chdir(branch / "shallow")
    run = specie("log", "policies/xx/wages.yaml")
    assert run.exit_code == Exit.DONE and "`git fetch --unshallow` brings what is older." in " ".join(
        run.stdout.split()
    )


def test_where_there_is_no_history(branch: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (branch / "fresh.yaml").write_text(WAGES, encoding="utf-8")
    for path, code in (("fresh.yaml", "X055"), ("nothing.yaml", "X055"), ("../other.yaml", "X053")):
        run = specie("log", path)
        assert run.exit_code == Exit.ERRORS and f"error[{code}]" in run.stderr and run.stdout == "", path
    monkeypatch.chdir(branch.parent)
    run = specie("log", "fresh.yaml")
    assert run.exit_code == Exit.ERRORS and "error[X050]" in run.stderr
