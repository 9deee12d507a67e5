"""`specie demo`: what it prints adds up, is 80 columns wide, and names no person where others may read."""

from __future__ import annotations

import csv
import os
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from engine.commands.exit import Exit
from tests.small_state import specie, too_wide

SAID = (
    "Priority list: 21 listed,",
    "  district (6): 4 C, 2 pending",
    "  0003  Elm Springs School District (made up)  C             64.6 10.4 below B",
    "  ratings pending for want of tier of credential (pending review): 4",
    "    claims pending for want of tier of credential (pending review): 13",
    "  incentive_fund: $27,500.00 less $825.00 set aside = $26,675.00",
    "    = $13,537.71 paid + $13,137.29 kept back + $0.00 unspent",
    "Undetermined: 7 rows. What is missing:",
    "NCCER Certifications (nm-097) is on “Credentials of value”, tier premier: place",
    "Cosmetology License (nm-033) is pending review: ",
    "  payment on Incentive for credentials earned                          $3,287.71",
    "  index                                                                     64.6",
    "-- A mistake in a policy, and its cure -",
    "error[T001]: ",
    "  specie verify run",
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder in which the demo is run."""
    before, made = Path.cwd(), tmp_path_factory.mktemp("demo")
    os.chdir(made)
    yield made
    os.chdir(before)


@pytest.fixture(scope="module")
def page(folder: Path) -> str:
    """What the demo prints."""
    run = specie("demo", "--out", "run")
    assert (run.exit_code, run.stderr) == (Exit.DONE, "")
    return run.stdout


def test_everything_is_said(page: str) -> None:
    assert [said for said in SAID if said not in page] == []
    assert page.count("\n") < 230


def test_only_commands_are_wide(page: str) -> None:
    assert all(line.startswith("  specie ") for line in too_wide(page)), "where the bundled files lie far off"


def test_payments_sum_to_the_cent(page: str, folder: Path) -> None:
    rows = re.findall(r"^    000\d .*?((?: +\$[\d,.]+){4})$", page, flags=re.MULTILINE)
    cells = [[Decimal(cell.replace(",", "")) for cell in re.findall(r"[\d,]+\.\d\d", row)] for row in rows]
    claimed, entitled, kept, paid = (sum(column) for column in zip(*cells, strict=True))
    assert len(cells) == 6
    assert f" in all                      ${claimed:,} ${entitled:,} ${kept:,} ${paid:,}\n" in page
    assert paid + kept == Decimal("27500.00") - Decimal("825.00")
    with (folder / "run" / "payments.csv").open(encoding="utf-8", newline="") as file:
        assert sum(Decimal(row["amount"]) for row in csv.DictReader(file)) == paid


@pytest.mark.usefixtures("folder")
def test_no_person_is_named_where_others_may_read() -> None:
    quiet = specie("demo", "--out", "run", env={"CI": "1"})
    assert quiet.exit_code == Exit.DONE
    assert "Priority list: " in quiet.stdout and "= $13,537.71 paid" in quiet.stdout
    assert not re.search(r"\b(S\d{7}|A\d{8}|T\d{5})\b", quiet.stdout), "they are made up, and hidden all the same"
