"""A folder of policies for the tests of loading and merging."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.syntax.load import load_policy
from engine.syntax.policy import Policy
from engine.text.diagnostic import Diagnostic, Diagnostics

BASE = """\
policy: xx/base
title: Base
jurisdiction: US-XX
school_year: 2026-27
school_year_begins: 08-01
fiscal_year:
  begins: 10-01
sources:
  code:
    title: State Code
parameters:
  quorum:
    unit: count
    cite: code 1
    values:
      2024-07-01: 5
  floor:
    cite: code 2
    values:
      2024-07-01: 60%
data:
  occupation:
    columns:
      apprenticeable: truth
  audit:
    key: [audit_id]
    columns:
      audit_id: text
definitions:
  occupation:
    paid: annual_median >= floor
criteria:
  occupation:
    demanded:
      test: paid
      because: it is paid
      cite: code 3
priority_list:
  list: occupation
  when: demanded
"""


class Shelf:
    """A folder `policies` to write into and load from."""

    def __init__(self, folder: Path) -> None:
        self.root = folder / "policies"

    def write(self, id: str, text: str) -> Path:
        """Put a policy at its place."""
        path = self.root / f"{id}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def load(self, id: str) -> tuple[Policy | None, tuple[Diagnostic, ...]]:
        """The policy at a place and what is complained of."""
        diagnostics = Diagnostics()
        policy = load_policy(self.root / f"{id}.yaml", diagnostics)
        return policy, diagnostics.sorted()

    def child(self, text: str, extends: str = "xx/base") -> tuple[Policy, tuple[Diagnostic, ...]]:
        """A policy with this text that extends the base."""
        self.write("xx/child", f"policy: xx/child\nextends: [{extends}]\n{text}")
        policy, said = self.load("xx/child")
        assert policy is not None
        return policy, said


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    found = Shelf(tmp_path)
    found.write("xx/base", BASE)
    return found


def codes(said: tuple[Diagnostic, ...]) -> list[str]:
    return [told.code for told in said]


QUORUM = """\
parameters:
  quorum:
    replaces: parameters.quorum
    because: three are enough here
    cite: code 9
    values:
      2024-07-01: 3
"""
