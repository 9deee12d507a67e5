"""What machines read of a check: SARIF by the official schema, JSON by ours, annotations by GitHub's rules."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from jsonschema import Draft4Validator, Draft202012Validator

from engine.text.codes import CODES
from engine.text.diagnostic import Diagnostic, Label, Severity
from engine.text.fix import Edit, Fix
from engine.text.source import NOWHERE, Source, Span
from engine.views.diagnostics import render
from tests.errors.front import check_policy_text, check_text, lint_policy_text
from tests.house.checkout import ROOT

FILE = Path(__file__).parent / "sarif" / "sarif-schema-2.1.0.json"
SARIF = Draft4Validator(json.loads(FILE.read_bytes()))
OURS: dict[str, Any] = json.loads((ROOT / "schemas" / "diagnostics.schema.json").read_bytes())
JSON = Draft202012Validator(OURS)

TEXT = "policy: xx/caps\n# ü → 😀\ncaps:\n  limit: 1\n"


def seeded() -> list[Diagnostic]:
    """What is said of every file of `tests/errors`, as they stand there."""
    found: list[Diagnostic] = []
    for file in sorted((ROOT / "tests" / "errors").glob("*.yaml")):
        front = {"yaml": check_text, "lint": lint_policy_text}.get(file.stem, check_policy_text)
        for chunk in re.split(r"^---\n", file.read_text(encoding="utf-8"), flags=re.MULTILINE):
            found += front(chunk)
    return found


def of_every_code() -> list[Diagnostic]:
    """A diagnostic of each code at places of all kinds: within a line, over lines, at the end, in no file."""
    file = Source("policies/a b/ü.yaml", TEXT)
    spans = [Span(file, 0, 6), Span(file, 3, len(TEXT)), Span(file, len(TEXT), len(TEXT)), NOWHERE, Span(file, 20, 22)]
    found = []
    for place, (code, entry) in enumerate(CODES.items()):
        span, other = spans[place % len(spans)], spans[(place + 1) % len(spans)]
        severity = Severity.WARNING if entry.warning else Severity.ERROR
        labels = (Label(span, "here"), Label(other, "and there"))
        help, notes = ("a cure:\n  x",), ("a note, 100%",)
        fix = Fix("write it so", (Edit(span, "limit: 2\n"), Edit(other, ""))) if span is not NOWHERE else None
        fix = None if other is NOWHERE else fix
        found.append(Diagnostic(code, entry.message, labels, help, notes, severity, fix))
    return found


@pytest.fixture(scope="module")
def everything() -> list[Diagnostic]:
    found = [*seeded(), *of_every_code()]
    assert len(found) > 2 * len(CODES)
    assert sum(one.fix is not None for one in found) > 5
    return found


def problems(validator: Any, record: object) -> list[str]:
    return [f"{list(one.absolute_path)}: {one.message[:200]}" for one in validator.iter_errors(record)]


def test_the_schema_is_the_published_one() -> None:
    digest = hashlib.sha256(FILE.read_bytes()).hexdigest()
    assert digest == "c3b4bb2d6093897483348925aaa73af03b3e3f4bd4ca38cef26dcb4212a2682e"
    assert json.loads(FILE.read_bytes())["id"] == json.loads(render([], "sarif"))["$schema"]


def test_sarif_is_valid(everything: list[Diagnostic]) -> None:
    log = json.loads(render(everything, "sarif"))
    assert problems(SARIF, log) == []
    results = log["runs"][0]["results"]
    assert len(results) == len(everything)
    rules = log["runs"][0]["tool"]["driver"]["rules"]
    assert {rule["id"] for rule in rules} == set(CODES)
    assert sum("fixes" in result for result in results) > len(CODES) // 3
    for result in results:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        for place in [*result.get("locations", ()), *result.get("relatedLocations", ())]:
            place = place["physicalLocation"]
            uri = place["artifactLocation"]["uri"]
            assert uri.isascii() and " " not in uri and unquote(urlsplit(uri).path)
            region = place["region"]
            assert (region["startLine"], region["startColumn"]) <= (region["endLine"], region["endColumn"])


def test_nothing_found_is_a_valid_log() -> None:
    assert problems(SARIF, json.loads(render([], "sarif"))) == []


@pytest.mark.parametrize("spoil", ["version", "runs"])
def test_the_schema_finds_what_is_wrong(spoil: str) -> None:
    log = json.loads(render(of_every_code(), "sarif"))
    del log[spoil]
    assert problems(SARIF, log)


def test_json_is_valid(everything: list[Diagnostic]) -> None:
    Draft202012Validator.check_schema(OURS)
    found = json.loads(render(everything, "json"))
    assert problems(JSON, found) == [] and len(found) == len(everything)
    assert all(list(one) == list(OURS["items"]["properties"]) for one in found)
    assert problems(JSON, [{**found[0], "severity": "fatal"}]) and problems(JSON, {})
    assert problems(JSON, json.loads(render([], "json"))) == []


ANNOTATION = re.compile(r"::(?P<level>error|warning) (?P<properties>[^:]*)::(?P<text>.*)")


def test_annotations_are_lines_of_their_own(everything: list[Diagnostic]) -> None:
    lines = render(everything, "github").split("\n")
    assert len(lines) == len(everything)
    for line, found in zip(lines, everything, strict=True):
        match = ANNOTATION.fullmatch(line)
        assert match is not None and match["level"] == found.severity.value, line
        properties = dict(pair.split("=", 1) for pair in match["properties"].split(","))
        assert set(properties) <= {"file", "line", "endLine", "col", "endColumn", "title"}
        assert properties["title"] == f"{found.code} {CODES[found.code].name}"
        assert ("file" in properties) == bool(found.span.source.name)
        said = match["text"].replace("%0A", "\n").replace("%0D", "\r").replace("%25", "%")
        assert said.startswith(found.message) and all(help in said for help in found.help)
