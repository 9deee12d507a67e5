"""Four amendments as pull requests: their comments in docs/changes.md are what the command writes, their headlines are
worked by hand, their records keep the schema, and no person is in a public form.
"""

from __future__ import annotations

import json
import re
from difflib import unified_diff
from fractions import Fraction
from functools import cache
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from engine import api
from engine.results.diff.comparison import Comparison
from engine.views.article import article_markdown, article_text
from engine.views.article_html import article_html
from engine.views.diff_article import diff_article
from engine.views.diff_json import diff_json
from tests.house.checkout import ROOT
from tests.small_state import specie

FOLDER = ROOT / "examples" / "changes"
PAGE = ROOT / "docs" / "changes.md"
TEXAS, OHIO, INDIANA, CAROLINA = NAMES = (
    "texas-special-education", "ohio-incentive", "indiana-value-amounts", "north-carolina-cap",
)  # fmt: skip
SCHEMA: dict[str, Any] = json.loads((ROOT / "schemas" / "diff.schema.json").read_bytes())
VALID = Draft202012Validator(SCHEMA)


def words(name: str) -> list[str]:
    """What `specie diff` is given in the folder of an example."""
    more = ["--also-on", "next-year"] if name == OHIO else []
    return ["before.yaml", "after.yaml", "--data", "data", *more]


@cache
def compared(name: str) -> Comparison:
    at = FOLDER / name
    elsewhere = [at / "next-year"] if name == OHIO else []
    return api.compare(at / "before.yaml", at / "after.yaml", at / "data", elsewhere=elsewhere)


def lead(name: str) -> str:
    return diff_article(compared(name), public=True).lead


# -- the page -------------------------------------------------------------------------------------------------------


def edit_block(name: str) -> str:
    old, new = (
        (FOLDER / name / f"{side}.yaml").read_text(encoding="utf-8").splitlines() for side in ("before", "after")
    )
    lines = unified_diff(old, new, "before.yaml", "after.yaml", n=2, lineterm="")
    return "\n".join(["```diff", *(line.rstrip() for line in lines), "```"])


@pytest.mark.parametrize("name", NAMES)
def test_the_page_has_the_edit_and_the_comment(
    name: str, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(FOLDER / name)
    run = specie("diff", *words(name), "--format", "markdown")
    assert run.exit_code == 0, run.stderr
    page = made = PAGE.read_text(encoding="utf-8")
    for kind, text in (("edit", edit_block(name)), ("comment", run.stdout.strip())):
        block = re.compile(rf"(<!-- {kind} {name}; `make golden` writes this -->\n).*?(\n<!-- end -->)", re.DOTALL)
        assert block.search(page) is not None, (kind, name)
        made = block.sub(lambda found, text=text: f"{found[1]}{text}{found[2]}", made)  # type: ignore[misc]
    if request.config.getoption("--update-golden"):
        PAGE.write_bytes(made.encode("utf-8"))
        return
    assert made == page, "docs/changes.md is behind; `make golden` writes its comments"


# -- headlines by hand ----------------------------------------------------------------------------------------------


def paid(name: str) -> dict[str, Any]:
    found = compared(name).outcome
    assert found is not None and found.paid is not None
    return {one.key: (one.before, one.after) for one in found.paid.payees if one.before or one.after}


def test_texas() -> None:
    """Of 10 disadvantaged graduates 11% is 1.1, so 2 are the minimum; of 10 others 24% is 2.4, so 3. Special education
    has no minimum. 001: 3 × 5,000 + 3 × 3,000 + 3 × 2,000; 002: 2 × 5,000 + 0 + 2 × 2,000; 003: 2 × 3,000; 004: 2,000.
    """
    before = {"001": 15_000 + 9_000 + 6_000, "002": 10_000 + 4_000, "003": 6_000, "004": 2_000}
    counted = {"001": 3, "002": 2, "003": 0, "004": 1}
    after = {key: was + counted[key] * (4_000 - 2_000) for key, was in before.items()}
    assert (sum(before.values()), sum(after.values())) == (52_000, 64_000)
    assert paid(TEXAS) == {key: (before[key], after[key]) for key in before}
    assert lead(TEXAS) == (
        "From 2025-09-01 this raises the bonus per graduate for special education from $2,000 to $4,000: districts "
        "together gain $12,000 on top of $52,000 (3 gain, of 1 it cannot be told)."
    )


def test_ohio() -> None:
    """25 claims count, of which one waits and is reserved for: 12,500 / (25 × 1,250) = 0.4, that is $500 for each;
    16,000 / (25 × 725) = 0.8827…, that is $640. A year with 12: 12,500 / 15,000 = 0.8333…, and 12 × 725 = 8,700 in full.
    """
    factors = (Fraction(12_500, 25 * 1_250), Fraction(16_000, 25 * 725))
    each = (factors[0] * 1_250, factors[1] * 725)
    assert factors[0] == Fraction(2, 5) and factors[1] * 10_000 // 1 == 8827
    assert each[0] == 500 and each[1] == 640
    earned = {"D1": 12, "D2": 7, "D3": 4, "D4": 1}  # the student of two districts whose credential D3 paid for is D3's
    assert paid(OHIO) == {key: (count * each[0], count * each[1]) for key, count in earned.items()}
    assert lead(OHIO) == (
        "From 2025-07-01 this lowers the amount per credential from $1,250 to $725 and raises the incentive fund from "
        "$12,500 to $16,000: districts together gain $3,360 on top of $12,000 (4 gain; proration factor 0.4 → 0.8827)."
    )
    ((_, other),) = compared(OHIO).elsewhere
    assert other.paid is not None
    assert other.paid.before == 12_500 and other.paid.after == 12 * 725 and len(other.paid.losers) == 3
    causes = compared(OHIO).causes
    assert causes is not None
    assert [part.part for part in causes.of("paid")] == [Fraction(0), Fraction(24 * (640 - 500))]


def test_indiana() -> None:
    """Hours × pupils × amount of the cell, and pupils by the head; the three courses of C1 are those of IN-X1 and X2."""
    before = {
        "C1": 60 * 500 + 30 * 300 + 10 * 150 + 25 * 300,
        "C2": 48 * 225 + 24 * 225 + 4 * 500,
        "C3": 40 * 225 + 12 * 300,
        "C4": 20 * 450 + 5 * 300,
        "C5": 10 * 300 + 6 * 300,
    }
    after = {
        "C1": 60 * 680 + 30 * 400 + 10 * 200 + 25 * 300,
        "C2": 48 * 200 + 24 * 200 + 4 * 680,
        "C3": 40 * 200 + 12 * 150,
        "C4": 20 * 680,
        "C5": 10 * 400 + 6 * 400,
    }
    assert (sum(before.values()), sum(after.values())) == (94_100, 109_220)
    assert paid(INDIANA) == {key: (before[key], after[key]) for key in before}
    assert lead(INDIANA) == (
        "From 2018-07-01 this changes the table amount per credit hour and the table amount a head: districts together "
        "gain $15,120 on top of $94,100 (3 gain, 2 lose); 1 more result is undetermined."
    )


def test_north_carolina() -> None:
    """80, 70, 60 and nine times 44 credentials at $50; eleven teachers with 10 at $25, one more who has left."""
    full = [80 * 50, 70 * 50, 60 * 50, *[44 * 50] * 9, *[10 * 25] * 11]
    before, after = (sum(min(one, cap) for one in full) for cap in (2_000, 3_500))
    assert (before, after, sum(one > 2_000 for one in full)) == (26_750, 32_550, 12)
    assert sorted(paid(CAROLINA).values()) == sorted((min(one, 2_000), min(one, 3_500)) for one in full)
    assert lead(CAROLINA) == (
        "From 2019-07-01 this raises the most per teacher from $2,000 to $3,500: teachers together gain $5,800 on top of "
        "$26,750 (12 gain)."
    )


# -- persons --------------------------------------------------------------------------------------------------------


def public_forms(one: Comparison) -> list[str]:
    article = diff_article(one, public=True)
    return [article_text(article, 80), article_markdown(article), article_html(article), diff_json(one, public=True)]


def test_teachers_are_in_no_public_form() -> None:
    person = re.compile(r"\b[TSA]\d{2,3}\b")
    assert person.search(diff_json(compared(CAROLINA))), "the form for the agency names them"
    assert [found for form in public_forms(compared(CAROLINA)) for found in person.findall(form)] == []


def test_of_three_teachers_no_sum_is_told(tmp_path: Path) -> None:
    """Without the nine who gain $200 each, three gain 1,500 + 1,500 + 1,000: the sums would say what they earn."""
    copytree(FOLDER / CAROLINA, tmp_path / "a")
    attainments = tmp_path / "a" / "data" / "attainments.csv"
    rows = attainments.read_text(encoding="utf-8").splitlines()
    attainments.write_text(
        "\n".join(row for row in rows if not re.search(r",T(0[4-9]|1[0-2])$", row)) + "\n", encoding="utf-8"
    )
    one = api.compare(*(tmp_path / "a" / name for name in ("before.yaml", "after.yaml", "data")))
    assert "gain $4,000 on top of $8,750 (3 gain)" in diff_article(one).lead
    for form in public_forms(one):
        assert not re.search(r"4,?000|8,?750|12,?750", form)
    assert "what fewer than ten teachers are paid changes" in diff_article(one, public=True).lead
    assert VALID.is_valid(json.loads(diff_json(one, public=True)))


# -- the schema -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("public", [False, True])
@pytest.mark.parametrize("name", NAMES)
def test_the_record_keeps_the_schema(name: str, public: bool) -> None:
    record = json.loads(diff_json(compared(name), public))
    assert [f"{list(one.absolute_path)}: {one.message}" for one in VALID.iter_errors(record)] == []
    assert VALID.is_valid(json.loads(diff_json(Comparison(compared(name).edits)))), "without data"


def test_two_vintages_keep_the_schema() -> None:
    at = FOLDER / OHIO
    one = api.compare(at / "before.yaml", at / "after.yaml", at / "data", new_data=at / "next-year")
    record = json.loads(diff_json(one))
    assert VALID.is_valid(record) and record["policy_and_data"]


def test_everything_in_the_schema_says_what_it_is() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    for name, one in {**SCHEMA["$defs"], "": SCHEMA}.items():
        assert one["description"], name
        for key, inside in one.get("properties", {}).items():
            assert "description" in inside or "$ref" in inside, (name, key)
    assert not VALID.is_valid({}) and not VALID.is_valid({**json.loads(diff_json(compared(TEXAS))), "more": 1})
