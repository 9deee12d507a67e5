"""`docs/tutorial-new-state.md`, followed from its first block to its last: files are written, commands print what it
says. A page does not show which file a block is for, so the words before it have to."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from tests.house.checkout import ROOT
from tests.small_state import specie

PAGE = ROOT / "docs" / "tutorial-new-state.md"
BLOCKS = re.findall(
    r"(?:\A|^```$)(.*?)^```(\w+)(?: (\S+))?\n(.*?)(?=^```$)", PAGE.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE
)
LEFT_OUT = "…"


def test_every_block_is_followed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    (tmp_path / "data").mkdir()
    ran = 0
    assert len(BLOCKS) == PAGE.read_text(encoding="utf-8").count("\n```") / 2
    for before, kind, name, text in BLOCKS:
        if kind == "console":
            ran += console(text)
        elif kind == "diff":
            assert f"`{name}`" in before, f"which file is changed?\n{text}"
            change(tmp_path / name, text)
        else:
            assert name, text
            file = tmp_path / name
            there = file.read_text(encoding="utf-8") if file.exists() else ""
            assert (f"end of `{name}`" if there else f"`{name}`") in " ".join(before.split()), f"which file?\n{text}"
            joint = "\n" if there and not text.startswith(" ") else ""  # a blank line between sections
            file.write_text(there + joint + text, encoding="utf-8")
    assert ran >= 14
    assert (tmp_path / "run-2027" / "payments.csv").is_file()


def change(file: Path, text: str) -> None:
    """Apply a block of lines with `-`, `+` and, where it goes, a blank before them."""
    lines = text.splitlines()
    old = "".join(f"{line[1:]}\n" for line in lines if not line.startswith("+"))
    new = "".join(f"{line[1:]}\n" for line in lines if not line.startswith("-"))
    whole = file.read_text(encoding="utf-8")
    assert whole.count(old) == 1, old
    file.write_text(whole.replace(old, new), encoding="utf-8")


def console(text: str) -> int:
    """Run the commands of a block and hold what they print against what it says. Returns how many there were."""
    commands = re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]
    for one in commands:
        command, *expected = one.splitlines()
        program, *arguments = shlex.split(command)
        assert program == "specie"
        result = specie(*arguments)
        printed = [line.rstrip() for line in result.stdout.rstrip("\n").splitlines()]
        assert fits(expected, printed), f"$ {command}\n{result.stdout}{result.stderr}"
    return len(commands)


def fits(expected: list[str], printed: list[str]) -> bool:
    """Whether the lines are those expected, where `…` stands for any number of lines."""
    if not expected:
        return not printed
    if expected[0] == LEFT_OUT:
        return any(fits(expected[1:], printed[start:]) for start in range(len(printed) + 1))
    return printed[:1] == [expected[0].rstrip()] and fits(expected[1:], printed[1:])
