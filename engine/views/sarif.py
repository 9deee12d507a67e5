"""Diagnostics as a SARIF 2.1.0 log, which code hosts and editors read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from ..text.codes import CODES
from ..text.diagnostic import Diagnostic
from ..text.fix import Fix
from ..text.pages import page
from ..text.source import Span

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def sarif_log(diagnostics: Sequence[Diagnostic]) -> dict[str, Any]:
    """A log of one run: a rule for each code that occurs, a result for each diagnostic in the order given.

    Source: SARIF 2.1.0 (OASIS), sections 3.13 to 3.30 and 3.55 to 3.57. Columns count characters and ends are not
    included.
    """
    codes = sorted({found.code for found in diagnostics})
    return {
        "$schema": _SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": {"name": "specie", "rules": [_rule(code) for code in codes]}},
                "columnKind": "unicodeCodePoints",
                "results": [_result(found, codes.index(found.code)) for found in diagnostics],
            }
        ],
    }


def _rule(code: str) -> dict[str, Any]:
    rule: dict[str, Any] = {"id": code}
    entry = CODES.get(code)
    if entry:
        rule["name"] = entry.name
        rule["shortDescription"] = {"text": entry.name.replace("-", " ")}
        rule["defaultConfiguration"] = {"level": "warning" if entry.warning else "error"}
    text = page(code)
    if text:
        rule["help"] = {"text": text, "markdown": text}
    return rule


def _result(found: Diagnostic, index: int) -> dict[str, Any]:
    remarks = [*(f"note: {each}" for each in found.notes), *(f"help: {each}" for each in found.help)]
    result: dict[str, Any] = {
        "ruleId": found.code,
        "ruleIndex": index,
        "level": found.severity.value,
        "message": {"text": "\n".join([found.message, *remarks])},
    }
    if found.span.source.name:
        result["locations"] = [{"physicalLocation": _location(found.span)}]
    others = [label for label in found.labels[1:] if label.span.source.name]
    if others:
        result["relatedLocations"] = [
            {"physicalLocation": _location(label.span), "message": {"text": label.message}} for label in others
        ]
    if found.fix is not None:
        result["fixes"] = [_fix(found.fix)]
    return result


def _fix(fix: Fix) -> dict[str, Any]:
    """What may be written instead: of one file, as all fixes are."""
    replacements = [{"deletedRegion": _region(edit.span), "insertedContent": {"text": edit.text}} for edit in fix.edits]
    artifact = {"uri": _uri(fix.edits[0].span.source.name)}
    return {
        "description": {"text": fix.says},
        "artifactChanges": [{"artifactLocation": artifact, "replacements": replacements}],
    }


def _location(span: Span) -> dict[str, Any]:
    place: dict[str, Any] = {"artifactLocation": {"uri": _uri(span.source.name)}}
    if span.source.text:
        place["region"] = _region(span)
    return place


def _region(span: Span) -> dict[str, Any]:
    line, column = span.source.position(span.start)
    end_line, end_column = span.source.position(max(span.start, span.end))
    return {"startLine": line, "startColumn": column, "endLine": end_line, "endColumn": end_column}


def _uri(name: str) -> str:
    """A path as a relative reference, an absolute one (also with a drive) as a `file:` URI."""
    path = name.replace("\\", "/") if re.match(r"[A-Za-z]:[\\/]", name) or "/" not in name else name
    if re.match(r"[A-Za-z]:/", path):
        return "file:///" + path[:2] + quote(path[2:])
    quoted = quote(path.removeprefix("./"))
    return "file://" + quoted if path.startswith("/") else quoted
