"""One of the two policies that are compared: read from the disk or from a revision, merged, and checked."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ...model.standard import STANDARD
from ...syntax.load import load_policy
from ...syntax.other_file import may_be_policy
from ...syntax.policy import Policy
from ...text.diagnostic import Diagnostics
from ...text.revision import names_a_revision, open_revision
from ...types.check_policy import check_policy
from ...types.checked import CheckedPolicy


@dataclass(frozen=True, slots=True)
class Version:
    """A policy as it is written and merged, what its check found, and what the user called it."""

    policy: Policy
    checked: CheckedPolicy
    name: str


def read_version(path: str | Path, diagnostics: Diagnostics) -> Version | None:
    """The policy at a path, or at `REV:path` with what it extends as that was then (X050 to X053). Nothing where there
    is none to be read.
    """
    if names_a_revision(str(path)):
        opened = open_revision(str(path), diagnostics)
        policy = None if opened is None else load_policy(opened[1], diagnostics, files=opened[0])
    else:
        policy = load_policy(path, diagnostics) if may_be_policy(path, diagnostics) else None
    return None if policy is None else Version(policy, check_policy(policy, STANDARD, diagnostics), str(path))
