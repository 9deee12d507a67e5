"""Files as they were at a revision of a Git repository: `REV:path`, as Git itself writes it."""

from __future__ import annotations

import re
import subprocess
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from .diagnostic import Diagnostics
from .files import Disk
from .load import source_from_bytes
from .source import Source, Span

PATIENCE = 60
"""Seconds after which Git is given up."""

_DRIVE = re.compile(r"[A-Za-z]:[\\/]")


@dataclass(frozen=True, slots=True)
class Revision:
    """The files of a repository at a revision; what lies outside the repository is read from the disk.

    name is how the user wrote the revision, `commit` the commit that it is, `top` the folder of the repository.
    """

    name: str
    commit: str
    top: Path

    def is_file(self, file: Path) -> bool:
        """Whether the revision has such a file."""
        inside = self._inside(file)
        if inside is None:
            return Disk().is_file(file)
        kind = _git(self.top, "cat-file", "-t", f"{self.commit}:{inside}")
        return kind is not None and kind.returncode == 0 and kind.stdout.strip() == b"blob"

    def source(self, file: Path, diagnostics: Diagnostics) -> Source | None:
        """The text of a file at the revision (X052 where it has none, Y004 to Y006)."""
        inside = self._inside(file)
        if inside is None:
            return Disk().source(file, diagnostics)
        name = f"{self.name}:{inside}"
        blob = _git(self.top, "cat-file", "blob", f"{self.commit}:{inside}")
        if blob is None or blob.returncode != 0:
            help = "paths are read from the top of the repository; `./` begins in the folder you are in"
            diagnostics.report("X052", _nowhere(name), help=help, path=inside, revision=self.name)
            return None
        return source_from_bytes(name, blob.stdout, diagnostics)

    def _inside(self, file: Path) -> str | None:
        """The path of a file in the repository; nothing where it lies elsewhere."""
        resolved = file.resolve()
        return resolved.relative_to(self.top).as_posix() if resolved.is_relative_to(self.top) else None


def names_a_revision(text: str) -> bool:
    """Whether a text is `REV:path`, and neither a file that is there nor a path on a drive."""
    return ":" in text and not _DRIVE.match(text) and not Disk().is_file(Path(text))


def open_revision(text: str, diagnostics: Diagnostics) -> tuple[Revision, Path] | None:
    """The revision and the file that `REV:path` names. The path is read from the top of the repository, or with `./`
    from the folder one is in.

    Nothing comes back, and why is reported, where Git is not there or this is no repository (X050), where it knows no
    such revision (X051), or where the path leads out of the repository (X053).
    """
    name, _, path = text.partition(":")
    here = _git(Path.cwd(), "rev-parse", "--show-toplevel")
    if here is None:
        help = "install Git, or compare with a copy of the file"
        diagnostics.report("X050", _nowhere(text), help=help, problem="the command `git` is not on this machine")
        return None
    if here.returncode != 0:
        help = "go to a folder of the repository, or compare with a copy of the file"
        diagnostics.report("X050", _nowhere(text), help=help, problem=_said(here.stderr))
        return None
    top = Path(here.stdout.decode("utf-8", "replace").rstrip("\r\n")).resolve()
    wanted = f"{name or 'HEAD'}^{{commit}}"
    commit = _git(top, "rev-parse", "--verify", "--quiet", "--end-of-options", wanted)
    if commit is None or commit.returncode != 0:
        help = "name a branch, a tag or a commit; `git log --oneline` lists commits"
        diagnostics.report("X051", _nowhere(text), help=help, revision=name)
        return None
    base = Path.cwd() if path.startswith(("./", "../")) or path in (".", "..") else top
    file = (base / PurePosixPath(path)).resolve()
    if PurePosixPath(path).is_absolute() or not file.is_relative_to(top):
        help = "write the path from the top of the repository, such as `HEAD:policies/oh/report-card.yaml`"
        diagnostics.report("X053", _nowhere(text), help=help, path=path)
        return None
    return Revision(name or "HEAD", commit.stdout.decode("ascii", "replace").strip(), top), file


def _git(folder: Path, *words: str) -> subprocess.CompletedProcess[bytes] | None:
    """What Git answers; nothing where there is none, or it takes too long. No shell reads the words."""
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


def _said(stderr: bytes) -> str:
    """The first line of what Git complained of."""
    lines = stderr.decode("utf-8", "replace").strip().splitlines()
    return lines[0].removeprefix("fatal: ") if lines else "Git says nothing"


def _nowhere(name: str) -> Span:
    return Span(Source(name, ""), 0, 0)
