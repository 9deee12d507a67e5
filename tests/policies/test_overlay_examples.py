"""The scenarios of docs/simulate.md that change rules and data, counted by hand and by another way."""

from __future__ import annotations

import csv
import shutil
from fractions import Fraction
from hashlib import blake2b
from pathlib import Path

from engine import api
from engine.results.outcome import outcome
from engine.results.simulate.measure import measured
from engine.results.simulate.simulation import Simulation
from tests.house.checkout import ROOT

POLICY = ROOT / "policies" / "example" / "credentials-of-value.yaml"
STATE = ROOT / "examples" / "state"


def simulated(name: str) -> Simulation:
    return api.simulate(POLICY, STATE, [ROOT / "examples" / "scenarios" / f"{name}.scenario.yaml"])


def with_rows(folder: Path, rows: dict[str, list[dict[str, str]]]) -> Path:
    """A copy of the example state whose files have more lines."""
    data = Path(shutil.copytree(STATE, folder / "state"))
    for name, more in rows.items():
        path = data / f"{name}.csv"
        header = path.read_text(encoding="utf-8").split("\n", 1)[0].split(",")
        with path.open("a", encoding="utf-8", newline="") as file:
            csv.DictWriter(file, header, restval="", lineterminator="\n").writerows(more)
    return data


def table(name: str) -> list[dict[str, str]]:
    with (STATE / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_attainments_of_the_premier_tier_grow_by_a_tenth() -> None:
    """Of the N attainments of the credentials that the official list has as premier, N/10 with halves up are copied:
    those with the least digests of seed, table and key.
    """
    found = simulated("premier-growth")
    cells = outcome(api.evaluate(POLICY, STATE)).table("priority_list").column_cells("key", "tier")
    premier = {key for key, tier in cells if tier == "premier"}
    keys = [row["attainment_id"] for row in table("attainments") if row["credential"] in premier]
    wanted = (2 * len(keys) + 10) // 20
    least = sorted(keys, key=lambda key: blake2b(f"1\x1fattainment\x1f{key}".encode(), digest_size=16).digest())[
        :wanted
    ]
    frame = found.grounds.changed.dataset.tables["attainment"]
    columns = {name: data.values.to_pylist() for name, data in frame.columns.items()}
    copies = [key for key in columns["attainment_id"] if "+" in key]
    assert sorted(key.split("+")[0] for key in copies) == sorted(least)
    assert len(copies) == 4 and len(keys) == 35
    students = dict(zip(columns["attainment_id"], columns["student"], strict=True))
    stayed = sum(students[key] == students[key.split("+")[0]] for key in copies)
    assert found.grounds.rows is not None and found.grounds.rows.stayed == stayed
    for part in ("credential", "school", "school_year", "grade", "teacher"):
        of = dict(zip(columns["attainment_id"], columns[part], strict=True))
        assert all(of[key] == of[key.split("+")[0]] for key in copies)
    assert (found.scenario["owed"] or 0) - (found.baseline["owed"] or 0) == 1250
    assert (found.scenario["paid"] or 0) - (found.baseline["paid"] or 0) == Fraction("644.74")


def test_a_new_credential(tmp_path: Path) -> None:
    """Its occupation pays $69,390, and its training is short: no good job. Three credit hours are a head start; four of
    five employers are the quorum and 80%. 20 points for the wage, 30 for demand, 5 for each of four employers: 70.
    """
    found = simulated("new-credential")
    data = with_rows(
        tmp_path,
        {
            "credentials": [{"credential_id": "xx-901", "name": "C", "kind": "certification"}],
            "occupation_links": [{"credential": "xx-901", "occupation": "11-9051", "standing": "assumed"}],
            "endorsements": [
                {"credential": "xx-901", "employer": f"E{n}", "decision": "endorse" if n < 5 else "decline",
                 "decided_on": "2026-08-03"}
                for n in range(1, 6)
            ],
            "articulations": [
                {"credential": "xx-901", "institution": "College 01", "credits": "3", "statewide": "yes"}
            ],
        },
    )  # fmt: skip
    run = api.evaluate(POLICY, data)
    assert found.scenario == measured(run)
    cells = outcome(run).table("priority_list").column_cells("key", "status", "tier", "score")
    (mine,) = [row[1:] for row in cells if row[0] == "xx-901"]
    assert mine[:2] == ("listed", "core") and mine[2] == "70"
    assert [(one.name[:9], one.after) for one in found.moves[0].of("list")] == [("Certified", "core")]
    assert (found.scenario["listed"] or 0) - (found.baseline["listed"] or 0) == 1


def test_a_new_district(tmp_path: Path) -> None:
    """Two students of the seventh district earned nm-006, which is premier: $1,250 each in FY2027, below the cap of their
    teacher. Three quarters of that are less than the least of a district, $2,000, so it is paid this.
    """
    found = simulated("new-district")
    attained = [
        {"attainment_id": f"A9{n}", "student": f"S9{n}", "credential": "nm-006", "award_date": "2026-03-02",
         "verification": "issuer_roster", "grade": "12", "school_year": "2025-26", "school": "0007-01", "teacher": "T9"}
        for n in (1, 2)
    ]  # fmt: skip
    data = with_rows(
        tmp_path,
        {
            "districts": [{"district_id": "0007", "name": "N", "area": "US-XX"}],
            "schools": [{"school_id": "0007-01", "name": "N", "district": "0007", "lowest_grade": "9",
                         "highest_grade": "12", "charter": "no"}],
            "teachers": [{"teacher_id": "T9", "school": "0007-01"}],
            "students": [
                {"student_id": f"S9{n}", "class_of": "2026", "accountable_school": "0007-01"} for n in (1, 2)
            ],
            "enrollments": [
                {"student": f"S9{n}", "school": "0007-01", "school_year": "2025-26", "grade": "12"} for n in (1, 2)
            ],
            "attainments": attained,
        },
    )  # fmt: skip
    assert found.scenario == measured(api.evaluate(POLICY, data))
    assert (found.scenario["owed"] or 0) - (found.baseline["owed"] or 0) == 2500
    paid = {one.key: one.after for one in found.moves[0].of("payment")}
    assert paid["0007"] == 2000 and (found.scenario["least factor"] or 0) * 2500 < 2000
    assert [one.change for one in found.moves[0].of("payment") if one.key != "0007"] == [Fraction(-28070, 100)]
