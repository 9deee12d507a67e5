"""The results of cases as JSON for machines."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from ..results.cases.cases import CaseResult, TestReport
from ..results.cases.mutation import PolicyMutation
from ..text.source import Span
from .coverage import coverage_record
from .mutation import mutation_record


def cases_json(report: TestReport, mutation: Sequence[PolicyMutation] | None = None) -> str:
    """Each case with what failed, the rules that no case hit and, where it was asked for, coverage and mutation."""
    record: dict[str, Any] = {
        "passed": report.passed,
        "failed": report.failed,
        "not_run": report.not_run,
        "cases": [_case(one) for one in report.cases],
        "rules": report.rules,
        "rules_not_hit": [
            {
                "rule": one.path,
                "since": one.since.isoformat() if one.since else None,
                "never": one.never,
                **_place(one.span),
            }
            for one in report.unhit
        ],
    }
    if report.coverage:
        record["coverage"] = coverage_record(report.coverage)
    if mutation is not None:
        record["mutation"] = mutation_record(mutation)
    return json.dumps(record, indent=2) + "\n"


def _case(one: CaseResult) -> dict[str, Any]:
    return {
        "policy": one.policy,
        "case": one.name,
        "title": one.title,
        "result": "passed" if one.passed else "not_run" if one.broken else "failed",
        **_place(one.span),
        "failures": [
            {
                "what": each.what,
                "expected": each.expected,
                "got": each.got,
                "why": each.why,
                "more": list(each.more),
                **_place(each.span),
            }
            for each in one.failures
        ],
    }


def _place(span: Span) -> dict[str, Any]:
    return {"file": span.source.name, "line": span.source.position(span.start)[0]}
