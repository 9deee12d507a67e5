"""A priority list, every part of it, on rows small enough to work out in the head."""

from __future__ import annotations

from datetime import date as Date
from pathlib import Path

import pytest

from engine import api
from engine.execution.dataset import dataset_from_rows
from engine.results.run import run_policy
from engine.text.diagnostic import Diagnostics

HEAD = """\
policy: xx/list
title: A list
jurisdiction: US-XX
school_year: 2026-27
sources:
  code:
    title: State Code
priority_list:
  list: credential
  when: industry_recognized
  rank_by: clock_hours desc
"""
SCORES = {"a": "90", "b": "80", "c": "80", "d": "70", "e": "60", "f": "50", "g": "", "h": "95", "i": "99"}
RECOGNIZED = {"f": "no", "h": "", "i": "no"}
BEFORE = {
    "e": ("2025-07-01", "2026-06-30"),  # on the list until the eve of this one
    "f": ("2025-07-01", "2026-06-30"),
    "i": ("2024-07-01", "2025-06-30"),  # off it for a year
}


def places(rest: str, tmp_path: Path, backend: str) -> dict[str, str]:
    """Credential → what its place is, under a policy with these lines at the end."""
    file = tmp_path / "list.yaml"
    file.write_text(HEAD + rest, encoding="utf-8")
    diagnostics = Diagnostics()
    checked = api.load(file, diagnostics)
    assert checked is not None
    assert [f"{one.code} {one.message}" for one in diagnostics.sorted()] == []
    rows = [
        {"credential_id": key, "clock_hours": score, "industry_recognized": RECOGNIZED.get(key, "yes")}
        for key, score in SCORES.items()
    ]
    listings = [
        {"entity": "credential", "subject": key, "listed_from": start, "listed_until": end}
        for key, (start, end) in BEFORE.items()
    ]
    data = dataset_from_rows(checked.tables, {"credential": rows, "listing": listings})
    table = run_policy(checked, data, Date(2026, 10, 1), backend).columns["credential"]
    return dict(zip(table.column("credential_id").to_pylist(), table.column("list_status").to_pylist(), strict=True))


def said(**standing: str) -> dict[str, str]:
    """What each credential's place is, by the letters that share it; the rest is not listed."""
    found = dict.fromkeys(SCORES, "not_listed")
    for status, letters in standing.items():
        found.update(dict.fromkeys(letters, status))
    return found


# g has no score and h may not be recognized: both are pending whatever the limit is.
CASES = {
    "without a limit": ("", said(listed="abcde", pending_review="gh")),
    "a limit": ("  limit: 1\n", said(listed="a", beyond_limit="bcde", pending_review="gh")),
    "a tie at the limit is included": ("  limit: 2\n", said(listed="abc", beyond_limit="de", pending_review="gh")),
    "a tie at the limit is left off": (
        "  limit: 2\n  on_tie_at_limit: leave_off\n", said(listed="a", beyond_limit="bcde", pending_review="gh"),
    ),
    "a tie inside the limit is no matter": (
        "  limit: 3\n  on_tie_at_limit: leave_off\n", said(listed="abc", beyond_limit="de", pending_review="gh"),
    ),
    "undetermined rows are left off": (
        "  limit: 1\n  undetermined: leave_off\n  undetermined_because: the law says so\n", said(listed="a", beyond_limit="bcde", left_off="gh"),
    ),
    # e and f were on the list before; i was on the one before that, and a year is over.
    "who stays": ("  limit: 3\n  stay:\n    for: 1 year\n", said(listed="abc", stays="ef", beyond_limit="d", pending_review="gh")),
    # The cut score is 80, that of the last within the limit; 60 is not within 15 of it, 50 still less.
    "who stays near the cut score": (
        "  limit: 3\n  stay:\n    for: 1 year\n    when: clock_hours >= cut_score - 20\n",
        said(listed="abc", stays="e", beyond_limit="d", pending_review="gh"),
    ),
    # The rule fills all four places.
    "who stays within the limit": (
        "  limit: 4\n  stay:\n    for: 1 year\n    within_limit: yes\n    when: clock_hours < 70\n",
        said(listed="abcd", beyond_limit="e", pending_review="gh"),
    ),
    "who stays in a free place": (
        "  limit: 6\n  stay:\n    for: 1 year\n    within_limit: yes\n", said(listed="abcde", stays="f", pending_review="gh"),
    ),
    # f left the list this year; i left it a year earlier, and two years are not over.
    "who is honored": ("  sunset:\n    honor_for: 2 years\n", said(listed="abcde", honored="fi", pending_review="gh")),
    "exceptions take no place": (
        "  limit: 1\n  exceptions:\n"
        "    in:\n      key: f\n      verdict: listed\n      decided_by: Board\n      because: needed\n      cite: code 1\n"
        "    out:\n      key: a\n      verdict: not_listed\n      decided_by: Board\n      because: not taught\n      cite: code 1\n"
        "    over:\n      key: d\n      verdict: listed\n      until: 2026-09-01\n      decided_by: Board\n      because: past\n"
        "      cite: code 1\n",
        said(exception="f", listed="bc", beyond_limit="de", pending_review="gh"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("backend", ["reference", "duckdb"])
@pytest.mark.parametrize("case", CASES)
def test_places(case: str, backend: str, tmp_path: Path) -> None:
    rest, expected = CASES[case]
    assert places(rest, tmp_path, backend) == expected
