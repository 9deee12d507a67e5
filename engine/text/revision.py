"""Files as they were at a revision of a Git repository: `REV:path`, as Git itself writes it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from .diagnostic import Diagnostics
from .files import Disk
from .load import source_from_bytes
from .repository import Repository, commit_of, nowhere, open_repository
from .source import Source

_DRIVE = re.compile(r"[A-Za-z]:[\\/]")


@dataclass(frozen=True, slots=True)
class Revision:
    """The files of a repository at a revision; what lies outside the repository is read from the disk.

    name is how the user wrote the revision, `commit` the commit that it is.
    """

    name: str
    commit: str
    repository: Repository

    def is_file(self, file: Path) -> bool:
        """Whether the revision has such a file."""
        inside = self.repository.inside(file)
        if inside is None:
            return Disk().is_file(file)
        kind = self.repository.git("cat-file", "-t", f"{self.commit}:{inside}")
        return kind is not None and kind.strip() == b"blob"

    def source(self, file: Path, diagnostics: Diagnostics) -> Source | None:
        """The text of a file at the revision (X052 where it has none, Y004 to Y006)."""
        inside = self.repository.inside(file)
        if inside is None:
            return Disk().source(file, diagnostics)
        name = f"{self.name}:{inside}"
        blob = self.repository.blob(self.commit, inside)
        if blob is None:
            help = "paths are read from the top of the repository; `./` begins in the folder you are in"
            diagnostics.report("X052", nowhere(name), help=help, path=inside, revision=self.name)
            return None
        return source_from_bytes(name, blob, diagnostics)


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
    repository = open_repository(text, diagnostics)
    commit = None if repository is None else commit_of(repository, name, text, diagnostics)
    if repository is None or commit is None:
        return None
    top = repository.top
    base = Path.cwd() if path.startswith(("./", "../")) or path in (".", "..") else top
    file = (base / PurePosixPath(path)).resolve()
    if PurePosixPath(path).is_absolute() or not file.is_relative_to(top):
        help = "write the path from the top of the repository, such as `HEAD:policies/oh/report-card.yaml`"
        diagnostics.report("X053", nowhere(text), help=help, path=path)
        return None
    return Revision(name or "HEAD", commit, repository), file
