"""Which policies a change of a repository touches: by their own text, or by that of what they extend."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path, PurePosixPath

from ...syntax.parse_policy import parse_header
from ...text.diagnostic import Diagnostics
from ...text.load import source_from_bytes
from ...text.read import read_document
from ...text.repository import Repository

_POLICY = re.compile(rb"^policy\s*:", re.MULTILINE)


class Status(StrEnum):
    """What a change does to the file of a policy."""

    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"
    INHERITED = "inherited"
    """The file is as it was; what it extends is not."""


@dataclass(frozen=True, slots=True)
class ChangedPolicy:
    """A policy that a change touches: its paths from the top of the repository, and what of it that it `extends` is
    another.
    """

    status: Status
    before: str
    after: str
    through: tuple[str, ...] = ()

    @property
    def path(self) -> str:
        """What it is called: its path now, or the last that it had."""
        return self.after or self.before


def changed_policies(repository: Repository, commit: str, only: Iterable[str] = ()) -> tuple[ChangedPolicy, ...]:
    """The policies that differ between a commit and the working tree, by path; below the paths `only` where given."""
    touched, found = set(), []
    for change in repository.changed(commit):
        touched |= {path for path in (change.before, change.after) if path}
        old = change.before if _is_policy(change.before, repository.blob(commit, change.before)) else ""
        new = change.after if _is_policy(change.after, _on_disk(repository, change.after)) else ""
        if old and new:
            found.append(ChangedPolicy(Status.CHANGED if old == new else Status.MOVED, old, new))
        elif old or new:
            found.append(ChangedPolicy(Status.ADDED if new else Status.REMOVED, old, new))
    below = _inherited(repository, touched)
    found = [ChangedPolicy(one.status, one.before, one.after, below.pop(one.after, ())) for one in found]
    found += [ChangedPolicy(Status.INHERITED, path, path, through) for path, through in below.items()]
    wanted = [PurePosixPath(path) for path in only]
    kept = (one for one in found if not wanted or any(_lies_in(one, place) for place in wanted))
    return tuple(sorted(kept, key=lambda one: one.path))


def _lies_in(one: ChangedPolicy, place: PurePosixPath) -> bool:
    return any(PurePosixPath(path).is_relative_to(place) for path in (one.before, one.after) if path)


def _inherited(repository: Repository, touched: set[str]) -> dict[str, tuple[str, ...]]:
    """The policies of the working tree of which something that they extend, at any distance, is touched → what of it
    they extend themselves.
    """
    found: dict[str, tuple[str, ...]] = {}
    moved = {path for path in touched if _may_be_policy(path)}
    if not moved:
        return found
    texts = {path: _on_disk(repository, path) or b"" for path in repository.files() if _may_be_policy(path)}
    texts = {path: text for path, text in texts.items() if _POLICY.search(text) and b"extends" in text}
    asked: dict[str, tuple[str, ...]] = {}
    fresh = set(moved)
    while fresh:
        names = {PurePosixPath(path).stem.encode() for path in fresh}
        reached = set()
        for path, text in texts.items():
            if not any(name in text for name in names):
                continue
            if path not in asked:
                asked[path] = _parents(repository, path, text)
            through = tuple(parent for parent in asked[path] if parent in moved)
            if through and found.get(path) != through:
                found[path] = through
                reached.add(path)
        fresh = reached - moved
        moved |= reached
    return found


def _parents(repository: Repository, path: str, text: bytes) -> tuple[str, ...]:
    """The paths at which what a policy extends is looked for first: below the nearest folder `policies` above it."""
    source = source_from_bytes(path, text, Diagnostics())
    document = read_document(source, Diagnostics()) if source else None
    header = parse_header(document, Diagnostics()) if document else None
    ids = (asked.text for asked in header.extends) if header else ()
    return tuple(place for id in ids if id and (place := place_of(repository, path, id)))


def place_of(repository: Repository, path: str, id: str) -> str | None:
    """Where in the repository a policy at `path` looks first for one that it extends: below the nearest folder
    `policies` above it.
    """
    file = repository.top / PurePosixPath(path)
    home = next((parent for parent in file.parents if parent.name == "policies"), None)
    return None if home is None else repository.inside(home / f"{id}.yaml")


def _may_be_policy(path: str) -> bool:
    place = PurePosixPath(path)
    hidden = any(part.startswith(".") for part in place.parts)
    return place.suffix == ".yaml" and not hidden and place.name != "dataset.yaml" and not path.endswith(".cases.yaml")


def _is_policy(path: str, text: bytes | None) -> bool:
    return _may_be_policy(path) and text is not None and _POLICY.search(text) is not None


def _on_disk(repository: Repository, path: str) -> bytes | None:
    """The bytes of a file of the working tree; nothing where it is none, or a link that leads out of it."""
    file = repository.top / PurePosixPath(path)
    if not path or repository.inside(file) is None:
        return None
    try:
        return Path(file).read_bytes() if file.is_file() else None
    except OSError:
        return None
