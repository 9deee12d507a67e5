"""Points of rows of which not everything is known, against every way in which the unknown may come out."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from pathlib import Path
from typing import TypeAlias

import pytest

from tests.accountable import ran, values

Lines: TypeAlias = tuple[tuple[str, int], ...]
FACTS = ("graduated", "exam_pass", "internship")
LINES: dict[str, tuple[Lines, int | None]] = {
    "rising": ((("1", 1), ("2", 2), ("3", 3)), 0),
    "mixed": ((("20", 20), ("5", 5), ("10", 10)), 0),
    "computed": ((("2 * 10", 20), ("5", 5), ("10 / 2 * 2", 10)), 0),
    "much otherwise": ((("20", 20), ("5", 5), ("10", 10)), 7),
    "below nought": ((("-3", -3), ("5", 5), ("2", 2)), 1),
    "no otherwise": ((("20", 20), ("5", 5), ("10", 10)), None),
}


def policy(take: str, lines: Lines, rest: int | None, more: str) -> str:
    written = "".join(f"      - {value}: {fact}\n" for (value, _), fact in zip(lines, FACTS, strict=True))
    otherwise = "" if rest is None else f"      - {rest}: otherwise\n"
    return f"points:\n  worth:\n    of: student\n    take: {take}\n    lines:\n{written}{otherwise}{more}"


def taken(take: str, lines: Lines, rest: int | None, facts: Sequence[bool]) -> int | None:
    """What the lines give where everything is known; nothing where no line holds and nothing is said of that."""
    hold = [worth for (_, worth), fact in zip(lines, facts, strict=True) if fact]
    if not hold:
        return 0 if take == "sum" and rest is None else rest
    return {"highest": max(hold), "first": hold[0], "sum": sum(hold)}[take]


@pytest.mark.parametrize("backend", ["reference", "duckdb"])
@pytest.mark.parametrize("take", ["highest", "first", "sum"])
@pytest.mark.parametrize("kind", LINES)
def test_every_way(kind: str, take: str, backend: str, tmp_path: Path) -> None:
    lines, rest = LINES[kind]
    answers = list(product(("yes", "no", ""), repeat=3))
    students = [{"student_id": "/".join(row), **dict(zip(FACTS, row, strict=True))} for row in answers]
    run = ran(policy(take, lines, rest, ""), {"student": students}, tmp_path, backend)
    found = values(run, "student", "worth")
    for row in answers:
        ways = product(*([answer == "yes"] if answer else [True, False] for answer in row))
        possible = [taken(take, lines, rest, way) for way in ways]
        known = [number for number in possible if number is not None]
        if len(known) < len(possible):  # it may be that no line holds: the lower end, or all, is open
            assert found["/".join(row)] is None or found["/".join(row)] == (None, max(known)), row
        else:
            expected = min(known) if min(known) == max(known) else (min(known), max(known))
            assert found["/".join(row)] == expected, row


@pytest.mark.parametrize("backend", ["reference", "duckdb"])
def test_additions_and_the_cap(backend: str, tmp_path: Path) -> None:
    more = "    add:\n      - 5: associate_degree\n      - -2: special_education\n    at_most: 22\n"
    rows = [
        {"student_id": name, "graduated": one, "exam_pass": "no", "internship": "no", "associate_degree": two, "special_education": three}
        for name, one, two, three in (
            ("cap", "yes", "yes", "no"), ("less", "yes", "yes", "yes"), ("add", "yes", "", "no"), ("off", "no", "no", ""),
        )
    ]  # fmt: skip
    run = ran(policy("highest", *LINES["mixed"], more), {"student": rows}, tmp_path, backend)
    assert values(run, "student", "worth") == {"cap": 22, "less": 22, "add": (20, 22), "off": (-2, 0)}
