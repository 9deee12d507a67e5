"""The front end as the tests of error messages see it: from a text to everything that is complained of."""

from __future__ import annotations

import re
from pathlib import Path
from tempfile import TemporaryDirectory

from engine.api import check
from engine.model.standard import STANDARD
from engine.syntax.load import load_policy
from engine.text.diagnostic import Diagnostic, Diagnostics
from engine.text.read import read_document
from engine.text.source import Source
from engine.types.check_policy import check_policy


def check_text(text: str) -> tuple[Diagnostic, ...]:
    """What is said of a text as YAML, in order of place: whatever its keys mean."""
    diagnostics = Diagnostics()
    read_document(Source("policy.yaml", text), diagnostics)
    return diagnostics.sorted()


def lint_policy_text(text: str) -> tuple[Diagnostic, ...]:
    """The same with what `specie check` says of a policy that is in order."""
    with TemporaryDirectory() as folder:
        return check([_written(Path(folder), text)]).diagnostics


def check_policy_text(text: str) -> tuple[Diagnostic, ...]:
    """What `specie check` says of a policy with this text, in order of place: read, parsed, merged and checked.

    Below a line `# policies/xx/base.yaml` stands another file; the last is the one that is checked. Lines are counted
    through the whole text.
    """
    diagnostics = Diagnostics()
    with TemporaryDirectory() as folder:
        policy = load_policy(_written(Path(folder), text), diagnostics)
    if policy is not None:
        check_policy(policy, STANDARD, diagnostics)
    return diagnostics.sorted()


def _written(folder: Path, text: str) -> Path:
    """The last of the files in the text, all of them written, each with as many empty lines above as keep its place."""
    before, *named = re.split(r"^# (policies/\S+\.yaml)$", text, flags=re.MULTILINE)
    path, body = folder / "policy.yaml", before
    for name, part in zip(named[::2], named[1::2], strict=True):
        path, body = folder / name, re.sub(r"[^\n]", "", body) + part
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(body, encoding="utf-8", newline="")
    if not named:
        path.write_text(body, encoding="utf-8", newline="")
    return path
