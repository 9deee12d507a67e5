"""Pairs of policies as texts, for tests of their difference."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from engine.model.standard import STANDARD
from engine.results.diff.version import Version
from engine.syntax.parse_policy import parse_policy
from engine.text.diagnostic import Diagnostics
from engine.text.read import read_document
from engine.text.source import Source
from engine.types.check_policy import check_policy

HERE = Path(__file__).parent
BASE = (HERE / "base.yaml").read_text(encoding="utf-8")
PAIRS: Mapping[str, Mapping[str, Any]] = yaml.safe_load((HERE / "pairs.yaml").read_text(encoding="utf-8"))


def changed(text: str, replacements: Iterable[tuple[str, str]]) -> str:
    """A text with replacements, each of which has to be found in it."""
    for old, new in replacements:
        assert old in text, old
        text = text.replace(old, new)
    return text


@cache
def texts(name: str) -> tuple[str, str]:
    """The old and the new policy of a pair."""
    pair = PAIRS[name]
    old = changed(BASE, pair.get("old", ()))
    return old, changed(old, pair["new"])


@cache
def version(text: str, name: str = "policy.yaml") -> Version:
    """A policy without errors, read from its text."""
    diagnostics = Diagnostics()
    document = read_document(Source(name, text), diagnostics)
    policy = parse_policy(document, diagnostics) if document else None
    assert policy is not None and not diagnostics.has_errors, diagnostics.sorted()
    checked = check_policy(policy, STANDARD, diagnostics)
    assert not diagnostics.has_errors, [(one.code, one.message, one.span.text) for one in diagnostics.sorted()]
    return Version(policy, checked, name)
