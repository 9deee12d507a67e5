"""The journal of a simulation on disk, so that one that was stopped goes on from there."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Sequence
from datetime import date as Date
from pathlib import Path
from typing import Any

from ...execution.dataset import Dataset
from ...syntax.scenario import Scenario
from ...text.diagnostic import Diagnostics
from ...text.errors import PolicyError
from ...text.source import Source, Span
from ...types.checked import CheckedPolicy
from ..record import policy_hash
from ..written_number import written_fraction
from .journal import Journal, Progress, Reading
from .read_scenario import scenario_hash

FORM = 1
"""The form of the file."""

SIGNS = 16
"""Signs of a question's hash in the name of its file."""


def question_hash(
    checked: CheckedPolicy, dataset: Dataset, as_of: Date, scenarios: Sequence[Scenario], version: str
) -> str:
    """A hash of what a simulation asks: policy, data, day, scenarios in whatever order, with their seeds, and the
    engine that answers.
    """
    asked = {
        "policy": policy_hash(checked.policy),
        "data": dict(sorted(dataset.fingerprints.items())),
        "as_of": as_of.isoformat(),
        "scenarios": sorted(map(scenario_hash, scenarios)),
        "engine": version,
    }
    return hashlib.sha256(json.dumps(asked, sort_keys=True).encode()).hexdigest()


def unfinished_folder(out: Path) -> Path:
    """Where the finished runs of simulations stand that are to be written into the folder `out`: beside it."""
    there = Path(os.path.realpath(out))
    return there.with_name(f"{there.name}.unfinished")


def _path(out: Path, question: str) -> Path:
    return unfinished_folder(out) / f"{question[:SIGNS]}.jsonl"


def remove_journal(out: Path, question: str) -> None:
    """A simulation is written: its journal is not needed any more. Those of other questions stay."""
    folder, path = unfinished_folder(out), _path(out, question)
    path.unlink(missing_ok=True)
    if folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()


class JournalFile(Journal):
    """A journal that is also a file in the folder beside `out`, one for each question: a head with the question, then a
    line for each finished run. What follows a line that was cut off by a crash does not count.
    """

    def __init__(self, out: Path, question: str, progress: Progress | None = None) -> None:
        """Take up what is there of the same question. Raises PolicyError (X019) where nothing can be written."""
        super().__init__(progress)
        self._out, self._question = out, question
        self._folder = unfinished_folder(out)
        self._path = _path(out, question)
        self._head = _line({"specie_journal": FORM, "question": question})
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._take_up()
        except OSError as problem:
            raise self._cannot(problem) from None
        self.resumed = self.count

    @property
    def folder(self) -> Path:
        """Where it stands."""
        return self._folder

    def keep(self, part: str, name: str, reading: Reading) -> None:
        """A run is finished, and written down as a whole line."""
        super().keep(part, name, reading)
        said = {key: None if value is None else str(value) for key, value in reading.items()}
        try:
            with self._path.open("ab") as file:
                file.write(_line({"part": part, "name": name, "reading": said}))
        except OSError as problem:
            raise self._cannot(problem) from None

    def remove(self) -> None:
        """Leave nothing behind."""
        remove_journal(self._out, self._question)

    def _take_up(self) -> None:
        """Read the whole lines of the file, and leave them alone in it."""
        found = self._path.read_bytes() if self._path.exists() else b""
        good = len(self._head) if found.startswith(self._head) else 0
        if good:
            for line in found[good:].splitlines(keepends=True):
                entry = _entry(line)
                if entry is None:
                    break
                super().keep(*entry)
                good += len(line)
        if found[:good] != found or not good:
            beside = self._path.with_suffix(".new")
            beside.write_bytes(found[:good] or self._head)
            beside.replace(self._path)

    def _cannot(self, problem: OSError) -> PolicyError:
        diagnostics = Diagnostics()
        said = problem.strerror or str(problem)
        help = "name a folder beside which you may write: what is finished is kept there"
        diagnostics.report(
            "X019", Span(Source(str(self._folder), ""), 0, 0), help=help, folder=str(self._folder),
            problem=said[:1].lower() + said[1:],
        )  # fmt: skip
        return PolicyError(diagnostics.sorted())


def _line(said: dict[str, Any]) -> bytes:
    return json.dumps(said, ensure_ascii=True, separators=(",", ":")).encode() + b"\n"


def _entry(line: bytes) -> tuple[str, str, Reading] | None:
    """The run that a line tells of; nothing where it is not whole."""
    if not line.endswith(b"\n"):
        return None
    try:
        said = json.loads(line)
        reading = {key: None if value is None else written_fraction(value) for key, value in said["reading"].items()}
        return str(said["part"]), str(said["name"]), reading
    except (ValueError, KeyError, TypeError, AttributeError, ZeroDivisionError):
        return None
