"""Diagnostics as a person, an editor or a machine wants to read them."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from textwrap import wrap
from typing import Any

from ..text.codes import CODES
from ..text.diagnostic import Diagnostic, Severity
from ..text.fix import Fix
from ..text.source import NOWHERE, Span
from .sarif import sarif_log
from .snippet import Line, paint, plain, snippet, visible

FORMATS = ("full", "concise", "json", "github", "sarif")
"""The ways to write diagnostics down."""


def render(
    diagnostics: Iterable[Diagnostic], format: str, *, width: int = 80, color: bool = False, workspace: str = ""
) -> str:
    """The diagnostics in the order given, as one text without a line end after the last line.

    `full` shows the source with carets, the cures and where to read on; `width` is what a line may take up there, in
    columns (what is said beside a mark comes on top). `concise` is a line each, `json` a list of objects, `github` a
    workflow command each, whose paths start from the folder `workspace` where one is given, since a workflow may work
    in a folder below it, `sarif` a SARIF 2.1.0 log. `color` adds terminal colours to the first two and changes nothing
    else. Columns count characters from 1. ValueError for another format.
    """
    found = tuple(diagnostics)
    if format == "full":
        blocks = [_full(each, width) for each in found]
        lines = [line for block in blocks for line in (*block, [])][:-1]
        return "\n".join(paint(line) if color else plain(line) for line in lines)
    if format == "concise":
        return "\n".join(paint(_concise(each)) if color else plain(_concise(each)) for each in found)
    if format == "json":
        return json.dumps([_object(each) for each in found], ensure_ascii=False, indent=2)
    if format == "github":
        return "\n".join(_workflow_command(each, workspace) for each in found)
    if format == "sarif":
        return json.dumps(sarif_log(found), ensure_ascii=False, indent=2)
    raise ValueError(f"no format {format!r}; there are {', '.join(FORMATS)}")


def summary(diagnostics: Iterable[Diagnostic]) -> str:
    """How many errors and warnings there are: `2 errors, 1 warning`; `no errors` if nothing was found."""
    found = [each.severity for each in diagnostics]
    counts = [(found.count(severity), severity.value) for severity in Severity]
    said = [f"{count} {word}{'' if count == 1 else 's'}" for count, word in counts if count]
    return ", ".join(said) or "no errors"


def _full(found: Diagnostic, width: int) -> list[Line]:
    style = found.severity.value
    told = f"{style}[{found.code}]"
    first, *rest = _wrapped(visible(found.message), width, len(told) + 2, 2)
    lines: list[Line] = [[(told, style), (": ", "strong"), (first, "strong")]]
    lines.extend([(f"  {line}", "strong")] for line in rest)
    shown, gutter = snippet(found, width)
    lines.extend(shown)
    edge = " " * (gutter + 1)
    remarks = [("note", each) for each in found.notes] + [("help", each) for each in found.help]
    remarks.append(("more", f"specie code {found.code}"))
    for kind, text in remarks:
        first, *examples = text.split("\n")
        first, *rest = _wrapped(visible(first), width, len(edge) + len(kind) + 4, len(edge) + 8)
        lines.append([(f"{edge}= ", "frame"), (f"{kind}: ", kind), (first, "")])
        lines.extend([(f"{edge}        {line}", "")] for line in rest)
        lines.extend([(f"{edge}        {visible(line)}", "")] for line in examples)
    return lines


def _wrapped(text: str, width: int, taken: int, indent: int) -> list[str]:
    """A sentence as lines of `width` columns, of which the first has `taken` less and the others `indent` less; words
    longer than a line stay whole.
    """
    lines = wrap(
        "_" * taken + text, width, subsequent_indent=" " * indent, break_long_words=False, break_on_hyphens=False
    )
    return [lines[0][taken:], *(line[indent:] for line in lines[1:])] if lines else [""]


def _concise(found: Diagnostic) -> Line:
    style = found.severity.value
    place = [(f"{visible(_place(found.span))}: ", "")] if found.span.source.name else []
    return [*place, (f"{style}[{found.code}]", style), (f" {visible(found.message)}", "")]


def _place(span: Span) -> str:
    line, column = span.source.position(span.start)
    return f"{span.source.name}:{line}:{column}"


def _object(found: Diagnostic) -> dict[str, Any]:
    """For programs: every field, places with one-based lines and columns, ends not included."""
    return {
        "code": found.code,
        "name": CODES[found.code].name if found.code in CODES else None,
        "severity": found.severity.value,
        "message": found.message,
        **_region(found.span),
        "label": found.labels[0].message,
        "others": [{**_region(label.span), "label": label.message} for label in found.labels[1:]],
        "help": list(found.help),
        "notes": list(found.notes),
        "fix": _fix(found.fix),
    }


def _fix(fix: Fix | None) -> dict[str, Any] | None:
    if fix is None:
        return None
    return {"says": fix.says, "edits": [{**_region(edit.span), "text": edit.text} for edit in fix.edits]}


def _region(span: Span) -> dict[str, Any]:
    if span.source.name == NOWHERE.source.name:
        return dict.fromkeys(("file", "line", "column", "end_line", "end_column"))
    line, column = span.source.position(span.start)
    end_line, end_column = span.source.position(max(span.start, span.end))
    return {
        "file": span.source.name,
        "line": line,
        "column": column,
        "end_line": end_line,
        "end_column": end_column,
    }


def _workflow_command(found: Diagnostic, workspace: str) -> str:
    """An annotation of a GitHub workflow. Columns are given only where the place stays on one line."""
    properties: dict[str, object] = {}
    region = _region(found.span)
    if region["file"]:
        properties["file"] = _from(workspace, region["file"]).replace("\\", "/")
        properties |= {"line": region["line"], "endLine": region["end_line"]}
        if region["line"] == region["end_line"]:
            properties |= {"col": region["column"], "endColumn": max(region["column"], region["end_column"])}
    properties["title"] = f"{found.code} {CODES[found.code].name}" if found.code in CODES else found.code
    said = ",".join(f"{key}={_property(str(value))}" for key, value in properties.items())
    remarks = [*(f"note: {each}" for each in found.notes), *(f"help: {each}" for each in found.help)]
    text = "\n".join([found.message, *remarks])
    return f"::{found.severity.value} {said}::{_data(text)}"


def _from(workspace: str, name: str) -> str:
    """The path of a file from the workspace; without one, and outside of it, without detours."""
    if workspace:
        file, top = os.path.realpath(name), os.path.realpath(workspace)
        if os.path.commonpath([file, top]) == top:
            return os.path.relpath(file, top)
    return os.path.normpath(name)


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
