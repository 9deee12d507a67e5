"""What the cases of the bundled policies see, and which small changes they miss, as the table of policies/README.md."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from fractions import Fraction

from engine import api
from engine.results.cases.condition_coverage import PolicyCoverage
from tests.policies.standing_table import FOLDER

PAGE = FOLDER / "README.md"
BLOCK = re.compile(r"(<!-- what cases see; `make figures` writes this table -->\n).*?(\n<!-- end -->)", re.DOTALL)
HEAD = ("policy", "conditions", "other parts", "dated values", "small changes", "unnoticed")


@dataclass(frozen=True, slots=True)
class Figures:
    """Of one policy: outcomes of conditions (true and false each count), tiers, rows and lines, and dated values that
    some case saw, of how many; small changes that were tried, and those that no case noticed.
    """

    policy: str
    conditions: tuple[int, int]
    parts: tuple[int, int]
    dated: tuple[int, int]
    tried: int
    unnoticed: int

    @property
    def row(self) -> str:
        """Its line of the table."""
        seen = (_share(*self.conditions), _share(*self.parts), _share(*self.dated))
        return f"| `{self.policy}` | {' | '.join(seen)} | {self.tried:,} | {_missed(self.unnoticed, self.tried)} |"


def _share(seen: int, of: int) -> str:
    return f"{seen:,} of {of:,}" if of else "–"


def _missed(unnoticed: int, tried: int) -> str:
    return f"{unnoticed} ({percent(unnoticed, tried)}%)" if unnoticed else "0"


def percent(part: int, of: int) -> str:
    """A share in percent with one decimal, rounded up so that it never looks better than it is."""
    tenths = -(-1000 * part // of) if of else 0
    return f"{tenths // 10}.{tenths % 10}"


def measured() -> list[Figures]:
    """The figures of every bundled policy, made anew: minutes."""
    coverage = api.test([FOLDER], coverage=True).coverage
    changes = {one.policy: one for one in api.mutate([FOLDER], processes=os.cpu_count() or 1)}
    found = []
    for one in sorted(coverage, key=lambda each: each.policy):
        conditions, dated = _tally(one, "conditions"), _tally(one, "dated values")
        parts = (one.seen - conditions[0] - dated[0], one.of - conditions[1] - dated[1])
        change = changes[one.policy]
        found.append(Figures(one.policy, conditions, parts, dated, change.tried, len(change.survivors)))
    return found


def _tally(one: PolicyCoverage, kind: str) -> tuple[int, int]:
    return next(((tally.seen, tally.of) for tally in one.tallies if tally.kind == kind), (0, 0))


def table(found: list[Figures]) -> str:
    """The table, with a last line for all."""

    def total(part: str) -> tuple[int, int]:
        return sum(getattr(one, part)[0] for one in found), sum(getattr(one, part)[1] for one in found)

    tried, unnoticed = sum(one.tried for one in found), sum(one.unnoticed for one in found)
    whole = Figures("all", total("conditions"), total("parts"), total("dated"), tried, unnoticed)
    lines = [f"| {' | '.join(HEAD)} |", "| --- | ---: | ---: | ---: | ---: | ---: |", *(one.row for one in found)]
    return "\n".join([*lines, whole.row.replace("`all`", "all")])


def written() -> list[Figures]:
    """The figures that stand on the page."""
    found = BLOCK.search(PAGE.read_text(encoding="utf-8"))
    assert found is not None, "policies/README.md has no table of figures"
    rows = [line.strip("| ").split(" | ") for line in found[0].splitlines() if line.startswith("| `")]
    return [
        Figures(
            name.strip("`"), _read(conditions), _read(parts), _read(dated), int(tried.replace(",", "")), _first(missed)
        )
        for name, conditions, parts, dated, tried, missed in rows
    ]


def _read(text: str) -> tuple[int, int]:
    seen, _, of = text.replace(",", "").partition(" of ")
    return (0, 0) if text == "–" else (int(seen), int(of))


def _first(text: str) -> int:
    return int(text.partition(" ")[0])


def share(part: int, of: int) -> Fraction:
    """A share; 1 of nothing."""
    return Fraction(part, of) if of else Fraction(1)
