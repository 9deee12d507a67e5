"""Scenarios that set cells of rows that stay: which, what comes of it, what cannot be, and what is not said."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from engine import api
from engine.results.simulate.measure import measured
from engine.results.simulate.read_scenario import scenario_hash
from engine.results.simulate.record import simulation_record
from engine.syntax.format import format_source
from engine.text.diagnostic import Diagnostics
from engine.text.errors import PolicyError
from engine.text.source import Source
from engine.views.article import article_text
from engine.views.simulation_article import simulation_article
from tests.house.checkout import ROOT
from tests.results.simulate.overlay_state import POLICY, TABLES
from tests.results.simulate.test_overlay_rows import after, rows, said, simulate


def set_cells(*rows: str, table: str = "credentials", key: str = "credential_id") -> str:
    """`set:` with rows of a table, each `KEY COLUMN VALUE`."""
    lines = []
    for one in rows:
        code, column, value = one.split(" ", 2)
        lines += [f"    - {key}: {code}", f"      {column}: {value}"]
    return "\n".join(["set:", f"  {table}:", *lines, ""])


def test_two_wages_of_the_example_state(tmp_path: Path) -> None:
    """At $52,000 both occupations, which take a certificate, pay more than the floor of $49,900. Medical Assistant has its
    five credits: premier, and two claims bring $1,250 in the place of $500. Of Dental Assistant License the credits are
    not known: it is listed now, with a tier that waits for them.
    """
    policy = ROOT / "policies" / "example" / "credentials-of-value.yaml"
    found = api.simulate(
        policy, ROOT / "examples" / "state", [ROOT / "examples" / "scenarios" / "better-wages.scenario.yaml"]
    )
    data = Path(shutil.copytree(ROOT / "examples" / "state", tmp_path / "state"))
    path = data / "labor_markets.csv"
    text = path.read_text("utf-8")
    assert text.count(",45690,") == text.count(",48070,") == 1
    path.write_text(text.replace(",45690,", ",52000,").replace(",48070,", ",52000,"), "utf-8")
    assert found.scenario == measured(api.evaluate(policy, data))
    assert (found.scenario["owed"] or 0) - (found.baseline["owed"] or 0) == 2 * (1250 - 500)
    assert (found.scenario["listed"] or 0) - (found.baseline["listed"] or 0) == 1
    moved = {(one.name, one.before, one.after) for one in found.moves[0].of("list")}
    assert moved == {("Medical Assistant", "core", "premier"), ("Dental Assistant License", "undetermined", "listed")}


def test_a_credential_joins_the_list_by_one_cell(tmp_path: Path) -> None:
    """c3 is a badge, listed once it has an exam: as core it is not paid for. As a license, too, it is: one attainment
    more at $100. All else of the row stays.
    """
    found = simulate(tmp_path, set_cells("c3 exam_required yes"))
    assert [found.baseline["listed"], found.scenario["listed"], found.scenario["paid"]] == [2, 3, 1000]
    both = simulate(tmp_path, set_cells("c3 exam_required yes") + "      kind: license\n")
    assert [both.scenario["listed"], both.scenario["paid"]] == [3, 1100]
    before, now = rows(both.grounds.plain.dataset, "credential"), after(both, "credential")
    assert [one for one in now if one not in before] == [
        {**next(one for one in before if one["credential_id"] == "c3"), "kind": "license", "exam_required": True}
    ]
    assert both.grounds.rows is not None
    (table, count), *others = both.grounds.rows.counts.items()
    assert not others and (table, count.added, count.removed, count.changed, count.same) == ("credential", 0, 0, 1, 0)


def test_what_is_set_is_what_an_edited_file_says(tmp_path: Path) -> None:
    """Rows with different columns, a value that was missing, one that becomes so, and a reference."""
    text = set_cells("c4 exam_required yes", "c1 exam_required missing", "c2 kind license")
    text += "  attainments:\n    - attainment_id: a00\n      student: p20\n      school: s2\n"
    found = simulate(tmp_path, text)
    edited = TABLES["credentials"].replace("license,\n", "license,yes\n").replace("Nurse,license,yes", "Nurse,license,")
    moved = TABLES["attainments"].replace("a00,p00,c1,12,2025-26,s1", "a00,p20,c1,12,2025-26,s2")
    (tmp_path / "edited").mkdir()
    other = simulate(tmp_path / "edited", "equity: yes\n", attainments=moved,
                     credentials=edited.replace("Typist,badge", "Typist,license"))  # fmt: skip
    assert found.scenario == other.baseline != found.baseline
    for table in ("credential", "attainment"):
        assert after(found, table) == rows(other.grounds.plain.dataset, table)


def test_cells_are_set_before_rows_grow(tmp_path: Path) -> None:
    """The four attainments of c2 are premier by the cell that is set, and the four that are copied are so as well. Which
    rows grow is asked of the data as they are: of c2, which is core there.
    """
    text = set_cells("c2 kind license") + "grow:\n  attainments:\n    - where: credential.tier = core\n      by: 100%\n"
    assert simulate(tmp_path, text).scenario["paid"] == 1000 + 2 * 4 * 100
    years = set_cells("a10 grade 9", table="attainments", key="attainment_id")
    years += "grow:\n  attainments:\n    - where: grade = 11\n      by: 100%\n"
    policy = POLICY.replace("when: is_premier", "when: grade = 9")
    found = simulate(tmp_path, years, policy=policy)
    assert [found.baseline["paid"], found.scenario["paid"]] == [0, 200]


def test_a_column_that_is_not_read_is_said(tmp_path: Path) -> None:
    found = simulate(tmp_path, set_cells("c1 clock_hours 90", "c2 exam_required yes"))
    assert found.scenario == found.baseline and found.grounds.rows is not None
    assert found.grounds.rows.unread == (("credential", "clock_hours"),)
    assert found.grounds.rows.counts["credential"].same == 2
    page = article_text(simulation_article(found), 200)
    assert "Set, and not read in these runs: credential.clock_hours." in page
    assert "In 2 rows of credential cells are set, and none is another." in page


def test_several_files_in_any_order(tmp_path: Path) -> None:
    """Of one row each sets a cell; what both say alike is no conflict. A table of a parameter's name is no parameter."""
    policy = POLICY.replace("priority_list:", "parameters:\n  credentials:\n    cite: law (d)\n    values:\n"
                            "      2024-07-01: $100\npriority_list:").replace("amount: $100", "amount: credentials")  # fmt: skip
    one = set_cells("c3 exam_required yes", "c1 kind badge")
    two = set_cells("c3 kind license", "c1 kind badge")
    value = "set:\n  credentials: $70\n"
    texts = [simulate(tmp_path, *files, policy=policy) for files in ((one, two, value), (value, two, one))]
    assert texts[0].scenario == texts[1].scenario and texts[0].scenario["paid"] == 70
    assert after(texts[0], "credential") == after(texts[1], "credential")


def test_the_hash_is_of_the_cells_and_not_of_their_order(tmp_path: Path) -> None:
    def hashed(text: str) -> str:
        return scenario_hash(simulate(tmp_path, text).asked.scenarios[0])

    one = hashed(set_cells("c1 kind badge", "c3 kind license"))
    assert one == hashed(set_cells("c3 kind license", "c1 kind badge"))
    assert one != hashed(set_cells("c1 kind badge", "c3 kind certification"))
    written = "scenario: s\n" + set_cells("c1 kind badge", "c3 kind license")
    assert format_source(Source("s.scenario.yaml", written), Diagnostics()) == written


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (set_cells("c1 kind badge", table="credential"), ("D004", "credential")),
        (set_cells("c1 knd badge"), ("D005", "knd")),
        (set_cells("c1 kind medal"), ("D023", "medal")),
        (set_cells("c1 exam_required perhaps"), ("D020", "perhaps")),
        (set_cells("s1 district missing", table="schools", key="school_id"), ("D024", "missing")),
        (set_cells("clinic decision endorse", table="endorsements", key="employer"), ("D025", "employer")),
        (set_cells("c1 kind badge", "c1 kind license"), ("D026", "c1")),
        (set_cells("s1 district d9", table="schools", key="school_id"), ("D027", "d9")),
        (set_cells("c9 kind badge"), ("X072", "credential_id")),
        (set_cells("a1 name x", table="programs", key="program_id"), ("D006", "program_id")),
        (set_cells("c1 kind badge") + "      exam_required: no\n    - credential_id: c1\n      kind: license\n",
         ("X069", "license")),
        (set_cells("c1 kind badge") + "remove:\n  credentials:\n    - c1\n", ("X069", "credential_id")),
        (set_cells("c9 kind badge") + "add:\n  credentials:\n    - credential_id: c9\n", ("X069", "credential_id")),
        (set_cells("c1 kind badge") + "remove:\n  credentials:\n    where: kind = license\n",
         ("X072", "credential_id")),
        (set_cells("a00 grade 11", table="attainments", key="attainment_id") + "remove:\n  credentials:\n    - c1\n",
         ("X072", "attainment_id")),
        (set_cells("a00 credential c3", table="attainments", key="attainment_id") + "remove:\n  credentials:\n    - c3\n",
         ("X069", "c3")),
        ("set:\n  credentials:\n    - credential_id: c1\n", ("X073", "credential_id")),
        ("set:\n  credentials:\n    - c1\n", ("Y042", "c1")),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_in_the_scenario(text: str, expected: tuple[str, str], tmp_path: Path) -> None:
    assert said(tmp_path, text) == [expected]


def test_a_cell_set_otherwise_by_two_is_a_conflict_with_both_places(tmp_path: Path) -> None:
    one, two = set_cells("c1 kind badge"), set_cells("c1 kind certification")
    for texts in ((one, two), (two, one)):
        with pytest.raises(PolicyError) as raised:
            simulate(tmp_path, *texts)
        (told,) = raised.value.diagnostics
        assert told.code == "X069" and len(told.labels) == 2
        assert told.message.startswith("`credentials c1 kind` is set here, and set otherwise by the scenario `s")


def test_no_key_of_a_person_is_said(tmp_path: Path) -> None:
    """A student may be set; what is wrong, the page and the record name no key, and no value that is a person's."""
    student = set_cells("p00 accountable_school s2", "p01 accountable_school s1", table="students", key="student_id")
    found = simulate(tmp_path, student)
    record = simulation_record(found, "0")
    assert found.grounds.rows is not None and found.grounds.rows.counts["student"].changed == 1
    shown = article_text(simulation_article(found), 200) + json.dumps(record, default=str)
    assert "p00" not in shown and "p01" not in shown
    (counted,) = record["changed"]["rows"]
    assert (counted["table"], counted["changed"], counted["set_as_before"]) == ("student", 1, 1)
    wrong = [
        (student.replace("p00", "zz"),),
        (student.replace("s2", "s9"),),
        (student, student.replace("s2", "s1")),
        (student, "remove:\n  students:\n    - p00\n"),
        (student, "remove:\n  schools:\n    - s1\n"),
    ]
    for texts in wrong:
        with pytest.raises(PolicyError) as raised:
            simulate(tmp_path, *texts)
        for told in raised.value.diagnostics:
            texts_said = [told.message, *told.help, *told.notes, *(label.message for label in told.labels)]
            assert not any(key in each for each in texts_said for key in ("p00", "zz"))
