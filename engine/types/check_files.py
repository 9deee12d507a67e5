"""Policy files checked one by one, or many at a time."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ..model.standard import STANDARD
from ..syntax.load import load_policy
from ..syntax.other_file import may_be_policy
from ..text.case_words import case_words
from ..text.citations import cites_in
from ..text.diagnostic import Diagnostic, Diagnostics
from ..text.errors import PolicyError
from ..text.files import Files
from .check_policy import check_policy
from .checked import CheckedPolicy
from .lint.lint import lint

MANY = 48
"""From how many files on a second process saves more time than it takes to start."""


def load_checked(path: str | Path, diagnostics: Diagnostics, files: Files | None = None) -> CheckedPolicy | None:
    """Read, parse and check one policy file; complaints go to `diagnostics`. Nothing where it cannot be read at all, or
    is plainly something else (Y066). `files` is where it is read from.
    """
    policy = load_policy(path, diagnostics, files=files) if may_be_policy(path, diagnostics) else None
    return None if policy is None else check_policy(policy, STANDARD, diagnostics)


def checked_without_fault(path: str | Path) -> CheckedPolicy:
    """One policy file that is at no fault. Raises PolicyError with every complaint about it."""
    diagnostics = Diagnostics()
    checked = load_checked(path, diagnostics)
    if checked is None or diagnostics.has_errors:
        raise PolicyError(diagnostics.sorted())
    return checked


def check_file(path: Path, diagnostics: Diagnostics, files: Files | None = None) -> CheckedPolicy | None:
    """The same, and what lint finds in a policy without errors."""
    own = Diagnostics()
    checked = load_checked(path, own, files)
    if checked is not None and not own.has_errors:
        cases = path.with_name(f"{path.stem}.cases.yaml")
        lint(checked, own, cites_in(cases), case_words(cases))
    diagnostics.extend(own.sorted())
    return checked


def check_files(paths: Sequence[Path], processes: int = 1) -> list[Diagnostic]:
    """What is to be said of files, in their order; of many files by as many processes at a time.

    The processes start afresh, on every system alike, and import the module that the program was started as: one that
    asks for more than one must do its work under `if __name__ == "__main__"`.
    """
    if processes < 2 or len(paths) < MANY:
        return [found for path in paths for found in _complaints(path)]
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    with ProcessPoolExecutor(processes, get_context("spawn")) as pool:
        return [found for complaints in pool.map(_complaints, paths, chunksize=8) for found in complaints]


def _complaints(path: Path) -> tuple[Diagnostic, ...]:
    found = Diagnostics()
    check_file(path, found)
    return found.sorted()
