"""A made-up state as a folder: the same bytes, the data contract, ties and gaps, and nothing destroyed."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from engine import api
from engine.synth.dataset_yaml import FILES, MARK
from engine.text.diagnostic import Diagnostics
from engine.text.errors import PolicyError
from tests.synth.made import contents, make, rows

YEARS = ("2023-24", "2024-25", "2025-26", "2026-27")


@pytest.fixture(scope="module")
def state(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A state of 900 students in CSV."""
    out = tmp_path_factory.mktemp("synth") / "state"
    report = make(out)
    assert report is not None
    assert report.rows["student"] == 900 and report.rows["attainment"] == 2000
    assert {path.name for path in out.iterdir()} == set(report.files)
    return out


# -- the same bytes -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("format", ["csv", "parquet"])
def test_the_batch_leaves_no_trace(format: str, tmp_path: Path) -> None:
    make(tmp_path / "a", format=format)
    make(tmp_path / "b", format=format, batch=137)
    assert contents(tmp_path / "a") == contents(tmp_path / "b")


def test_another_seed_is_another_state(state: Path, tmp_path: Path) -> None:
    make(tmp_path / "other", seed=2)
    ours, theirs = contents(state), contents(tmp_path / "other")
    assert [name for name in ours if ours[name] == theirs[name] and name.removesuffix(".csv") in FILES.values()] == []


def test_parquet_holds_what_csv_holds(state: Path, tmp_path: Path) -> None:
    from pyarrow import parquet

    make(tmp_path / "p", format="parquet")
    for table in FILES.values():
        read = parquet.read_table(tmp_path / "p" / f"{table}.parquet").to_pylist()
        said = [{name: _cell(value) for name, value in row.items()} for row in read]
        assert said == rows(state, table), table


def _cell(value: object) -> str:
    """A value as the standard form writes it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)


# -- the contract ---------------------------------------------------------------------------------------------------


def test_it_keeps_the_contract(state: Path) -> None:
    report, lines = api.check_data(state)
    assert report.diagnostics == ()
    assert lines[-1] == "the dataset keeps the contract"


def test_the_example_policy_runs_on_it(state: Path) -> None:
    run = api.evaluate("policies/example/credentials-of-value.yaml", state, backend="reference")
    assert run.dataset.made_up and run.as_of.isoformat() == "2026-11-01"
    statuses = Counter(row["list_status"] for row in run.columns["credential"].to_pylist())
    assert statuses["listed"] == 21


def test_every_made_table_says_that_it_is_made_up(state: Path) -> None:
    text = (state / "dataset.yaml").read_text(encoding="utf-8")
    assert text.startswith(MARK + "\n") and "\nmade_up: yes\n" in text
    for table, file in FILES.items():
        file_line, source, made_up, *_ = text.split(f"\n  {table}:\n")[1].splitlines()
        assert file_line == f"    file: {file}.csv"
        assert source.startswith("    source: made up by `specie data synth --state XX ")
        assert made_up.startswith("    made_up: all of it")
    for table in ("districts", "schools"):
        assert all(row["name"].endswith("(made up)") for row in rows(state, table))


def test_keys_come_once_and_in_order(state: Path) -> None:
    keys = {
        "districts": ("district_id",), "schools": ("school_id",), "teachers": ("teacher_id",), "students": ("student_id",),
        "enrollments": ("student", "school", "school_year"), "attainments": ("attainment_id",),
        "prior_ratings": ("entity", "subject", "school_year"), "prior_payments": ("line", "entity", "subject", "fiscal_year"),
    }  # fmt: skip
    for table, names in keys.items():
        found = [tuple(row[name] for name in names) for row in rows(state, table)]
        assert found == sorted(set(found)), table


def test_nobody_earns_a_credential_twice(tmp_path: Path) -> None:
    make(tmp_path / "s", students=100, attainments=1400)
    pairs = [(row["student"], row["credential"]) for row in rows(tmp_path / "s", "attainments")]
    assert len(set(pairs)) == len(pairs) == 1400


def test_who_earns_is_enrolled_there_then(state: Path) -> None:
    there = {(row["student"], row["school"], row["school_year"]): row["grade"] for row in rows(state, "enrollments")}
    for row in rows(state, "attainments"):
        if not row["school"]:
            continue
        grade = there[row["student"], row["school"], row["school_year"]]
        assert not grade or not row["grade"] or grade == row["grade"]


def test_dates_are_in_their_school_year_and_nothing_is_of_the_future(state: Path) -> None:
    for row in rows(state, "attainments"):
        if row["award_date"]:
            begins = int(row["school_year"][:4])
            assert f"{begins}-07-01" <= row["award_date"] <= f"{begins + 1}-06-30"
            assert not row["received_on"] or row["award_date"] <= row["received_on"]
        assert row["award_date"] <= "2026-11-01" and row["received_on"] <= "2026-11-01"
    assert {row["school_year"] for row in rows(state, "enrollments")} == set(YEARS)


def test_whoever_changes_the_school_has_two_in_one_year(state: Path) -> None:
    years = Counter((row["student"], row["school_year"]) for row in rows(state, "enrollments"))
    assert set(years.values()) == {1, 2}
    assert 10 < sum(count == 2 for count in years.values()) < 90
    two = {key for key, count in years.items() if count == 2}
    for row in rows(state, "enrollments"):
        if (row["student"], row["school_year"]) in two:
            assert row["full_year"] == "no"


# -- ties and gaps --------------------------------------------------------------------------------------------------


def test_there_are_gaps_and_some_say_why(state: Path) -> None:
    table = {name: rows(state, name) for name in FILES.values()}
    for name, column, least, most in (
        ("attainments", "verification", 1, 8), ("attainments", "award_date", 1, 6), ("attainments", "grade", 1, 5),
        ("attainments", "teacher", 3, 10), ("students", "in_four_year_cohort", 0.3, 5),
        ("students", "on_time_diploma", 0.3, 5), ("students", "accountable_school", 0.3, 4),
    ):  # fmt: skip
        blank = [row for row in table[name] if not row[column]]
        assert least < 100 * len(blank) / len(table[name]) < most, column
        if f"{column}_why" in table[name][0]:
            assert all(row[f"{column}_why"] for row in blank)
    assert len(table["prior_payments"]) < 2 * len(table["districts"])
    assert len(table["prior_ratings"]) < 2 * (len(table["districts"]) + len(table["schools"]))


def test_there_are_ties(state: Path) -> None:
    attainments = rows(state, "attainments")
    days = Counter(row["award_date"] for row in attainments if row["award_date"])
    assert days.most_common(1)[0][1] > 40
    same = Counter((row["student"], row["award_date"]) for row in attainments if row["award_date"])
    assert max(same.values()) > 1, "somebody earned two on one day"
    teachers = Counter((row["teacher"], row["school_year"]) for row in attainments if row["teacher"])
    assert max(teachers.values()) > 8, "somebody taught many"
    assert {row["verification"] for row in attainments} > {"self_reported", "issuer_matched"}


def test_every_credential_can_be_earned(tmp_path: Path) -> None:
    make(tmp_path / "s", students=4000, attainments=12000)
    counts = Counter(row["credential"] for row in rows(tmp_path / "s", "attainments"))
    assert len(counts) == 78
    assert max(counts.values()) > 4 * min(counts.values())


# -- other places, and what cannot be -------------------------------------------------------------------------------


def test_another_state_bears_its_code_everywhere(tmp_path: Path) -> None:
    make(tmp_path / "s", jurisdiction="US-OH")
    assert all(b"US-XX" not in data for data in contents(tmp_path / "s").values())
    report, _ = api.check_data(tmp_path / "s")
    assert report.diagnostics == ()


@pytest.mark.parametrize(("students", "attainments"), [(1, 0), (1, 1), (3, 5), (41, 0)])
def test_the_smallest_states(students: int, attainments: int, tmp_path: Path) -> None:
    made = make(tmp_path / "s", students=students, attainments=attainments)
    assert made is not None and made.rows["attainment"] == attainments
    report, _ = api.check_data(tmp_path / "s")
    assert report.diagnostics == ()


@pytest.mark.parametrize(
    ("changes", "option"),
    [
        ({"jurisdiction": "OHIO"}, "state"), ({"students": 0}, "students"), ({"attainments": -1}, "attainments"),
        ({"attainments": 900 * 14 + 1}, "attainments"), ({"seed": -1}, "seed"), ({"format": "xlsx"}, "format"),
    ],
)  # fmt: skip
def test_what_cannot_be_made(changes: dict[str, object], option: str, tmp_path: Path) -> None:
    diagnostics = Diagnostics()
    assert make(tmp_path / "s", diagnostics=diagnostics, **changes) is None
    (found,) = diagnostics.sorted()
    assert found.code == "D054" and f"`{option}`" in found.message
    assert not (tmp_path / "s").exists()


def test_a_folder_with_something_else_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("keep", encoding="utf-8")
    (tmp_path / "file").write_text("keep", encoding="utf-8")
    for out, code in ((tmp_path, "D056"), (tmp_path / "file", "D055"), (tmp_path / "file" / "below", "D055")):
        with pytest.raises(PolicyError) as raised:
            api.synth(out, "US-XX", 10, 5, 1, "csv")
        assert [found.code for found in raised.value.diagnostics] == [code]
    assert contents(tmp_path) == {"file": b"keep", "mine.txt": b"keep"}


def test_a_state_made_before_is_replaced_whole(tmp_path: Path) -> None:
    make(tmp_path / "s", format="parquet")
    report = make(tmp_path / "s")
    assert report is not None
    assert {path.name for path in (tmp_path / "s").iterdir()} == set(report.files)
    assert [path.name for path in tmp_path.iterdir()] == ["s"]


def test_progress_counts_to_the_end(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    make(tmp_path / "s", batch=500, progress=lambda done, total: told.append((done, total)))
    assert told == sorted(told) and told[-1] == (112 + 900 + 2000,) * 2
