"""`specie fmt`: what it writes, what it leaves, and how it ends."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from engine import api
from engine.commands.exit import Exit
from tests.house.checkout import ROOT
from tests.small_state import specie

UGLY = "policy:  xx/a\ntitle: 'A'   # why\n"
NICE = "policy: xx/a\ntitle: A  # why\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "policies" / ".hidden").mkdir(parents=True)
    for name in ("a.yaml", ".hidden/b.yaml"):
        (tmp_path / "policies" / name).write_text(UGLY, encoding="utf-8")
    (tmp_path / "policies" / "nice.yaml").write_text(NICE, encoding="utf-8")
    (tmp_path / "policies" / "other.yaml").write_text("jobs:   {}\n", encoding="utf-8")
    return tmp_path / "policies"


def test_it_writes_what_is_ours_and_nothing_else(folder: Path) -> None:
    os.chmod(folder / "a.yaml", 0o640)
    (folder.parent / "outside.yaml").write_text(UGLY, encoding="utf-8")
    (folder / "link.yaml").symlink_to(folder.parent / "outside.yaml")
    run = specie("fmt", "policies")
    assert (run.exit_code, run.stdout, run.stderr) == (Exit.DONE, "changed policies/a.yaml\n", "")
    assert (folder / "a.yaml").read_text(encoding="utf-8") == NICE
    assert (folder / "a.yaml").stat().st_mode & 0o777 == 0o640
    assert (folder / ".hidden/b.yaml").read_text(encoding="utf-8") == UGLY
    assert (folder.parent / "outside.yaml").read_text(encoding="utf-8") == UGLY
    assert (folder / "other.yaml").read_text(encoding="utf-8") == "jobs:   {}\n"
    assert {path.name for path in folder.iterdir()} == {"a.yaml", ".hidden", "nice.yaml", "other.yaml", "link.yaml"}
    assert specie("fmt", "policies").stdout == "2 files as they should be\n"


def test_check_writes_nothing_and_ends_with_1(folder: Path) -> None:
    run = specie("fmt", "--check", "policies")
    assert (run.exit_code, run.stdout) == (Exit.ERRORS, "would change policies/a.yaml\n")
    assert (folder / "a.yaml").read_text(encoding="utf-8") == UGLY
    assert specie("fmt", "--check", "policies/nice.yaml").exit_code == Exit.DONE


def test_line_ends_stay_and_the_mark_at_the_beginning_goes(folder: Path) -> None:
    (folder / "a.yaml").write_bytes(b"\xef\xbb\xbf" + UGLY.replace("\n", "\r\n").encode())
    assert specie("fmt", "policies/a.yaml").exit_code == Exit.DONE
    assert (folder / "a.yaml").read_bytes() == NICE.replace("\n", "\r\n").encode()


def test_a_link_that_is_named_stays_a_link(folder: Path) -> None:
    (folder / "link.yaml").symlink_to(folder / "a.yaml")
    specie("fmt", "policies/link.yaml")
    assert (folder / "link.yaml").is_symlink()
    assert (folder / "a.yaml").read_text(encoding="utf-8") == NICE


def test_a_file_with_errors_is_left_and_the_others_are_formatted(folder: Path) -> None:
    (folder / "broken.yaml").write_text("policy:  xx/b\ntitle: 'x\n", encoding="utf-8")
    run = specie("fmt", "policies")
    assert run.exit_code == Exit.ERRORS
    assert "error[Y0" in run.stderr and run.stdout == "changed policies/a.yaml\n"
    assert (folder / "broken.yaml").read_text(encoding="utf-8") == "policy:  xx/b\ntitle: 'x\n"


@pytest.mark.parametrize(
    ("path", "code"), [("policies/other.yaml", "Y074"), ("policies/none.yaml", "Y002"), ("empty", "Y075")]
)
def test_what_cannot_be_formatted_is_said(path: str, code: str, folder: Path) -> None:
    (folder.parent / "empty").mkdir()
    run = specie("fmt", path)
    assert run.exit_code == Exit.ERRORS and f"error[{code}]" in run.stderr


def test_a_file_that_cannot_be_written_is_as_it_was(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("os.replace", refused)
    run = specie("fmt", "policies")
    assert run.exit_code == Exit.ERRORS and "error[Y076]" in run.stderr and run.stdout == ""
    assert (folder / "a.yaml").read_text(encoding="utf-8") == UGLY
    assert sorted(path.name for path in folder.iterdir()) == [".hidden", "a.yaml", "nice.yaml", "other.yaml"]


def test_a_fault_of_ours_leaves_the_file_and_ends_with_70(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("engine.syntax.format.lay_out", lambda *_: "policy: xx/other\n")
    run = specie("fmt", "policies/a.yaml")
    assert run.exit_code == Exit.OUR_FAULT
    assert run.stderr.startswith("specie: a fault of ours") and "would not say the same" in " ".join(run.stderr.split())
    assert (folder / "a.yaml").read_text(encoding="utf-8") == UGLY


def test_what_we_ship_has_the_layout() -> None:
    report = api.format([ROOT / "policies", ROOT / "examples"], write=False)
    assert (report.changed, report.diagnostics, report.faults) == ((), (), ())
    assert report.files > 80
