"""A small policy and files of cases for it, as the tests of cases need them: those that `docs/cases.md` shows."""

from __future__ import annotations

import re
from pathlib import Path

from engine import api
from engine.results.cases import cases
from tests.house.checkout import ROOT

PAGE = ROOT / "docs" / "cases.md"
POLICY, CASES, TABLE = re.findall(r"^```yaml\n(.*?)^```$", PAGE.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)
"""The policy of the page, its cases, and the file with a table of cases."""


def write(folder: Path, text: str = CASES, policy: str = POLICY, name: str = "grants") -> Path:
    """The folder with the policy and its cases."""
    (folder / f"{name}.yaml").write_text(policy, encoding="utf-8")
    (folder / f"{name}.cases.yaml").write_text(text, encoding="utf-8")
    return folder


def report(folder: Path, text: str = CASES, policy: str = POLICY, backend: str = "reference") -> cases.TestReport:
    """What the cases of a text show."""
    return api.test([write(folder, text, policy)], backend)


def case(body: str, head: str = "as_of: 2026-10-01\n") -> str:
    """A file with one case, `one`, whose block is `body`."""
    lines = "".join(f"    {line}\n" if line else "\n" for line in body.strip("\n").split("\n"))
    return f"cases_of: xx/grants\n{head}cases:\n  one:\n{lines}"


def said(folder: Path, text: str, policy: str = POLICY) -> list[tuple[str, str, tuple[str, ...]]]:
    """Code, marked characters and cures of everything that is complained of."""
    return [(one.code, one.span.text, one.help) for one in report(folder, text, policy).diagnostics]
