"""A Git repository: where it is, its commits, and which files they change. No shell reads what is asked of Git."""

from __future__ import annotations

import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from .diagnostic import Diagnostics
from .source import Source, Span

PATIENCE = 60
"""Seconds after which Git is given up."""


@dataclass(frozen=True, slots=True)
class FileChange:
    """A file that a change touches, by its paths before and after; empty where there is none."""

    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Repository:
    """The repository whose working tree lies in `top`."""

    top: Path

    def git(self, *words: str) -> bytes | None:
        """What Git answers; nothing where it refuses."""
        done = run_git(self.top, *words)
        return done.stdout if done is not None and done.returncode == 0 else None

    def names(self, *words: str) -> list[str]:
        """The paths (or whatever else stands between zeros) that Git answers with."""
        answer = self.git(*words) or b""
        return [name.decode("utf-8", "surrogateescape") for name in answer.split(b"\0") if name]

    def commit(self, name: str) -> str | None:
        """The commit that a branch, a tag or an abbreviation is."""
        wanted = f"{name or 'HEAD'}^{{commit}}"
        answer = self.git("rev-parse", "--verify", "--quiet", "--end-of-options", wanted)
        return None if answer is None else answer.decode("ascii", "replace").strip()

    def inside(self, file: Path) -> str | None:
        """The path of a file from the top of the repository; nothing where it lies elsewhere."""
        resolved = file.resolve()
        return resolved.relative_to(self.top).as_posix() if resolved.is_relative_to(self.top) else None

    def blob(self, commit: str, path: str) -> bytes | None:
        """The bytes of a file at a commit."""
        return self.git("cat-file", "blob", f"{commit}:{path}")

    def files(self) -> list[str]:
        """The files of the working tree, new ones too, and none that Git is told to ignore."""
        listed = self.names("ls-files", "-z", "--cached", "--others", "--exclude-standard")
        return sorted({name for name in listed if (self.top / PurePosixPath(name)).is_file()})

    def changed(self, commit: str) -> list[FileChange]:
        """What differs between a commit and the working tree; a file that has moved is one change."""
        words = ("diff", "--no-ext-diff", "--no-textconv", "--name-status", "-z", "--find-renames", commit, "--")
        new = self.names("ls-files", "-z", "--others", "--exclude-standard")
        return [*status_pairs(self.names(*words)), *(FileChange("", name) for name in new)]


def status_pairs(fields: Iterable[str]) -> list[FileChange]:
    """What `--name-status -z` lists: a letter, then a path, or two of a file that was moved or copied."""
    found, rest = [], iter(fields)
    for status in rest:
        before = next(rest, "")
        if status[:1] in ("R", "C"):
            found.append(FileChange(before if status[:1] == "R" else "", next(rest, "")))
        else:
            found.append(FileChange("" if status == "A" else before, "" if status == "D" else before))
    return found


def open_repository(asked: str, diagnostics: Diagnostics) -> Repository | None:
    """The repository that one stands in; X050 where Git is not there or this is none."""
    here = run_git(Path.cwd(), "rev-parse", "--show-toplevel")
    if here is None:
        help = "install Git, or compare with a copy of the file"
        diagnostics.report("X050", nowhere(asked), help=help, problem="the command `git` is not on this machine")
        return None
    if here.returncode != 0:
        help = "go to a folder of the repository, or compare with a copy of the file"
        diagnostics.report("X050", nowhere(asked), help=help, problem=_said(here.stderr))
        return None
    return Repository(Path(here.stdout.decode("utf-8", "surrogateescape").rstrip("\r\n")).resolve())


def commit_of(repository: Repository, name: str, asked: str, diagnostics: Diagnostics) -> str | None:
    """The commit that a revision names; X051 where there is none."""
    commit = repository.commit(name)
    if commit is None:
        help = "name a branch, a tag or a commit; `git log --oneline` lists commits"
        diagnostics.report("X051", nowhere(asked), help=help, revision=name)
    return commit


def run_git(folder: Path, *words: str) -> subprocess.CompletedProcess[bytes] | None:
    """What Git answers; nothing where there is none, or it takes too long."""
    try:
        return subprocess.run(
            ["git", "-C", str(folder), *words],
            capture_output=True,
            check=False,
            timeout=PATIENCE,
            stdin=subprocess.DEVNULL,
        )
    except (OSError, ValueError, subprocess.TimeoutExpired):
        return None


def nowhere(name: str) -> Span:
    """The place of what has no text, such as a revision."""
    return Span(Source(name, ""), 0, 0)


def _said(stderr: bytes) -> str:
    """The first line of what Git complained of."""
    lines = stderr.decode("utf-8", "replace").strip().splitlines()
    return lines[0].removeprefix("fatal: ") if lines else "Git says nothing"
