"""A simulation that is stopped keeps what is finished, and goes on from there to the same bytes."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import pytest

from engine import api
from engine.commands.exit import Exit
from engine.commands.progress import progress_of_parts
from engine.results.simulate.journal import Journal, Reading, Stopped
from engine.results.simulate.unfinished import JournalFile, remove_journal, unfinished_folder
from engine.text.errors import PolicyError
from tests.house.checkout import ROOT
from tests.small_state import POLICY, specie, write_state

SCENARIO = """\
scenario: floors
sweep:
  wage_floor:
    - $39,000
    - $43,900
    - $47,000
    - $239,201
find:
  two_listed:
    parameter: wage_floor
    so_that: listed = 2
    from: $30,000
    to: $60,000
    step: $10,000
"""
WORDS = ("simulate", "welding.yaml", "floors.scenario.yaml", "--data", "data", "--out", "out")


@pytest.fixture
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    write_state(tmp_path, policy=POLICY.replace("  limit: 2\n", ""))
    (tmp_path / "floors.scenario.yaml").write_text(SCENARIO, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    yield tmp_path


def stop_after(runs: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C once so many runs of this process are finished."""
    kept, left = JournalFile.keep, [runs]

    def keep(self: JournalFile, part: str, name: str, reading: Reading) -> None:
        if not left[0]:
            raise KeyboardInterrupt
        left[0] -= 1
        kept(self, part, name, reading)

    monkeypatch.setattr(JournalFile, "keep", keep)


def written(folder: Path) -> dict[str, bytes]:
    return {one.name: one.read_bytes() for one in folder.iterdir()}


@pytest.mark.parametrize("runs", [1, 4, 7])
def test_stopped_and_taken_up_gives_the_same_bytes(runs: int, state: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Five runs of the sweep, the policy as it is among them, and four of the search."""
    assert specie(*WORDS).exit_code == Exit.DONE
    whole = written(state / "out")
    shutil.rmtree(state / "out")
    with monkeypatch.context() as patched:
        stop_after(runs, patched)
        stopped = specie(*WORDS)
    assert (stopped.exit_code, stopped.stdout) == (Exit.STOPPED, "")
    count = f"{runs} runs were" if runs > 1 else "1 run was"
    assert stopped.stderr == (
        f"specie: stopped; {count} finished and kept in out.unfinished beside out\n"
        "run the same command again to go on from there\n"
    )
    assert not (state / "out").exists()
    (journal,) = (state / "out.unfinished").iterdir()
    assert len(journal.read_bytes().splitlines()) == runs + 1
    again = specie(*WORDS)
    assert again.exit_code == Exit.DONE and f"resuming: {count} finished before\n" in again.stderr
    assert written(state / "out") == whole
    assert not (state / "out.unfinished").exists()


def test_runs_that_are_kept_are_not_made_again(state: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patched:
        stop_after(3, patched)
        assert specie(*WORDS).exit_code == Exit.STOPPED
    made: list[str] = []
    kept = JournalFile.keep

    def keep(self: JournalFile, part: str, name: str, reading: Reading) -> None:
        made.append(part)
        kept(self, part, name, reading)

    monkeypatch.setattr(JournalFile, "keep", keep)
    assert specie(*WORDS).exit_code == Exit.DONE
    assert made.count("sweep") == 2


def test_another_question_does_not_take_up_the_runs_of_the_first(state: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first is there still when it is asked again."""
    with monkeypatch.context() as patched:
        stop_after(3, patched)
        assert specie(*WORDS).exit_code == Exit.STOPPED
    other = state / "other.scenario.yaml"
    other.write_text(SCENARIO.replace("- $39,000", "- $39,001"), encoding="utf-8")
    run = specie("simulate", "welding.yaml", "other.scenario.yaml", "--data", "data", "--out", "out")
    assert run.exit_code == Exit.DONE and "resuming" not in run.stderr
    assert "out.unfinished beside it holds what was finished of another simulation that was stopped" in (
        " ".join(run.stderr.split())
    )
    assert len(list((state / "out.unfinished").iterdir())) == 1
    again = specie(*WORDS)
    assert "resuming: 3 runs were finished before" in again.stderr and not (state / "out.unfinished").exists()


@pytest.mark.parametrize("change", ["policy", "data", "day"])
def test_what_the_runs_hang_on_is_part_of_the_question(
    change: str, state: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        stop_after(3, patched)
        assert specie(*WORDS).exit_code == Exit.STOPPED
    words: tuple[str, ...] = WORDS
    if change == "policy":
        text = (state / "welding.yaml").read_text(encoding="utf-8")
        (state / "welding.yaml").write_text(text.replace("title: ", "title: Other ", 1), encoding="utf-8")
    elif change == "data":
        with (state / "data" / "occupations.csv").open("a", encoding="utf-8") as file:
            file.write("\n")
    else:
        words = (*WORDS, "--as-of", "2026-12-01")
    assert "resuming" not in specie(*words).stderr


def test_without_a_folder_nothing_is_kept(state: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(self: Journal, *_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Journal, "keep", stop)
    run = specie(*WORDS[:-2])
    assert (run.exit_code, run.stdout) == (Exit.STOPPED, "")
    assert run.stderr == "specie: stopped; without --out nothing is kept\n"
    assert {one.name for one in state.iterdir()} == {"welding.yaml", "data", "floors.scenario.yaml"}


def test_stopped_before_the_first_run_leaves_nothing(state: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stop_after(0, monkeypatch)
    run = specie(*WORDS)
    assert run.stderr == "specie: stopped before the first run was finished\n"
    assert not (state / "out.unfinished").exists()


def test_in_python_it_says_how_much_is_kept(state: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stop_after(2, monkeypatch)
    with pytest.raises(Stopped) as raised:
        api.simulate("welding.yaml", "data", ["floors.scenario.yaml"], out="out")
    assert (raised.value.runs, raised.value.folder) == (2, Path(os.path.realpath("out.unfinished")))


def test_a_folder_that_holds_something_else_is_refused_before_anything_is_run(
    state: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (state / "out").mkdir()
    (state / "out" / "mine.txt").write_text("mine", encoding="utf-8")
    stop_after(0, monkeypatch)
    run = specie(*WORDS)
    assert run.exit_code == Exit.ERRORS and "error[X012]" in run.stderr


def test_a_place_beside_which_nothing_can_be_written_is_refused(state: Path) -> None:
    (state / "out.unfinished").write_text("a file", encoding="utf-8")
    run = specie(*WORDS)
    assert run.exit_code == Exit.ERRORS and "error[X019]" in run.stderr


# -- the file -----------------------------------------------------------------------------------------------------------

QUESTION = "ab" * 32


def test_a_journal_keeps_exact_numbers_and_what_is_not_known(tmp_path: Path) -> None:
    first = JournalFile(tmp_path / "out", QUESTION)
    first.keep("sweep", "a; b", {"factor": Fraction(937, 1140), "listed": None})
    second = JournalFile(tmp_path / "out", QUESTION)
    assert second.resumed == 1
    assert second.known("sweep", "a; b") == {"factor": Fraction(937, 1140), "listed": None}
    assert second.known("find x", "a; b") is None
    remove_journal(tmp_path / "out", QUESTION)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("cut", [1, 5, 30])
def test_a_line_that_was_cut_off_does_not_count(cut: int, tmp_path: Path) -> None:
    first = JournalFile(tmp_path / "out", QUESTION)
    for name in "abc":
        first.keep("sweep", name, {"paid": Fraction(1, 3)})
    (file,) = unfinished_folder(tmp_path / "out").iterdir()
    file.write_bytes(file.read_bytes()[:-cut])
    again = JournalFile(tmp_path / "out", QUESTION)
    assert again.resumed == 2 and again.known("sweep", "c") is None
    again.keep("sweep", "c", {"paid": Fraction(2, 3)})
    assert JournalFile(tmp_path / "out", QUESTION).known("sweep", "c") == {"paid": Fraction(2, 3)}


READINGS = [b'"1/0"', b'"1e999999999"', b'"1_0"', b"1", b"1.5", b'"' + b"1" * 201 + b'"']


@pytest.mark.parametrize(
    "line",
    [b"{}\n", b"[]\n", b"\xff\n", *(b'{"part":"a","name":"b","reading":{"x":%s}}\n' % one for one in READINGS)],
)
def test_what_no_journal_has_written_does_not_count(line: bytes, tmp_path: Path) -> None:
    JournalFile(tmp_path / "out", QUESTION).keep("sweep", "a", {})
    (file,) = unfinished_folder(tmp_path / "out").iterdir()
    file.write_bytes(file.read_bytes() + line)
    assert JournalFile(tmp_path / "out", QUESTION).resumed == 1
    file.write_bytes(b"something else\n" + file.read_bytes())
    assert JournalFile(tmp_path / "out", QUESTION).resumed == 0


def test_a_disk_that_is_full_is_a_complaint(tmp_path: Path) -> None:
    book = JournalFile(tmp_path / "out", QUESTION)
    shutil.rmtree(unfinished_folder(tmp_path / "out"))
    with pytest.raises(PolicyError, match="X019"):
        book.keep("sweep", "a", {})


# -- a real one ---------------------------------------------------------------------------------------------------------


@pytest.mark.skipif(os.name == "nt", reason="signals are others there")
def test_ctrl_c_on_a_process(state: Path) -> None:
    """The command is interrupted once a line is in its journal; made again, it goes on from there."""
    text = SCENARIO[: SCENARIO.index("sweep:")]
    text += (
        "sweep:\n  wage_floor:\n    - $39,000\n    - $43,900\n    - $47,000\nuncertainty:\n  seed: 1\n  draws: 5000\n"
    )
    text += "  columns:\n    labor_market.annual_median:\n      relative_standard_error: 2%\n"
    (state / "floors.scenario.yaml").write_text(text, encoding="utf-8")
    command = [sys.executable, str(ROOT / "cli.py"), *WORDS]
    running = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # tests in the background ignore it, and hand that on
    )  # fmt: skip
    for _ in range(6000):
        lines = [one for file in (state / "out.unfinished").glob("*.jsonl") for one in file.read_bytes().splitlines()]
        if len(lines) > 3 or running.poll() is not None:
            break
        time.sleep(1 / 200)
    running.send_signal(signal.SIGINT)
    out, said = running.communicate(timeout=120)
    assert (running.returncode, out) == (Exit.STOPPED, ""), said
    assert said.endswith("run the same command again to go on from there\n") and "Traceback" not in said
    (journal,) = (state / "out.unfinished").iterdir()
    entries = [json.loads(line) for line in journal.read_bytes().splitlines()[1:]]
    assert f"{len(entries)} runs were finished" in said
    assert all(set(entry) == {"part", "name", "reading"} for entry in entries)


# -- progress -----------------------------------------------------------------------------------------------------------


class Terminal:
    """A stream that says that it is a terminal."""

    def __init__(self) -> None:
        self.text = ""

    def isatty(self) -> bool:
        return True

    def write(self, text: str) -> int:
        self.text += text
        return len(text)

    def flush(self) -> None:
        pass


def test_a_terminal_shows_how_far_it_is_and_nothing_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = Terminal()
    monkeypatch.setattr(sys, "stderr", stream)
    with progress_of_parts() as told:
        assert told is not None
        told("sweep", 3, 12)
        told("sweep", 3, 12)
        told("find x", 1, 0)
    assert stream.text.split("\r")[1:3] == ["sweep  [######..................]  3 of 12", "find x  1 run".ljust(42)]
    assert stream.text.endswith("\r") and not stream.text.split("\r")[-2].strip()


def test_nothing_is_shown_where_nobody_looks_on(state: Path) -> None:
    run = specie(*WORDS)
    assert "[" not in run.stderr and "\r" not in run.stderr
