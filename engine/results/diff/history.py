"""What each commit of a repository changed in the meaning of one policy."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from ...text.diagnostic import Diagnostic, Diagnostics
from ...text.errors import PolicyError
from ...text.repository import Repository, nowhere, open_repository, status_pairs
from .changed_policies import Status, place_of
from .edit import PolicyDiff
from .policy_diff import diff_policies
from .version import Version, read_version

_EXTENDS = re.compile(rb"^extends\s*:(.*?)(?=^[^\s#-]|\Z)", re.MULTILINE | re.DOTALL)
_ID = re.compile(rb"[a-z0-9][a-z0-9/-]*")

Files = dict[str, str]
"""Paths → what Git calls their texts."""


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """A commit and what it did to the policy.

    commit, day, subject   as Git has them; the day is the author's
    merge      whether it joins two lines of work: it is compared with the first
    status     what it did to the policy's file; `inherited` where only what it extends changed
    before, after   the paths of the policy
    through    the files of other policies by which it changed
    policy     the policy as it is then (or was last); nothing where it has errors as policies are read today
    edits      what it changed; nothing where one side is not there, or has errors
    faults     the first side's errors, else the second's
    """

    commit: str
    day: str
    subject: str
    merge: bool
    status: Status
    before: str
    after: str
    through: tuple[str, ...]
    policy: Version | None
    edits: PolicyDiff | None
    faults: tuple[Diagnostic, ...] = ()


@dataclass(frozen=True, slots=True)
class History:
    """The commits of a policy, the newest first.

    more      whether there are older ones than were asked for
    shallow   whether the clone lacks older commits
    """

    path: str
    entries: tuple[HistoryEntry, ...]
    more: bool
    shallow: bool


@dataclass(frozen=True, slots=True)
class _Commit:
    id: str
    parent: str
    merge: bool
    day: str
    subject: str


def policy_history(path: str | Path, limit: int) -> History:
    """The last `limit` commits that change a policy, by its own file, under whatever name that had, or through what it
    extends. A commit of another file that changes nothing in it is left out.

    Raises PolicyError where there is no repository (X050), where the path is not in it (X053), and where no commit
    holds it (X055).
    """
    found = Diagnostics()
    repository = open_repository(str(path), found)
    inside = None if repository is None else repository.inside(Path(path))
    if repository is None or inside is None:
        if repository is not None:
            help = "go to a folder of the repository that holds it"
            found.report("X053", nowhere(str(path)), help=help, path=str(path))
        raise PolicyError(found.sorted())
    names = _names(repository, inside)
    if not names:
        help = "commit it first, or look at how it is spelled: `git ls-files` lists what is there"
        found.report("X055", nowhere(str(path)), help=help, path=str(path))
        raise PolicyError(found.sorted())
    entries: list[HistoryEntry] = []
    reader = _Reader(repository, names, _parents(repository, names))
    for commit in _commits(repository, [*names, *reader.parents]):
        entry = reader.entry(commit)
        if entry is not None:
            entries.append(entry)
        if len(entries) > limit:
            break
    shallow = (repository.git("rev-parse", "--is-shallow-repository") or b"").strip() == b"true"
    return History(inside, tuple(entries[:limit]), len(entries) > limit, shallow)


class _Reader:
    """Reads the policy at commits; a version that was read is kept for the commit before it."""

    def __init__(self, repository: Repository, names: list[str], parents: list[str]) -> None:
        self._repository, self._names, self.parents = repository, names, parents
        self._read: dict[tuple[str, ...], tuple[Version | None, tuple[Diagnostic, ...]]] = {}

    def entry(self, commit: _Commit) -> HistoryEntry | None:
        """What a commit did; nothing where it did nothing to the policy."""
        old, new = self._files(commit.parent), self._files(commit.id)
        before, after = (next((name for name in self._names if name in files), "") for files in (old, new))
        own = before != after or old.get(before) != new.get(after)
        through = tuple(name for name in self.parents if old.get(name) != new.get(name))
        if not (before or after):
            return None
        versions = [
            self._version(id, name, files)
            for id, name, files in ((commit.parent, before, old), (commit.id, after, new))
        ]
        (was, past), (now, present) = versions
        edits = diff_policies(was, now) if was is not None and now is not None else None
        if not own and (edits is None or not edits.edits):
            return None
        status = Status.INHERITED
        if own:
            status = Status.ADDED if not before else Status.REMOVED if not after else Status.CHANGED
            status = Status.MOVED if before and after and before != after else status
        about = (commit.id, commit.day, commit.subject, commit.merge, status, before, after)
        felt = through if edits is not None and edits.edits else ()
        return HistoryEntry(*about, felt, now or was, edits, past or present)

    def _files(self, commit: str) -> Files:
        """What of the policy and of what it extends there is at a commit."""
        listed = self._repository.names("ls-tree", "-z", commit, "--", *self._names, *self.parents) if commit else []
        lines = (line.partition("\t") for line in listed)
        return {name: about.split()[-1] for about, _, name in lines}

    def _version(self, commit: str, name: str, files: Files) -> tuple[Version | None, tuple[Diagnostic, ...]]:
        if not name:
            return None, ()
        key = (name, *(f"{path} {blob}" for path, blob in sorted(files.items())))
        if key not in self._read:
            found = Diagnostics()
            version = read_version(f"{commit[:12]}:{name}", found)
            errors = tuple(one for one in found.sorted() if one.severity.value == "error")
            self._read[key] = (None if errors else version, errors)
        return self._read[key]


def _names(repository: Repository, path: str) -> list[str]:
    """The paths that a file has had, the newest first."""
    words = ("log", "--follow", "--format=", "--name-status", "-z", "--find-renames", "--no-ext-diff", "--", path)
    pairs = status_pairs(repository.names(*words))
    return [*dict.fromkeys(name for pair in pairs for name in (pair.after, pair.before) if name)]


def _parents(repository: Repository, names: Iterable[str]) -> list[str]:
    """The files that the policy has ever extended, at any distance. A word that only looks like an id is no file."""
    found: list[str] = []
    seen, waiting = set(names), list(names)
    while waiting:
        name = waiting.pop()
        for id in _extended(repository, name):
            place = place_of(repository, name, id)
            if place is not None and place not in seen:
                seen.add(place)
                waiting.append(place)
                found.append(place)
    return sorted(found)


def _extended(repository: Repository, name: str) -> Iterator[str]:
    """What any version of a file extends."""
    ids = set()
    for commit in repository.names("log", "-z", "--format=%H", "--", name):
        for match in _EXTENDS.finditer(repository.blob(commit, name) or b""):
            ids |= {id.decode("ascii") for id in _ID.findall(match[1])}
    yield from sorted(ids)


def _commits(repository: Repository, names: list[str]) -> Iterator[_Commit]:
    """The commits that touch files, the newest first; a merge only where it is like neither side."""
    for line in repository.names("log", "-z", "--topo-order", "--format=%H%x1f%P%x1f%as%x1f%s", "--", *names):
        id, parents, day, subject = line.split("\x1f", 3)
        plain = "".join(sign if sign.isprintable() else " " for sign in subject)
        yield _Commit(id, (parents.split() or [""])[0], len(parents.split()) > 1, day, " ".join(plain.split()))
