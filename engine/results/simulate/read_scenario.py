"""From a scenario's file to the scenario as written."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

from ...syntax.format import file_kind
from ...syntax.parse_scenario import parse_scenario
from ...syntax.scenario import Scenario
from ...text.diagnostic import Diagnostics
from ...text.load import load_source
from ...text.read import read_document
from ...text.source import Source, Span

KINDS = {"policy": "a policy", "cases": "a file of cases", "dataset": "a dataset"}


def read_scenario(path: str | Path, diagnostics: Diagnostics) -> Scenario | None:
    """The scenario in a file; nothing where it is at fault (Y001 to Y063), or something else (Y080)."""
    own = Diagnostics()
    source = load_source(path, own)
    document = read_document(source, own) if source else None
    kind = file_kind(document) if document else ""
    found = None
    if kind in KINDS:
        span = Span(Source(str(path), ""), 0, 0)
        own.report("Y080", span, help="a scenario has the key `scenario`", path=str(path), what=KINDS[kind])
    elif document:
        found = parse_scenario(document, own)
    diagnostics.extend(own.sorted())
    return None if own.has_errors else found


def scenario_hash(scenario: Scenario) -> str:
    """A hash of what a scenario says, whatever its layout and comments, and the order in which it sets values."""
    tidy = replace(scenario, settings=tuple(sorted(scenario.settings, key=repr)))
    return hashlib.sha256(repr(tidy).encode()).hexdigest()
