"""What a branch does to all policies of a repository, each compared with itself as it was where the branch began."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date as Date
from pathlib import Path, PurePosixPath

from ...text.diagnostic import Diagnostic, Diagnostics
from ...text.errors import PolicyError
from ...text.repository import Repository, commit_of, nowhere, open_repository
from .changed_policies import ChangedPolicy, changed_policies
from .comparison import Comparison, compare_sides
from .edit import PolicyDiff
from .policy_diff import diff_policies
from .version import Version, read_version


@dataclass(frozen=True, slots=True)
class OnData:
    """On which data the two sides run, and how: what `specie diff` takes of it."""

    folder: Path
    new_folder: Path | None = None
    elsewhere: tuple[Path, ...] = ()
    as_of: Date | None = None
    backend: str = "duckdb"
    causes: bool = True


@dataclass(frozen=True, slots=True)
class PolicyChange:
    """What becomes of one policy.

    changed      which, and what was done to its file
    title        what it is called
    old, new     both sides as read; nothing where there is none, or where it cannot be read
    comparison   what differs; nothing where there are no two sides without faults
    complaints   what is wrong with the new side, or with the data that it runs on
    outdated     what is wrong with the old side, which nobody can mend any more
    """

    changed: ChangedPolicy
    title: str
    old: Version | None
    new: Version | None
    comparison: Comparison | None
    complaints: tuple[Diagnostic, ...] = ()
    outdated: tuple[Diagnostic, ...] = ()

    @property
    def differs(self) -> bool:
        """Whether there is something to say: an edit, another result, a file that came or went, or a fault."""
        if self.comparison is None:
            return True
        outcome = self.comparison.outcome
        return bool(self.comparison.edits.edits) or (outcome is not None and not outcome.is_empty)


@dataclass(frozen=True, slots=True)
class Against:
    """All policies that differ from a revision.

    revision, commit   the revision as the user named it, and the commit at which the branch left it
    asked              the paths that the user named
    policies           what becomes of each, by path
    """

    revision: str
    commit: str
    asked: tuple[str, ...]
    policies: tuple[PolicyChange, ...]

    @property
    def differs(self) -> bool:
        """Whether anything is to be said of any policy."""
        return any(one.differs for one in self.policies)

    @property
    def complaints(self) -> tuple[Diagnostic, ...]:
        """What is wrong with the policies or the data; each thing once, although two policies extend it."""
        found = Diagnostics()
        for one in self.policies:
            found.extend(one.complaints)
        return found.sorted()


def compare_against(
    revision: str, paths: Iterable[str | Path] = (), data: OnData | None = None, prove: bool = False
) -> Against:
    """Every policy (below `paths`, where given) that differs between the working tree and the commit at which it left a
    revision, as `git diff REV...` has it. What is not committed yet counts.

    Raises PolicyError where there is no such revision (X050, X051), where it has no commit in common with what is
    checked out (X054), or where a path is not in the repository (X053) or in neither side of it (X052).
    """
    found = Diagnostics()
    repository = open_repository(revision, found)
    commit = None if repository is None else commit_of(repository, revision, revision, found)
    if repository is None or commit is None:
        raise PolicyError(found.sorted())
    base = repository.git("merge-base", commit, "HEAD")
    if base is None:
        help = "fetch the whole history before: `git fetch --unshallow`, or `fetch-depth: 0` where it is checked out"
        found.report("X054", nowhere(revision), help=help, revision=revision)
        raise PolicyError(found.sorted())
    commit = base.decode("ascii").split()[0]
    asked = tuple(map(str, paths))
    only = _inside(repository, commit, asked, found)
    if found.has_errors:
        raise PolicyError(found.sorted())
    changed = changed_policies(repository, commit, only)
    return Against(revision, commit, asked, tuple(_compared(repository, commit, one, data, prove) for one in changed))


def _inside(repository: Repository, commit: str, asked: Iterable[str], diagnostics: Diagnostics) -> list[str]:
    """The paths that a user named, from the top of the repository (X052, X053)."""
    found = []
    for path in asked:
        inside = repository.inside(Path(path))
        if inside is None:
            help = "name files and folders of the repository that you are in"
            diagnostics.report("X053", nowhere(path), help=help, path=path)
        elif not Path(path).exists() and repository.git("cat-file", "-e", f"{commit}:{inside}") is None:
            help = "it is not in the folder you are in either"
            diagnostics.report("X052", nowhere(path), help=help, path=path, revision=commit[:12])
        else:
            found.append(inside)
    return found


def _compared(
    repository: Repository, commit: str, one: ChangedPolicy, data: OnData | None, prove: bool
) -> PolicyChange:
    """Both sides of a policy read and compared; without the data where these are at fault."""
    faults, past = Diagnostics(), Diagnostics()
    old = _read(f"{commit[:12]}:{one.before}", past) if one.before else None
    here = Path(os.path.relpath(repository.top / PurePosixPath(one.after))).as_posix() if one.after else ""
    new = _read(here, faults) if here else None
    side = new or old
    title = side.policy.title if side else ""
    compared = None
    if old is not None and new is not None:
        edits = diff_policies(old, new, prove=prove)
        compared = Comparison(edits) if data is None else _run(edits, old, new, data, faults)
    return PolicyChange(one, title, old, new, compared, faults.sorted(), past.sorted())


def _run(edits: PolicyDiff, old: Version, new: Version, data: OnData, diagnostics: Diagnostics) -> Comparison:
    """What becomes of the results; where the data are at fault, which is handed on, the edits alone."""
    found = Diagnostics()
    compared = compare_sides(
        edits, old, new, data.folder, found, new_data=data.new_folder, elsewhere=data.elsewhere, as_of=data.as_of,
        backend=data.backend, causes=data.causes,
    )  # fmt: skip
    diagnostics.extend(_errors(found))
    return Comparison(edits) if compared is None or found.has_errors else compared


def _read(name: str, diagnostics: Diagnostics) -> Version | None:
    """One side; nothing where it has errors, which are handed on without the warnings: `specie check` says those."""
    found = Diagnostics()
    version = read_version(name, found)
    diagnostics.extend(_errors(found))
    return None if found.has_errors else version


def _errors(found: Diagnostics) -> list[Diagnostic]:
    return [one for one in found.sorted() if one.severity.value == "error"]
