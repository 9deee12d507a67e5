"""The difference of two policies as JSON for machines."""

from __future__ import annotations

import json
from typing import Any

from ..results.diff.comparison import Comparison
from ..results.diff.edit import ABSENT, Edit, PolicyDiff
from ..results.diff.witness import Witness
from ..text.source import Span
from .diff_outcome_json import outcome_record
from .diff_value import value_text


def diff_json(found: Comparison, public: bool = False) -> str:
    """Each edit with its class, both sides, places, days and effects; with data what becomes of every result. Values
    as a policy writes them, numbers as exact text. A `public` record names no person and masks small groups.
    """
    record = diff_record(found.edits)
    if found.outcome is not None:
        record["compared"] = "text and results"
        record |= outcome_record(found, public)
    return json.dumps(record, indent=2) + "\n"


def diff_record(found: PolicyDiff) -> dict[str, Any]:
    """The same as a record."""
    return {
        "old": found.old,
        "new": found.new,
        "compared": "text",
        "class": found.edit_class.value if found.edit_class else None,
        "changes_results": found.changes_results,
        "edits": [_edit(edit) for edit in found.edits],
    }


def _edit(edit: Edit) -> dict[str, Any]:
    return {
        "path": edit.path,
        "old_path": edit.old_path,
        "kind": edit.kind.value,
        "class": edit.edit_class.value,
        "why": edit.why or None,
        "before": None if edit.before is ABSENT else value_text(edit.before),
        "after": None if edit.after is ABSENT else value_text(edit.after),
        "from": edit.epoch.isoformat() if edit.epoch else None,
        "until": edit.until.isoformat() if edit.until else None,
        "effects": [
            {"rule": one.rule, "what": one.what, "effect": one.effect.value, "direct": one.direct}
            for one in edit.effects
        ],
        **({"rows": [_witness(one) for one in edit.witnesses]} if edit.witnesses else {}),
        "place_before": _place(edit.span_before),
        "place_after": _place(edit.span_after),
    }


def _witness(one: Witness) -> dict[str, Any]:
    return {
        "of": one.entity,
        "cells": dict(one.cells),
        "parameters": dict(one.parameters),
        "as_of": one.as_of,
        "before": one.before,
        "after": one.after,
    }


def _place(span: Span) -> dict[str, Any] | None:
    if not span.end:
        return None
    return {"file": span.source.name, "line": span.source.position(span.start)[0]}
