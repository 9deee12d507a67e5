"""Scenarios that change data: which rows, how many, whose, held to the data contract, in no order."""

from __future__ import annotations

import random
from datetime import date as Date
from pathlib import Path

import pytest

from engine import api
from engine.execution.dataset import Dataset
from engine.results.simulate import grown_rows
from engine.results.simulate.simulation import Simulation
from engine.text.errors import PolicyError
from tests.results.simulate.overlay_state import TABLES, write_state


def simulate(folder: Path, *texts: str, as_of: Date | None = None, **changed: str) -> Simulation:
    policy, data = write_state(folder, **changed)
    paths = []
    for number, text in enumerate(texts):
        paths.append(folder / f"{number}.scenario.yaml")
        paths[-1].write_text(f"scenario: s{number}\n{text}", encoding="utf-8")
    return api.simulate(policy, data, paths, as_of)


def said(folder: Path, *texts: str) -> list[tuple[str, str]]:
    with pytest.raises(PolicyError) as raised:
        simulate(folder, *texts)
    return [(one.code, one.span.text) for one in raised.value.diagnostics]


def rows(dataset: Dataset, table: str) -> list[dict[str, object]]:
    frame = dataset.tables[table]
    columns = {name: data.values.to_pylist() for name, data in frame.columns.items()}
    return [dict(zip(columns, cells, strict=True)) for cells in zip(*columns.values(), strict=True)]


def after(found: Simulation, table: str) -> list[dict[str, object]]:
    return rows(found.grounds.changed.dataset, table)


def counts(found: Simulation) -> dict[str, tuple[int, int]]:
    assert found.grounds.rows is not None
    return {
        name: (one.added, one.removed) for name, one in found.grounds.rows.counts.items() if one.added or one.removed
    }


GROW = "grow:\n  attainments:\n    - where: is_premier\n      by: {}\n"


@pytest.mark.parametrize(
    ("by", "left"), [("10%", 11), ("5%", 11), ("4%", 10), ("-25%", 7), ("-24%", 8), ("150%", 25), ("-100%", 0)]
)
def test_a_part_of_ten_rows_halves_rounded_up(by: str, left: int, tmp_path: Path) -> None:
    """Ten attainments are of a premier credential, at $100 each; of the one whose credential may be premier nothing is
    known, so it stays.
    """
    found = simulate(tmp_path, GROW.format(by))
    assert found.baseline["paid"] == 1000 and found.scenario["paid"] == 100 * left
    assert counts(found) == ({"attainment": (max(left - 10, 0), max(10 - left, 0))} if left != 10 else {})
    assert found.grounds.rows is not None
    assert found.grounds.rows.counts["attainment"].unknown == 1
    assert len(after(found, "attainment")) == 16 + left - 10


def test_a_copy_is_that_of_another_student_of_the_school(tmp_path: Path) -> None:
    """Twice the ten: s1 has twelve more students for its eight, s2 two for its two; then nobody is left for two more."""
    found = simulate(tmp_path, GROW.format("100%"))
    earned = [(row["student"], row["credential"]) for row in after(found, "attainment") if row["credential"] == "c1"]
    assert len(earned) == len(set(earned)) == 20
    assert sorted(str(who) for who, _ in earned if str(who) >= "p20") == ["p20", "p21", "p22", "p23"]
    assert found.grounds.rows is not None and found.grounds.rows.stayed == 0
    more = simulate(tmp_path, GROW.format("200%"))
    assert more.grounds.rows is not None and more.grounds.rows.stayed >= 2
    keys = [str(row["attainment_id"]) for row in after(more, "attainment")]
    assert len(keys) == len(set(keys)) == 36


def test_which_rows_hangs_on_the_seed_and_on_no_order(tmp_path: Path) -> None:
    head, *lines = TABLES["attainments"].splitlines()
    mixed = "\n".join([head, *random.Random(5).sample(lines, len(lines))]) + "\n"
    one = simulate(tmp_path, GROW.format("-30%"))
    two = simulate(tmp_path, GROW.format("-30%"), attainments=mixed)
    assert after(one, "attainment") == after(two, "attainment")
    kept = {
        seed: tuple(str(row["attainment_id"]) for row in after(found, "attainment"))
        for seed in range(1, 7)
        for found in [simulate(tmp_path, f"seed: {seed}\n" + GROW.format("-30%"))]
    }
    assert len(set(kept.values())) > 1 and {len(one) for one in kept.values()} == {13}


ADD = """\
add:
  districts:
    - district_id: d3
      name: Three
      area: US-XX
  schools:
    - school_id: s3
      name: New
      district: d3
  students: |
    | student_id | accountable_school | class_of |
    | p90        | s3                 | 2026     |
  attainments:
    - attainment_id: a90
      student: p90
      credential: c1
      school: s3
"""
REMOVE = "remove:\n  districts:\n    - d3\n"


def test_rows_that_are_added(tmp_path: Path) -> None:
    found = simulate(tmp_path, ADD)
    assert counts(found) == dict.fromkeys(("district", "school", "student", "attainment"), (1, 0))
    assert found.scenario["paid"] == 1100
    (moved,) = found.moves
    assert any(one.name == "Three" and one.after == 100 for one in moved.of("payment"))


def test_rows_that_come_and_go_are_the_baseline(tmp_path: Path) -> None:
    """The district that was added is removed again from data that have it, with its school, student and attainment."""
    found = simulate(tmp_path, ADD)
    policy, data = write_state(tmp_path)
    for table, name in (("district", "districts"), ("school", "schools"), ("student", "students"),
                        ("attainment", "attainments")):  # fmt: skip
        new = next(row for row in after(found, table) if str(row[next(iter(row))]).endswith(("3", "90"))
                   and row not in rows(found.grounds.plain.dataset, table))  # fmt: skip
        header = TABLES[name].split("\n", 1)[0].split(",")
        with (data / f"{name}.csv").open("a", encoding="utf-8") as file:
            file.write(",".join(str(new.get(column) or "") for column in header) + "\n")
    path = tmp_path / "gone.scenario.yaml"
    path.write_text("scenario: gone\n" + REMOVE, encoding="utf-8")
    gone = api.simulate(policy, data, [path])
    assert gone.scenario == found.baseline and gone.baseline == found.scenario
    for table in found.grounds.plain.dataset.tables:
        assert after(gone, table) == rows(found.grounds.plain.dataset, table)


def test_what_refers_to_a_row_that_goes_goes_with_it(tmp_path: Path) -> None:
    """Of c1 ten attainments and two endorsements; a row of a key of two columns goes alone."""
    found = simulate(tmp_path, "remove:\n  credentials:\n    - c1\n")
    assert counts(found) == {"attainment": (0, 10), "credential": (0, 1), "endorsement": (0, 2)}
    assert found.scenario["paid"] == 0
    one = simulate(tmp_path, "remove:\n  endorsements:\n    - credential: c1\n      employer: Ward\n")
    assert counts(one) == {"endorsement": (0, 1)}


def test_rows_that_a_test_chooses_go(tmp_path: Path) -> None:
    found = simulate(tmp_path, "remove:\n  attainments:\n    where: credential.tier = core or grade = 12\n")
    assert counts(found) == {"attainment": (0, 14)}
    assert {row["attainment_id"] for row in after(found, "attainment")} == {"a14", "a15"}


def test_rules_choose_as_the_policy_is_and_run_as_the_scenario_has_them(tmp_path: Path) -> None:
    """The ten that are premier grow by one, whatever the scenario then calls premier: every attainment is paid."""
    rules = "set:\n  definitions.attainment.is_premier: true\n" + GROW.format("10%")
    assert simulate(tmp_path, rules).scenario["paid"] == 100 * 17


def test_data_hold_in_runs_as_of_their_day_or_later(tmp_path: Path) -> None:
    dated = "from: 2026-12-01\n" + GROW.format("10%")
    assert simulate(tmp_path, dated, as_of=Date(2026, 11, 30)).scenario["paid"] == 1000
    assert simulate(tmp_path, dated, as_of=Date(2026, 12, 1)).scenario["paid"] == 1100


def test_several_files_in_any_order(tmp_path: Path) -> None:
    one, two = ADD, GROW.format("10%") + "remove:\n  credentials:\n    - c3\n"
    first, second = simulate(tmp_path, one, two), simulate(tmp_path, two, one)
    for table in first.grounds.plain.dataset.tables:
        assert after(first, table) == after(second, table)
    assert first.scenario["paid"] == 1200
    assert simulate(tmp_path, ADD, ADD).scenario == simulate(tmp_path, ADD).scenario


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("add:\n  districs:\n    - name: x\n", ("D004", "districs")),
        ("add:\n  districts:\n    - district_id: d9\n      nam: x\n", ("D005", "nam")),
        ("add:\n  schools:\n    - school_id: s9\n", ("D024", "school_id")),
        ("add:\n  schools:\n    - district: d1\n", ("D025", "district")),
        ("add:\n  credentials:\n    - credential_id: c9\n      kind: medal\n", ("D023", "medal")),
        ("add:\n  attainments:\n    - attainment_id: x\n      student: p01\n      credential: c1\n      grade: ten\n",
         ("D020", "ten")),
        ("add:\n  districts:\n    - district_id: d1\n", ("D026", "district_id")),
        ("add:\n  schools:\n    - school_id: s9\n      district: d9\n", ("D027", "d9")),
        ("add:\n  areas:\n    - code: US-YY\n  districts:\n    - district_id: d9\n      area: US-YY\n", ("D029", "US-YY")),
        ("add:\n  schools:\n    - school_id: s9\n      district: d1\nremove:\n  districts:\n    - d1\n", ("X069", "d1")),
        ("add:\n  schools:\n    - school_id: s9\n      district: d1\nremove:\n  districts:\n    where: district_id = \"d1\"\n",
         ("X072", "d1")),
        ("add:\n  programs:\n    - program_id: x\n", ("D006", "program_id")),
        ("remove:\n  districts:\n    - d9\n", ("X072", "d9")),
        ("remove:\n  endorsements:\n    - c1\n", ("D025", "c1")),
        ("remove:\n  endorsements:\n    - credential: c1\n      decision: endorse\n", ("D005", "decision")),
        ("grow:\n  endorsements:\n    - by: 10%\n", ("X074", "10%")),
        ("grow:\n  attainments:\n    - by: -101%\n", ("Y083", "-101%")),
        ("grow:\n  attainments:\n    - by: 1000.1%\n", ("Y086", "1000.1%")),
        ("grow:\n  attainments:\n    - by: ten\n", ("Y044", "ten")),
        ("grow:\n  attainments:\n    - by: 1000000%\n", ("Y044", "1000000%")),
        ("grow:\n  attainments:\n    - where: credential.teir = premier\n      by: 10%\n", ("N001", "teir")),
        ("grow:\n  attainments:\n    - where: grade\n      by: 10%\n", ("T005", "grade")),
        ("grow:\n  attainments:\n    - where: grade =\n      by: 10%\n", ("S002", "")),
        ("grow:\n  attainments:\n    - where: grade = 12\n      by: 10%\n    - where: is_premier\n      by: 5%\n",
         ("X075", "5%")),
        ("add:\n  districts:\n    - district_id: d9\nremove:\n  districts:\n    - d9\n", ("X069", "d9")),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_in_the_scenario(text: str, expected: tuple[str, str], tmp_path: Path) -> None:
    assert said(tmp_path, text) == [expected]


@pytest.mark.parametrize(
    ("row", "cure"),
    [
        ("award_date: 8/1/2026", "write it as `2026-08-01` (yyyy-mm-dd)"),
        ("award_date: next summer", "write the day as in `2026-08-01` (yyyy-mm-dd)"),
        ("grade: 11", "write each column of the key: `attainment_id: …`"),
    ],
)
def test_a_cell_is_cured_in_the_scenario_and_not_in_a_file(row: str, cure: str, tmp_path: Path) -> None:
    key = "" if "grade" in row else "attainment_id: x\n      "
    with pytest.raises(PolicyError) as raised:
        simulate(tmp_path, f"add:\n  attainments:\n    - {key}student: p01\n      credential: c1\n      {row}\n")
    assert cure in [help for one in raised.value.diagnostics for help in one.help]


def test_rows_beyond_the_most_are_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grown_rows, "MOST_ROWS", 30)
    assert said(tmp_path, "grow:\n  attainments:\n    - by: 900%\n") == [("X059", "900%")]


def test_a_row_added_in_other_words_is_a_conflict_with_both_places(tmp_path: Path) -> None:
    one = "add:\n  districts:\n    - district_id: d9\n      name: Nine\n"
    for texts in ((one, one.replace("Nine", "Neun")), (one.replace("Nine", "Neun"), one)):
        assert [code for code, _ in said(tmp_path, *texts)] == ["X069"]


def test_a_row_that_another_file_removes_cannot_be_referred_to(tmp_path: Path) -> None:
    """Both places are said, in either order."""
    one = "add:\n  schools:\n    - school_id: s9\n      district: d1\n"
    for texts in ((one, "remove:\n  districts:\n    - d1\n"), ("remove:\n  districts:\n    - d1\n", one)):
        with pytest.raises(PolicyError) as raised:
            simulate(tmp_path, *texts)
        (found,) = raised.value.diagnostics
        assert found.code == "X069" and found.message.startswith("`districts d1` is referred to here, and removed by")
        assert [(label.span.text, label.message) for label in found.labels[1:]] == [("d1", "removed here")]


@pytest.mark.parametrize(
    "more", ["add:\n  students:\n    - student_id: p99\n      accountable_school: s1\n",
             "set:\n  students:\n    - student_id: p21\n      accountable_school: s1\n"],
    ids=["added", "set"],
)  # fmt: skip
@pytest.mark.parametrize("gone", ["  districts:\n    - d1\n", '  schools:\n    where: school_id = "s1"\n'])
def test_a_row_that_goes_and_is_added_again_can_be_referred_to(gone: str, more: str, tmp_path: Path) -> None:
    """The school goes by a test, or with its district, and its students with it; then it is there again."""
    again = "add:\n  schools:\n    - school_id: s1\n      district: d2\n"
    found = simulate(tmp_path, f"remove:\n{gone}", again, more)
    (moved,) = (one for one in after(found, "student") if one["student_id"] in ("p99", "p21") and "s1" in one.values())
    assert moved["accountable_school"] == "s1"
    assert {one["school_id"]: one["district"] for one in after(found, "school")} == {"s1": "d2", "s2": "d2"}


def test_no_key_of_a_person_is_said(tmp_path: Path) -> None:
    with pytest.raises(PolicyError) as raised:
        simulate(tmp_path, "add:\n  students:\n    - student_id: p01\nremove:\n  attainments:\n    - zz\n")
    assert all("p01" not in one.message and "zz" not in one.message for one in raised.value.diagnostics)
