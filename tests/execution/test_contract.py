"""The data contract: each rule about rows, broken once; and rows given in memory."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from engine.execution.dataset import Dataset, dataset_from_rows
from engine.model.standard import STANDARD
from engine.model.table import Column, Table
from engine.text.diagnostic import Diagnostics, Severity
from tests.execution.folder import SOUND, codes, read, write

MARKET = "occupation\tarea\temployment\tannual_median\tgrowth\n"


@pytest.mark.parametrize(
    ("file", "text", "code", "said", "marked"),
    [
        ("markets_tsv", MARKET + "15-1252\tUS-OH\t12x\t\t\n", "D020", "`12x`, which is not a number", "12x"),
        ("markets_tsv", MARKET + "15-1252\tUS-OH\t1,200\t\t\n", "D020", "  thousands: yes", "1,200"),
        ("markets_tsv", MARKET + "15-1252\tUS-OH\t>=5\t\t\n", "D020", "which is not a number", ">=5"),
        ("markets_tsv", MARKET + "15-1252\tUS-OH\t\t>=\t\n", "D020", "nor a bound such as", ">="),
        ("markets_tsv", MARKET + "15-1252\tUS-OH\t1e3\t\t\n", "D020", "not a number", "1e3"),
        ("markets_tsv", MARKET + "15-1252\tUS-OH\t\t\t5%\n", "D020", "a number of percent", "5%"),
        ("markets_tsv", MARKET + "15-1252\tUS-OH\t1.5\t\t\n", "D021", "more than 0 decimals", "1.5"),
        ("markets_tsv", MARKET + "15-1252\tUS-OH\t\t1.005\t\n", "D021", "more than 2 decimals", "1.005"),
        ("markets_tsv", MARKET + "15-1252\tUS-OH\t-1\t\t\n", "D022", "not from 0 to 999,999,999", "-1"),
        ("markets_tsv", MARKET + "15-1252\tUS-OH\t\t\t-101\n", "D022", "not from -100 to 99,900 percent", "-101"),
        ("markets_tsv", MARKET + f"15-1252\tUS-OH\t{'9' * 30}\t\t\n", "D022", "which is not from 0", "9" * 30),
        ("occupations_csv", "code,high_skill\n15-1252,maybe\n29-2010,\n", "D020", "not yes or no", "maybe"),
        ("occupations_csv", "code,level\n15-1252,detail\n29-2010,\n", "D023", "did you mean `detailed`?", "detail"),
        ("occupations_csv", "code,level\n15-1252,x\n29-2010,\n", "D023", "its values are `total`, `major`", "x"),
        ("endorsements_csv", "credential,employer,decided_on\nC1,A,2/28/2026\n", "D020", "a date such as", None),
        ("endorsements_csv", "credential,employer,decided_on\nC1,A,2026-02-30\n", "D020", "a date", None),
        ("endorsements_csv", "credential,employer\nC1,\n", "D025", "part of the key of `endorsement`", ""),
        ("endorsements_csv", "credential,employer\nC3,A\n", "D027", "`C3`, which is no row of `credential`", "C3"),
        ("credentials_csv", "credential_id\nC1\nC2\nC1\n", "D026", "`credential_id=C1` of `credential`", "C1"),
        ("credentials_csv", "credential_id\nC1\nC2\nC1\n", "D026", "stands in line 2 already", "C1"),
        ("areas_csv", "code,part_of\nUS-OH,\n39-1,US-HO\n", "D027", "did you mean `US-OH`?", "US-HO"),
        ("markets_tsv", MARKET + "15-1252\tUS-TX\t1\t\t\n", "D029", "`US-TX` in `area` does not", "US-TX"),
        ("markets_tsv", MARKET + "15-1252\tUS-TX\t1\t\t\n", "D029", "scope:\n  areas: [US-OH]", "US-TX"),
        (
            "markets_tsv",
            MARKET + "15-1252\tUS-TX\t1\t\t\n",
            "D029",
            "correct `jurisdiction: US-OH` in dataset",
            "US-TX",
        ),
    ],
)
def test_rows_that_break_the_contract(
    tmp_path: Path, file: str, text: str, code: str, said: str, marked: str | None
) -> None:
    dataset, found = read(write(tmp_path, **{file: text}))
    assert dataset is None, "nothing is evaluated on data that breaks the contract"
    one = next(one for one in found if one.code == code)
    assert said in " ".join((one.message, *one.help))
    assert "line 2:" not in one.message, "the place says it"
    assert one.span.source.name == str(tmp_path / ".".join(file.rsplit("_", 1))), "the folder as it was given"
    assert marked is None or one.span.text == marked


def test_trailing_zeros_are_no_decimals(tmp_path: Path) -> None:
    dataset, found = read(write(tmp_path, markets_tsv=MARKET + "15-1252\tUS-OH\t012.00\t+1.5000\t\n"))
    assert dataset is not None and found == ()
    columns = dataset.tables["labor_market"].columns
    assert columns["employment"].values.to_pylist() == [12]
    assert columns["annual_median"].values.to_pylist() == [150]


def test_untidy_text_is_trimmed_and_told(tmp_path: Path) -> None:
    text = "credential_id,name\nC1 ,Soudure e\u0301lectrique\nC2,Welding\n"
    dataset, found = read(write(tmp_path, credentials_csv=text))
    assert dataset is not None
    assert [(one.code, one.severity.value) for one in found] == [("D028", "warning")] * 2
    columns = dataset.tables["credential"].columns
    assert columns["credential_id"].values.to_pylist() == ["C1", "C2"]
    assert columns["name"].values.to_pylist() == ["Soudure \u00e9lectrique", "Welding"]


def test_a_required_value(tmp_path: Path) -> None:
    yaml = SOUND["dataset.yaml"] + "  school: schools.csv\n  district: districts.csv\n"
    write(tmp_path, dataset_yaml=yaml, schools_csv="school_id,district\nS,\n", districts_csv="district_id\nD\n")
    assert codes(tmp_path) == ["D024"]
    (tmp_path / "schools.csv").write_text("school_id\nS\n")
    assert codes(tmp_path) == ["D007"], "a column that is required must be there where everything is read"
    assert codes(tmp_path, {"school": {"charter"}}) == ["D007"]


def test_twenty_are_shown_and_the_rest_counted(tmp_path: Path) -> None:
    rows = "".join(f"C{n},x\n" for n in range(1500))
    _, found = read(write(tmp_path, credentials_csv="credential_id,valid_for\n" + rows, endorsements_csv=None))
    assert {one.code for one in found} == {"D008", "D020"}, "what can be read is checked though a file is missing"
    wrong = [one for one in found if one.code == "D020"]
    assert len(wrong) == 20
    assert {one.span.source.position(0)[0] for one in wrong} == set(range(2, 22)), "the first of the file"
    assert [one.notes for one in wrong if one.notes] == [("and 1,480 more like this in `credential`",)]


def test_values_of_people_are_never_shown(tmp_path: Path) -> None:
    yaml = "title: x\ntables:\n  student: students.csv\n  credential: credentials.csv\n  attainment: attainments.csv\n"
    students = "student_id,class_of,sex\nKim-77,20xx,F\nKim-77,2026, M\n,2026,M\n"
    attainments = "attainment_id,student,credential,verification\nA1,Lee-88,C1,sworn\nA2,Kim-77,C9,audited,x\n"
    for text in (attainments, attainments.replace(",x\n", "\n")):
        _, found = read(write(tmp_path, dataset_yaml=yaml, students_csv=students, attainments_csv=text, areas_csv=None))
        assert found
        for one in found:
            said = " ".join((one.message, *one.help, *one.notes, *(label.message for label in one.labels)))
            assert "Kim" not in said and "Lee" not in said and "20xx" not in said
            assert one.span.source.text == "", "the line itself is not shown either"
            line = one.span.source.first_line
            assert one.notes[0] == f"it is in line {line}, which is not shown because it speaks of a person"
    told = {one.code: one.message for one in found}
    assert set(told) == {"D020", "D023", "D025", "D026", "D027", "D028"}
    assert told["D020"] == "`class_of` holds a value that is not shown, which is not a number"
    assert told["D023"] == "`verification` holds `sworn`, which is not one of its values"


def test_a_scope_leaves_rows_out_and_what_refers_to_them(tmp_path: Path) -> None:
    yaml = (
        "title: x\njurisdiction: US-OH\nscope:\n  areas: [US-OH]\ntables:\n  area: areas.csv\n"
        "  district: districts.csv\n  school: schools.csv\n  labor_market: markets.tsv\n"
    )
    areas = "code,part_of\nUS,\nUS-OH,US\nUS-TX,US\n39-1,US-OH\n48-1,US-TX\n"
    districts = "district_id,area\nD1,39-1\nD2,48-1\nD3,\n"
    schools = "school_id,district\nS1,D1\nS2,D2\nS3,D3\n"
    # a row outside the scope may be as broken as it likes
    markets = MARKET + "15-1252\tUS-OH\t1\t\t\n15-1252\tUS\tx\t\t\n15-1252\tUS-TX\t-3\t\t\n"
    write(
        tmp_path,
        dataset_yaml=yaml,
        areas_csv=areas,
        districts_csv=districts,
        schools_csv=schools,
        markets_tsv=markets,
    )
    dataset, found = read(tmp_path)
    assert dataset is not None, found
    tables = dataset.tables
    assert tables["district"].columns["district_id"].values.to_pylist() == ["D1", "D3"]
    assert tables["school"].columns["school_id"].values.to_pylist() == ["S1", "S3"]
    assert (tables["school"].left_out, tables["labor_market"].left_out) == (1, 2)
    assert tables["labor_market"].lines.to_pylist() == [2]
    # the same when a policy needs only a part
    dataset, _ = read(tmp_path, {"school": {"charter"}} | {"district": {"name"}})
    assert dataset is None, "the columns are not there"
    dataset, _ = read(tmp_path, {"school": set(), "district": set()})
    assert dataset is not None and dataset.tables["school"].row_count == 2
    # and where nothing is left
    (tmp_path / "dataset.yaml").write_text(yaml.replace("[US-OH]", "[US-AK]").replace("jurisdiction: US-OH\n", ""))
    _, found = read(tmp_path)
    assert {one.code for one in found} == {"D030"}
    assert "has no rows in the scope" in found[0].message


KNOWN = """\
title: x
tables:
  district: districts.csv
  school: schools.csv
  student:
    file: students.csv
    missing: "?"
"""


def test_rows_that_refer_to_no_row_may_be_left_out(tmp_path: Path) -> None:
    """D9 is no district: its school goes, and the students of that school; a school nobody knows is still refused."""
    districts, schools = "district_id\nD1\nDé\n", "school_id,district\nS1,D1\nS9,D9\nS2,De\u0301\nS3, D1\n"
    students = "student_id,accountable_school\n1,S1\n2,S9\n3,\n4,?\n"
    write(tmp_path, dataset_yaml=KNOWN, districts_csv=districts, schools_csv=schools, students_csv=students)
    _, found = read(tmp_path)
    wrong = [one for one in found if one.code == "D027"]
    assert [(one.message, one.span.text) for one in wrong] == [
        ("`district` holds `D9`, which is no row of `district`", "D9")
    ]
    assert wrong[0].help[-1].endswith("write in dataset.yaml:\nscope:\n  known: [district]")
    scoped = f"{KNOWN}scope:\n  known: [district]\n"
    (tmp_path / "dataset.yaml").write_text(scoped, encoding="utf-8")
    dataset, found = read(tmp_path)
    assert dataset is not None, found
    left = {name: (frame.row_count, frame.left_out) for name, frame in dataset.tables.items() if frame.file}
    assert left == {"district": (2, 0), "school": (3, 1), "student": (3, 1)}
    # the same when a policy needs only a part
    dataset, _ = read(tmp_path, {"student": {"accountable_school"}, "school": {"district"}})
    assert dataset is not None and dataset.tables["student"].left_out == 1
    (tmp_path / "students.csv").write_text(f"{students}5,S7\n", encoding="utf-8")
    dataset, found = read(tmp_path)
    assert dataset is None and [one.code for one in found if one.severity is Severity.ERROR] == ["D027"]
    (tmp_path / "dataset.yaml").write_text(scoped.replace("[district]", "[school, district]"), encoding="utf-8")
    dataset, _ = read(tmp_path)
    assert dataset is not None and dataset.tables["student"].left_out == 2


@pytest.mark.parametrize(
    ("known", "code", "said"),
    [
        ("[distric]", "D004", "did you mean `district`?"),
        ("[teacher]", "D002", "tables of this dataset"),
        ("\n    a: b", "D002", "a text or a list"),
    ],
)
def test_what_a_scope_may_not_say(tmp_path: Path, known: str, code: str, said: str) -> None:
    rows = {"districts_csv": "district_id\nD1\n", "schools_csv": "school_id,district\nS1,D1\n"}
    write(tmp_path, dataset_yaml=f"{KNOWN}scope:\n  known: {known}\n", students_csv="student_id\n1\n", **rows)
    dataset, found = read(tmp_path)
    assert dataset is None
    one = next(one for one in found if one.code == code)
    assert said in " ".join((one.message, *one.help))


def test_the_jurisdiction_of_the_policy_holds_too(tmp_path: Path) -> None:
    write(tmp_path)
    for place, told in (("US", []), ("US-OH", []), ("US-TX", ["D029"] * 3), ("US-O", ["D029"] * 3)):
        _, found = read(tmp_path, jurisdiction=place)
        assert [one.code for one in found] == told, place


# -- rows in memory ---------------------------------------------------------------------------------------------

THING = Table(
    name="thing",
    rows_name="things",
    title="A thing",
    key=("thing_id",),
    columns=(
        Column(name="thing_id", type="text"),
        Column(name="n", scale=1, bounded=True),
        Column(name="big", at_most=Decimal(10) ** 30),
        Column(name="year", type="school_year"),
        Column(name="next", type="thing"),
    ),
)


def small(*rows: dict[str, str]) -> Dataset:
    return dataset_from_rows({"thing": THING}, {"thing": list(rows)})


def test_rows_in_memory() -> None:
    dataset = small(
        {"thing_id": "b", "n": "at_least 5.5", "big": "1" + "0" * 29, "year": "2026-27", "next": "a"},
        {"thing_id": "a", "n": "missing: not released", "big": "missing"},
    )
    frame = dataset.tables["thing"]
    assert frame.lines.to_pylist() == [2, 1]
    n, big = frame.columns["n"], frame.columns["big"]
    assert n.values.to_pylist() == [None, 55] and n.high is not None and n.high.to_pylist() == [None, None]
    assert n.why is not None and n.why.to_pylist() == ["not released", None]
    assert str(big.values.type) == "decimal128(38, 0)" and big.values.to_pylist()[1] == Decimal(10) ** 29
    assert big.why is not None and big.why.to_pylist() == ["blank", None]
    assert frame.columns["year"].values.to_pylist() == [None, 2026]


def test_rows_in_memory_keep_the_contract() -> None:
    with pytest.raises(ValueError, match="row 1: `next` holds `z`"):
        small({"thing_id": "a", "next": "z"})
    with pytest.raises(ValueError, match="no column colour"):
        small({"thing_id": "a", "colour": "red"})
    with pytest.raises(ValueError, match="no such table: thong"):
        dataset_from_rows({"thing": THING}, {"thong": []})
    diagnostics = Diagnostics()
    dataset_from_rows({"thing": THING}, {"thing": [{"thing_id": ""}]}, diagnostics=diagnostics)
    assert [one.code for one in diagnostics.sorted()] == ["D025"]


def test_rows_in_memory_of_the_standard_model() -> None:
    rows = {"credential": [{"credential_id": "C1"}], "articulation": [{"credential": "C1", "institution": "A"}]}
    dataset = dataset_from_rows(
        STANDARD, rows, jurisdiction="US-OH", as_of=date(2026, 7, 1), complete={"articulation": False}
    )
    assert set(dataset.tables) == set(STANDARD)
    assert dataset.tables["state"].columns["state"].values.to_pylist() == ["state"]
    assert dataset.tables["endorsement"].complete and not dataset.tables["articulation"].complete
