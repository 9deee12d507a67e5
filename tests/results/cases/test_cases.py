"""Cases of policies: which files are run, what passes, what fails and where, what is complained of."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine import api
from tests.case_files import CASES, POLICY, case, report, said, write

GIVEN = """
given:
  enrollment_of_course:
    - course: welding
      district: D1
      pupils: 20
  course:
    - course_id: welding
      wage: high
"""


@pytest.mark.parametrize("backend", ["reference", "duckdb"])
def test_the_cases_of_the_page_pass(tmp_path: Path, backend: str) -> None:
    found = report(tmp_path, backend=backend)
    assert (found.passed, found.failed, found.not_run, found.diagnostics) == (3, 0, 0, ())
    assert not found.has_errors and (found.rules, found.unhit) == (6, ())


def test_a_value_that_is_another_fails_at_its_place(tmp_path: Path) -> None:
    found = report(
        tmp_path, CASES.replace("$6,600.00", "$6,600.01").replace("large_enough: met", "large_enough: not met")
    )
    assert (found.passed, found.failed, found.has_errors) == (2, 1, True)
    amount, verdict = found.cases[0].failures
    assert (amount.what, amount.expected, amount.got) == ("district D1: grant", "$6,600.01", "$6,600")
    assert amount.why == "grant = sum(pupils * course.rate over enrollments_of_courses)"
    assert amount.more == (
        "with sum of 2 rows; sewing, D1: pupils 5; sewing, D1: rate $120; welding, D1: pupils 20; welding, D1: rate $300",
    )
    assert amount.span.text == "$6,600.01"
    assert (verdict.expected, verdict.got) == ("not met", "met")
    assert verdict.why == "district D1 meets large_enough: it has 25 pupils in courses."
    assert found.cases[0].cite == "code-4 (b), example"


def test_a_total_of_what_is_not_known_is_no_total(tmp_path: Path) -> None:
    text = CASES.replace("        D2:\n          large", "        D2:\n          grant: missing\n          large", 1)
    found = report(tmp_path, text.replace("grant: missing\n\n", "\n    totals:\n      district.grant: $4,500\n\n"))
    (failure,) = found.cases[1].failures
    assert failure.what == "district: total of grant"
    assert failure.got == "no total, as 1 of 2 rows have no exact value"


def test_a_path_is_a_file_a_policy_or_a_folder(tmp_path: Path) -> None:
    folder = write(tmp_path)
    hidden = folder / ".env"
    hidden.mkdir()
    write(hidden)
    for path in (folder, folder / "grants.yaml", folder / "grants.cases.yaml"):
        assert api.test([path]).passed == 3
    assert api.test([folder, folder / "grants.yaml"]).passed == 3, "each file is run once"


def test_no_cases_are_an_error(tmp_path: Path) -> None:
    (tmp_path / "grants.yaml").write_text(POLICY, encoding="utf-8")
    for path in (tmp_path, tmp_path / "grants.yaml"):
        (told,) = api.test([path]).diagnostics
        assert told.code == "Y073" and str(path) in told.message
    assert [one.code for one in api.test([tmp_path / "absent.yaml"]).diagnostics] == ["Y002"]


def test_the_policy_stands_beside_its_cases(tmp_path: Path) -> None:
    (tmp_path / "grants.cases.yaml").write_text(CASES, encoding="utf-8")
    found = api.test([tmp_path])
    assert [one.code for one in found.diagnostics] == ["Y070"]
    assert (found.not_run, found.has_errors) == (3, True)
    (told,) = report(tmp_path, CASES.replace("cases_of: xx/grants", "cases_of: xx/grant")).diagnostics
    assert told.code == "Y071" and told.help == ("write `cases_of: xx/grants`, or move the file",)


def test_a_policy_at_fault_is_not_run(tmp_path: Path) -> None:
    found = report(tmp_path, policy=POLICY.replace("pupils >= least_pupils", "pupils >= least_pupil"))
    assert [one.code for one in found.diagnostics] == ["N001"]
    assert (found.cases, found.not_run) == ((), 3)


def test_a_case_without_a_date(tmp_path: Path) -> None:
    text = case(GIVEN + "expect:\n  district:\n    D1:\n      pupils: 20\n", head="")
    assert report(tmp_path, text).passed == 1, "the first day of the school year"
    ((code, marked, _),) = said(tmp_path, text, POLICY.replace("school_year: 2026-27\n", ""))
    assert (code, marked) == ("X032", "one")


@pytest.mark.parametrize(
    ("expected", "code", "marked", "help"),
    [
        ("districts:\n  D1:\n    grant: $1", "X011", "districts", "did you mean `district`?"),
        ("district:\n  D2:\n    grant: $1", "X013", "D2", "there are `D1`"),
        ("district:\n  D1:\n    grand: $1", "X014", "grand", "did you mean `grant`?"),
        ("district:\n  D1:\n    name: x", "X014", "name", None),
        ("course:\n  welding:\n    wage: high", "X014", "wage", "a case expects what is computed, and this is a column of the data"),
        ("district:\n  D1,D2:\n    grant: $1", "X013", "D1,D2", None),
        ("district:\n  D1:\n    grant: 6000", "X030", "6000", "write an amount such as `$40,500.00`, or `missing`"),
        ("district:\n  D1:\n    large_enough: mte", "X030", "mte", "did you mean `met`?"),
        ("district:\n  D1:\n    pupils: 20 hours", "X030", "20 hours", None),
    ],
)  # fmt: skip
def test_what_there_is_not(tmp_path: Path, expected: str, code: str, marked: str, help: str | None) -> None:
    body = "expect:\n" + "\n".join(f"  {line}" for line in expected.split("\n"))
    ((told, place, cures),) = said(tmp_path, case(GIVEN + body))
    assert (told, place) == (code, marked)
    assert help is None or cures == (help,)


def test_a_wrong_key_of_several_columns(tmp_path: Path) -> None:
    policy = POLICY.replace(
        "  district:\n    pupils:", "  enrollment_of_course:\n    twice: 2 * pupils\n  district:\n    pupils:"
    )
    key = "expect:\n  enrollment_of_course:\n    {}:\n      twice: 40\n"
    assert [one[:2] for one in said(tmp_path, case(GIVEN + key.format("course=welding")), policy)] == [
        ("X015", "course=welding")
    ]
    assert report(tmp_path, case(GIVEN + key.format("course=welding,district=D1")), policy).passed == 1
    assert report(tmp_path, case(GIVEN + key.format("district=D1,course=welding")), policy).passed == 1


def test_a_total_of_a_test(tmp_path: Path) -> None:
    ((code, marked, _),) = said(tmp_path, case(GIVEN + "totals:\n  district.large_enough: 1\n"))
    assert (code, marked) == ("X031", "large_enough")
    ((code, marked, _),) = said(tmp_path, case(GIVEN + "totals:\n  district.larg_enough: 1\n"))
    assert (code, marked) == ("X014", "larg_enough")


@pytest.mark.parametrize(
    ("value", "code", "marked"),
    [
        ("least_pupil: 3", "X018", "least_pupil"),
        ("least_pupils: $3", "T015", "$3"),
        ("least_pupils: 3.5", "X018", "3.5"),
        ("least_pupils: 30000000", "X018", "30000000"),
        ("least_pupils: none", "X018", "none"),
        ("least_pupils: 2 * 3", "Y053", "2 * 3"),
        ("least_pupils:\n    high: 3", "X018", "3"),
    ],
)
def test_a_value_that_no_parameter_takes(tmp_path: Path, value: str, code: str, marked: str) -> None:
    text = case(f"{GIVEN}parameters:\n  {value}\nexpect:\n  district:\n    D1:\n      pupils: 20\n")
    assert [one[:2] for one in said(tmp_path, text)] == [(code, marked)]


def test_members_of_a_parameter_are_set_one_by_one(tmp_path: Path) -> None:
    policy = POLICY.replace("  least_pupils:\n", "  least_pupils:\n    by: wage\n")
    policy = policy.replace("2025-07-01: 20", "2025-07-01:\n        low: 20\n        high: 30").split("criteria:")[0]
    policy = policy.replace("    rate: course_rate\n", "    rate: course_rate\n    asked: least_pupils\n")
    body = GIVEN + "parameters:\n  least_pupils:\n    high: 7\nexpect:\n  course:\n    welding:\n      asked: 7\n"
    assert report(tmp_path, case(body), policy).diagnostics == ()
    assert report(tmp_path, case(body), policy).passed == 1
    ((code, marked, _),) = said(tmp_path, case(body.replace("    high: 7", "    hihg: 7")), policy)
    assert (code, marked) == ("N005", "hihg")
    ((code, marked, cures),) = said(tmp_path, case(body.replace(":\n    high: 7", ": 7")), policy)
    assert (code, marked, cures) == ("X018", "7", ("write a block with a value for `low`, `high`",))


def test_values_of_the_file_and_of_the_case(tmp_path: Path) -> None:
    head = "as_of: 2026-10-01\nparameters:\n  least_pupils: 21\n"
    body = GIVEN + "expect:\n  district:\n    D1:\n      large_enough: not met\n"
    assert report(tmp_path, case(body, head)).passed == 1
    again = case(body.replace("not met", "met") + "parameters:\n  least_pupils: 20\n", head)
    assert report(tmp_path, again).passed == 1


def test_one_run_reports_every_case(tmp_path: Path) -> None:
    text = CASES.replace("welding | D1       | 20", "welding | D1       | xx").replace("pupils: 15", "pupils: -1")
    found = report(tmp_path, text)
    assert [one.code for one in found.diagnostics] == ["D020", "D022"]
    assert (found.passed, found.failed, found.not_run) == (1, 0, 2)
