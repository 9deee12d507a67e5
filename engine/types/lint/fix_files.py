"""Findings cured in the files that have them, where a program can do so without a change of meaning."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from ...syntax.other_file import may_be_policy
from ...syntax.policy import Policy
from ...text.diagnostic import Diagnostic, Diagnostics
from ...text.files import Disk
from ...text.fix import Fix, edited, without_overlaps
from ...text.load import load_source
from ...text.replace_file import replace_file
from ...text.source import Source, Span
from ..check_files import check_file
from .same_meaning import plain

ROUNDS = 100
"""How often a file is looked at again, at the most: a fix may bring another finding to light."""


class _With(Disk):
    """The disk as it would be with another text in one file."""

    def __init__(self, path: Path, text: Source) -> None:
        self.path, self.text = path, text

    def source(self, file: Path, diagnostics: Diagnostics) -> Source | None:
        return self.text if file == self.path else super().source(file, diagnostics)


@dataclass(frozen=True, slots=True)
class FixReport:
    """The findings that were cured, in the order in which they were, each as it stood then; and complaints of files
    that could not be written (Y076).
    """

    made: tuple[Diagnostic, ...]
    diagnostics: tuple[Diagnostic, ...]


def fix_files(paths: Iterable[Path]) -> FixReport:
    """Cure what can be cured in policy files. One with errors is left as it is, and so is what cannot be proved to mean
    the same afterwards.
    """
    diagnostics, made = Diagnostics(), list[Diagnostic]()
    for path in paths:
        source = load_source(path, Diagnostics()) if may_be_policy(path, Diagnostics()) else None
        if source is None:
            continue
        text, cured = _fixed(path, source)
        if cured and _is_written(path, text, diagnostics):
            made += cured
    return FixReport(tuple(made), diagnostics.sorted())


def _fixed(path: Path, source: Source) -> tuple[str, list[Diagnostic]]:
    """The text of a file when nothing is left to be cured in it, and what was."""
    cured: list[Diagnostic] = []
    refused: set[str] = set()
    for _ in range(ROUNDS):
        policy, found = _looked_at(path, source)
        if policy is None:
            break
        if _is_extended(path, policy) and any(one.code == "L002" for one in found):
            found = [one for one in found if one.code != "L002"]  # one that extends it may cite the source
        open_ = [one for one in found if one.fix is not None and _key(one) not in refused]
        chosen = _at_once(open_)
        if not chosen:
            break
        done = _proved(path, source, policy, chosen)
        if done:
            source = Source(source.name, edited(source.text, _fixes(done)))
            cured += done
        else:
            refused |= {_key(one) for one in chosen}
    return source.text, cured


def _looked_at(path: Path, source: Source) -> tuple[Policy | None, list[Diagnostic]]:
    """A policy and what lint finds in it; nothing of one with errors."""
    diagnostics = Diagnostics()
    checked = check_file(path, diagnostics, _With(path, source))
    if checked is None or diagnostics.has_errors:
        return None, []
    return checked.policy, list(diagnostics.sorted())


def _at_once(found: Sequence[Diagnostic]) -> list[Diagnostic]:
    kept = without_overlaps(_fixes(found))
    return [one for one in found if any(one.fix is fix for fix in kept)]


def _proved(path: Path, source: Source, policy: Policy, found: list[Diagnostic]) -> list[Diagnostic]:
    """Those, or as many of them as can be found, whose fixes leave the policy without errors and with its meaning."""
    after = Source(source.name, edited(source.text, _fixes(found)))
    other, _ = _looked_at(path, after)
    if other is not None and plain(other) == plain(policy):
        return found
    if len(found) == 1:
        return []
    half = len(found) // 2
    first = _proved(path, source, policy, found[:half])
    return first or _proved(path, source, policy, found[half:])


def _fixes(found: Iterable[Diagnostic]) -> list[Fix]:
    return [one.fix for one in found if one.fix is not None]


def _key(one: Diagnostic) -> str:
    return f"{one.code} {one.message}"


def _is_extended(path: Path, policy: Policy) -> bool:
    """Whether another policy in the same folder `policies` extends this one."""
    folder = next((parent for parent in path.absolute().parents if parent.name == "policies"), None)
    if folder is None:
        return False
    asks = re.compile(rf"^\s*-\s+{re.escape(policy.id)}\s*$", re.MULTILINE)
    others = (file for file in sorted(folder.rglob("*.yaml")) if not file.name.endswith(".cases.yaml"))
    return any(asks.search(file.read_text(encoding="utf-8", errors="replace")) for file in others if file.is_file())


def _is_written(path: Path, text: str, diagnostics: Diagnostics) -> bool:
    try:
        mark = b"\xef\xbb\xbf"
        replace_file(path, (mark if path.read_bytes().startswith(mark) else b"") + text.encode())
    except OSError as problem:
        said = problem.strerror or str(problem)
        span = Span(Source(str(path), ""), 0, 0)
        help = "it is as it was; see who may write to it and to its folder"
        diagnostics.report("Y076", span, help=help, path=str(path), problem=said[:1].lower() + said[1:])
        return False
    return True
