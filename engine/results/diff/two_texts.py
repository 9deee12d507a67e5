"""Two texts of one policy file, neither where it belongs: what Git hands to a program that shows a difference."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from ...model.standard import STANDARD
from ...syntax.load import load_policy
from ...text.diagnostic import Diagnostic, Diagnostics
from ...text.files import Disk
from ...text.load import FILE_LIMIT, source_from_bytes
from ...text.source import Source
from ...types.check_policy import check_policy
from .edit import PolicyDiff
from .policy_diff import diff_policies
from .version import Version

_POLICY = re.compile(rb"^policy\s*:", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class _Instead:
    """The disk, with another text in the place of one file."""

    file: Path
    name: str
    text: bytes

    def is_file(self, file: Path) -> bool:
        """Whether there is a file."""
        return file.resolve() == self.file or Disk().is_file(file)

    def source(self, file: Path, diagnostics: Diagnostics) -> Source | None:
        """The text of a file."""
        if file.resolve() == self.file:
            return source_from_bytes(self.name, self.text, diagnostics)
        return Disk().source(file, diagnostics)


@dataclass(frozen=True, slots=True)
class TwoTexts:
    """Two texts of the file at `path`; nothing where there is none.

    edits    what differs in meaning; nothing where one side is no policy, or has errors
    faults   why not: the errors of the first side that has some
    """

    path: str
    old_path: str
    old: bytes | None
    new: bytes | None
    edits: PolicyDiff | None
    faults: tuple[Diagnostic, ...] = ()


def compare_texts(path: str, old_path: str, old: Path | None, new: Path | None) -> TwoTexts:
    """What differs between two files that hold two texts of a policy at `path` (once at `old_path`). What it extends is
    for both what stands on the disk, since a difference of that is shown where it is.
    """
    before, after = (_bytes(file) for file in (old, new))
    if before is None or after is None or not (_POLICY.search(before) and _POLICY.search(after)):
        return TwoTexts(path, old_path, before, after, None)
    sides = []
    for place, name, text in ((old_path, f"a/{old_path}", before), (path, f"b/{path}", after)):
        faults = Diagnostics()
        files = _Instead(Path(place).resolve(), name, text)
        policy = load_policy(place, faults, files=files)
        checked = None if policy is None else check_policy(policy, STANDARD, faults)
        if policy is None or checked is None or faults.has_errors:
            errors = tuple(one for one in faults.sorted() if one.severity.value == "error")
            return TwoTexts(path, old_path, before, after, None, errors)
        sides.append(Version(policy, checked, name))
    return TwoTexts(path, old_path, before, after, diff_policies(*sides))


def _bytes(file: Path | None) -> bytes | None:
    """The text of a file; nothing where there is none, as `/dev/null` says, or where it is beyond what is read."""
    if file is None:
        return None
    try:
        if not file.is_file():
            return None
        with file.open("rb") as stream:
            return stream.read(FILE_LIMIT + 1)
    except OSError:
        return None
