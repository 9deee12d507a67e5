"""A repository with a branch that changes policies, for tests of what is said of it."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from tests.small_state import POLICY, write_state

WAGES = """\
policy: xx/wages
title: Wages
sources:
  law:
    title: State Code § 1
parameters:
  wage_floor:
    unit: USD/year
    cite: law (a)
    values:
      2024-07-01: $40,000
"""
LIST = """\
policy: xx/list
title: List
jurisdiction: US-XX
extends: [xx/wages]
criteria:
  labor_market:
    pays:
      test: annual_median >= wage_floor
      because: it pays {wage_floor}
      cite: law (b)
"""
FAR = LIST.replace("xx/list", "xx/far").replace("title: List", "title: Far").replace("xx/wages", "xx/list")
FAR = FAR[: FAR.index("criteria:")]
RAISED = WAGES.replace("$40,000", "$42,000")
DATED = {"GIT_AUTHOR_DATE": "2026-03-01T12:00:00Z", "GIT_COMMITTER_DATE": "2026-03-01T12:00:00Z"}


def git(folder: Path, *words: str) -> str:
    """What Git says in a folder, without what the machine's user has set."""
    plain = {"GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_SYSTEM": "/dev/null", "PATH": os.environ["PATH"], **DATED}
    named = ("-c", "user.name=A", "-c", "user.email=a@example.gov", "-c", "init.defaultBranch=main")
    done = subprocess.run(["git", *named, *words], cwd=folder, check=True, capture_output=True, env=plain)
    return done.stdout.decode()


def write(folder: Path, name: str, text: str) -> None:
    """A file below a folder."""
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def commit(folder: Path, subject: str, **changed: str | None) -> None:
    """Write policies of `policies/xx` (or take them away) and commit."""
    for name, text in changed.items():
        file = f"policies/xx/{name}.yaml"
        if text is None:
            git(folder, "rm", "-q", file)
        else:
            write(folder, file, text)
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", subject)


def make_branch(folder: Path) -> Path:
    """The small state and some policies on `main`; checked out is the branch `work`, which is as main is."""
    write_state(folder)
    git(folder, "init", "-q")
    alone = POLICY.replace("xx/welding", "xx/alone")
    commit(folder, "first", wages=WAGES, list=LIST, far=FAR, alone=alone)
    git(folder, "checkout", "-q", "-b", "work")
    return folder
