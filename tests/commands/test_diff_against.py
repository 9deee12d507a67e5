"""`specie diff --against`: which policies of a repository it speaks of, what it says of each, and its exit codes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from engine.commands.exit import Exit
from engine.text.repository import FileChange, status_pairs
from tests.commands.branch import FAR, LIST, RAISED, WAGES, commit, git, make_branch, write
from tests.small_state import POLICY, specie, too_wide


@pytest.fixture
def branch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    return make_branch(tmp_path)


def found(*words: str) -> dict[str, dict[str, Any]]:
    run = specie("diff", "--against", "main", "--format", "json", *words)
    assert run.exit_code == Exit.DONE, run.stderr
    return {one["path"]: one for one in json.loads(run.stdout)["policies"]}


def test_nothing_changed(branch: Path) -> None:
    write(branch, "notes.txt", "no policy")
    run = specie("diff", "--against", "main", "--exit-code")
    assert (run.exit_code, run.stdout.splitlines()[0]) == (Exit.DONE, "No policy changes its meaning.")
    assert found() == {}


def test_what_extends_a_changed_policy_changes_too_at_any_distance(branch: Path) -> None:
    commit(branch, "raise", wages=RAISED)
    policies = found()
    assert {path: (one["status"], one["through"]) for path, one in policies.items()} == {
        "policies/xx/far.yaml": ("inherited", ["policies/xx/list.yaml"]),
        "policies/xx/list.yaml": ("inherited", ["policies/xx/wages.yaml"]),
        "policies/xx/wages.yaml": ("changed", []),
    }
    (edit,) = policies["policies/xx/far.yaml"]["diff"]["edits"]
    assert (edit["class"], edit["before"], edit["after"]) == ("tightened", "$40,000", "$42,000")
    assert edit["effects"][0]["rule"] == "criteria.labor_market.pays"


def test_added_removed_and_moved_policies_are_said(branch: Path) -> None:
    git(branch, "mv", "policies/xx/alone.yaml", "policies/xx/single.yaml")
    commit(branch, "move", list=None, far=None, fresh=WAGES.replace("xx/wages", "xx/fresh"))
    assert {path: (one["status"], one["old_path"]) for path, one in found().items()} == {
        "policies/xx/far.yaml": ("removed", "policies/xx/far.yaml"),
        "policies/xx/fresh.yaml": ("added", None),
        "policies/xx/list.yaml": ("removed", "policies/xx/list.yaml"),
        "policies/xx/single.yaml": ("moved", "policies/xx/alone.yaml"),
    }
    run = specie("diff", "--against", "main", "--exit-code")
    said = " ".join(run.stdout.split())
    assert run.exit_code == Exit.DIFFERS and too_wide(run.stdout) == []
    assert said.startswith("1 policy is new, 2 are removed.")
    assert "- policies/xx/fresh.yaml, new: Wages, with 1 parameter." in said
    assert "- policies/xx/list.yaml, removed: List, with 1 parameter and 1 criterion." in said
    assert "no meaning: policies/xx/single.yaml." in said


def test_what_is_not_committed_counts_and_what_others_did_does_not(branch: Path) -> None:
    git(branch, "checkout", "-q", "main")
    commit(branch, "others", alone=POLICY.replace("xx/welding", "xx/alone").replace("$43,900", "$1"))
    git(branch, "checkout", "-q", "work")
    write(branch, "policies/xx/wages.yaml", RAISED)
    write(branch, "policies/xx/fresh.yaml", WAGES.replace("xx/wages", "xx/fresh"))
    assert [*found()] == [f"policies/xx/{name}.yaml" for name in ("far", "fresh", "list", "wages")]


def test_paths_narrow_it_and_it_works_below_the_top(branch: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    commit(branch, "raise", wages=RAISED)
    write(branch, "welding.yaml", POLICY.replace("$43,900", "$45,000"))
    assert [*found("welding.yaml")] == ["welding.yaml"]
    monkeypatch.chdir(branch / "policies" / "xx")
    assert [*found("list.yaml")] == ["policies/xx/list.yaml"] and [*found("../../welding.yaml")] == ["welding.yaml"]
    run = specie("diff", "--against", "main", "wages.yaml", "--format", "markdown")
    assert run.stdout.startswith("<!-- specie: changed policies wages.yaml -->\n")


def test_comments_and_layout_are_no_change(branch: Path) -> None:
    commit(branch, "comment", list="# read me\n" + LIST)
    run = specie("diff", "--against", "main", "--exit-code")
    assert run.exit_code == Exit.DONE and "no meaning: policies/xx/list.yaml." in run.stdout


def test_with_data_it_says_who_is_concerned(branch: Path) -> None:
    write(branch, "welding.yaml", POLICY.replace("$43,900", "$45,000").replace("limit: 2", "limit: 1"))
    diff = found("--data", "data")["welding.yaml"]["diff"]
    assert diff["compared"] == "text and results" and diff["outcome"]["list"]["listed"] == {"before": 2, "after": 1}
    text = specie("diff", "--against", "main", "--data", "data").stdout
    assert "only the text" not in text.lower() and "1 of 2 occupations leaves the list" in " ".join(text.split())


def test_data_at_fault_are_1_and_the_text_is_compared(branch: Path) -> None:
    write(branch, "welding.yaml", POLICY.replace("limit: 2", "limit: 1"))
    write(branch, "data/labor_markets.csv", "occupation,area,annual_median\n51-4121,US-XX,much\n")
    run = specie("diff", "--against", "main", "--data", "data")
    said = " ".join(run.stdout.split())
    assert run.exit_code == Exit.ERRORS and "error[D" in run.stderr
    assert "only the text was compared" in said.lower() and "The data are at fault, so it was not run." in said


def test_totals_are_of_two_versions(branch: Path) -> None:
    run = specie("diff", "--against", "main", "--data", "data", "--totals")
    assert run.exit_code == Exit.USAGE and "--totals compares two versions" in " ".join(run.stderr.split())


def test_one_comment_for_all_with_its_tag_first_and_the_warning(branch: Path) -> None:
    commit(branch, "raise", wages=RAISED)
    write(branch, "welding.yaml", POLICY.replace("$43,900", "$45,000"))
    text = specie("diff", "--against", "main", "--format", "markdown").stdout
    assert text.splitlines()[0] == "<!-- specie: changed policies -->" and text.count("<!--") == 1
    assert "**2 policies are changed, 2 are changed through what they extend.**" in text
    assert text.count("**Only the text was compared") == 1
    assert "#### What is edited (welding.yaml)" in text and "#### What is edited (policies/xx/far.yaml)" in text


def test_a_policy_at_fault_is_1_and_does_not_silence_the_others(branch: Path) -> None:
    commit(branch, "break", list=LIST.replace("annual_median", "anual_median"), wages=RAISED)
    run = specie("diff", "--against", "main")
    said = " ".join(run.stdout.split())
    assert run.exit_code == Exit.ERRORS and "error[N001]" in run.stderr and run.stderr.count("error[N001]") == 1
    assert "list.yaml, changed (policies/xx/wages.yaml): it has 1 error, so it could not be compared;" in said
    assert "equivalent" in said


def test_a_fault_that_is_mended_is_none(branch: Path) -> None:
    git(branch, "checkout", "-q", "main")
    commit(branch, "break", list=LIST.replace("annual_median", "anual_median"))
    git(branch, "checkout", "-q", "-b", "mend")
    commit(branch, "mend", list=LIST)
    run = specie("diff", "--against", "main", "--exit-code", "policies/xx/list.yaml")
    assert run.exit_code == Exit.DIFFERS and "the old text has 1 error, so what changes is not known" in " ".join(
        run.stdout.split()
    )


def test_revisions_and_paths_that_are_not_there(branch: Path) -> None:
    for words, code in (
        (("--against", "nowhere"), "X051"),
        (("--against", "--all"), "X051"),
        (("--against", "main", "nothing.yaml"), "X052"),
        (("--against", "main", ".."), "X053"),
    ):
        run = specie("diff", *words)
        assert run.exit_code == Exit.ERRORS and f"error[{code}]" in run.stderr and run.stdout == "", words
    git(branch, "checkout", "-q", "--orphan", "other")
    git(branch, "commit", "-qm", "other")
    run = specie("diff", "--against", "main")
    assert run.exit_code == Exit.ERRORS and "error[X054]" in run.stderr and "--unshallow" in run.stderr


def test_a_folder_that_is_no_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    run = specie("diff", "--against", "main")
    assert run.exit_code == Exit.ERRORS and "error[X050]" in run.stderr


@pytest.mark.parametrize("words", [(), ("one.yaml",), ("one.yaml", "two.yaml", "three.yaml")])
def test_without_a_revision_two_policies_are_named(words: tuple[str, ...]) -> None:
    run = specie("diff", *words)
    assert run.exit_code == Exit.USAGE and "name two policies" in run.stderr


def test_what_git_lists_of_files() -> None:
    fields = ["M", "a", "A", "b", "D", "c", "R100", "d", "e", "C90", "f", "g"]
    assert status_pairs(fields) == [
        FileChange("a", "a"), FileChange("", "b"), FileChange("c", ""), FileChange("d", "e"), FileChange("", "g"),
    ]  # fmt: skip
    assert FAR.endswith("extends: [xx/list]\n")
