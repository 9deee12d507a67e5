"""Datasets from a folder: what is read, how it is laid out, and what dataset.yaml may say."""

from __future__ import annotations

import gzip
import hashlib
from datetime import date
from pathlib import Path

import pytest

from engine.execution import file_bytes
from engine.execution.frame import ColumnData
from tests.execution.folder import SOUND, codes, read, write


def column(folder: Path, table: str, name: str) -> ColumnData:
    dataset, found = read(folder)
    assert dataset is not None, [one.message for one in found]
    return dataset.tables[table].columns[name]


def test_a_sound_dataset(tmp_path: Path) -> None:
    dataset, found = read(write(tmp_path))
    assert dataset is not None and found == ()
    assert (dataset.title, dataset.as_of, dataset.made_up) == ("Small state", date(2026, 11, 1), True)
    assert dataset.jurisdiction == "US-OH" and dataset.note == "every row is made up"
    assert dataset.sources["labor_market"].vintage == "May 2025"
    assert set(dataset.fingerprints) == set(SOUND), "dataset.yaml says how the others are read, so it counts too"
    assert dataset.fingerprints["dataset.yaml"] == hashlib.sha256(SOUND["dataset.yaml"].encode()).hexdigest()
    assert dataset.fingerprints["areas.csv"] == hashlib.sha256(SOUND["areas.csv"].encode()).hexdigest()
    markets = dataset.tables["labor_market"]
    assert (markets.row_count, markets.complete, markets.file) == (3, False, "markets.tsv")
    # sorted by key, each row with its line in the file
    assert markets.columns["occupation"].values.to_pylist() == ["15-1252", "15-1252", "29-2010"]
    assert markets.columns["area"].values.to_pylist() == ["39-1", "US-OH", "US-OH"]
    assert markets.lines.to_pylist() == [4, 3, 2]


def test_numbers_are_integers_at_their_scale(tmp_path: Path) -> None:
    write(tmp_path)
    growth = column(tmp_path, "labor_market", "growth")
    assert str(growth.values.type) == "int64"
    assert growth.values.to_pylist() == [None, 52_000, -35_000], "5.2% is 0.052 at scale 6"
    wages = column(tmp_path, "labor_market", "annual_median")
    assert wages.values.to_pylist() == [None, 9_924_050, 23_920_000]
    assert wages.high is not None and wages.high.to_pylist() == [5_000_000, 9_924_050, None]
    employment = column(tmp_path, "labor_market", "employment")
    assert employment.values.to_pylist() == [300, 1200, None]
    assert employment.why is not None and employment.why.to_pylist() == [None, None, "not released"]


def test_other_types(tmp_path: Path) -> None:
    write(tmp_path)
    skill = column(tmp_path, "occupation", "high_skill").values
    assert skill.to_pylist() == [True, False] and str(skill.type) == "bool"
    zone = column(tmp_path, "occupation", "job_zone")
    assert zone.why is not None and zone.why.to_pylist() == [None, "blank"]
    decided = column(tmp_path, "endorsement", "decided_on").values
    assert decided.to_pylist() == [date(2026, 2, 28)] and str(decided.type) == "date32[day]"
    assert column(tmp_path, "credential", "name").values.to_pylist() == ["Nursing", "Welding, basic"]


def test_the_state_and_the_tables_without_a_file(tmp_path: Path) -> None:
    dataset, _ = read(write(tmp_path))
    assert dataset is not None
    assert dataset.tables["state"].columns["state"].values.to_pylist() == ["state"]
    assert dataset.tables["articulation"].row_count == 0
    assert dataset.tables["listing"].row_count == 0 and "tier" in dataset.tables["listing"].columns
    assert "student" not in dataset.tables


def test_the_order_of_rows_and_packing_do_not_matter(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    first, _ = read(write(tmp_path / "a"))
    head, *lines = SOUND["markets.tsv"].splitlines()
    turned = "\r\n".join([head, *reversed(lines)])
    yaml = SOUND["dataset.yaml"].replace("markets.tsv", "markets.tsv.gz")
    (tmp_path / "b" / "markets.tsv.gz").write_bytes(gzip.compress(b"\xef\xbb\xbf" + turned.encode()))
    second, found = read(write(tmp_path / "b", dataset_yaml=yaml, markets_tsv=None))
    assert first is not None and second is not None, [one.message for one in found]
    for name, frame in first.tables.items():
        for key, data in frame.columns.items():
            other = second.tables[name].columns[key]
            assert data.values.equals(other.values) and (data.high is None or data.high.equals(other.high))


def test_only_what_is_needed_is_read(tmp_path: Path) -> None:
    # the broken table is not needed, and the areas only as far as the reference to them is checked
    write(tmp_path, endorsements_csv="nothing\n1,2\n")
    dataset, found = read(tmp_path, {"labor_market": {"growth"}, "state": set()})
    assert dataset is not None and found == ()
    assert set(dataset.tables) == {"state", "area", "occupation", "labor_market"}
    assert set(dataset.tables["labor_market"].columns) == {"occupation", "area", "growth"}
    assert "D007" in codes(tmp_path)


def test_mapped_columns_masks_and_footnotes(tmp_path: Path) -> None:
    yaml = SOUND["dataset.yaml"].replace(
        "    file: markets.tsv\n",
        """\
    file: wages.csv
    thousands: yes
    missing:
      - "**"
    columns:
      occupation: OCC_CODE
      area: AREA
      employment: TOT_EMP
      annual_median:
        from: A_MEDIAN
        footnote: A_MEDIAN_FN
        missing: "-"
        masks:
          8:
            why: not released
          5:
            at_least: 239,200
""",
    )
    wages = (
        "AREA,OCC_CODE,TOT_EMP,A_MEDIAN,A_MEDIAN_FN,\n"
        'US-OH,15-1252,"12,340",-,5,\n'
        "39-1,15-1252,**,-,8,\n"
        'US-OH,29-2010,50,"43,900",,\n'
    )
    write(tmp_path, dataset_yaml=yaml, wages_csv=wages)
    median = column(tmp_path, "labor_market", "annual_median")
    assert median.values.to_pylist() == [None, 23_920_000, 4_390_000]
    assert median.high is not None and median.high.to_pylist() == [None, None, 4_390_000]
    assert median.why is not None and median.why.to_pylist() == ["not released", None, None]
    jobs = column(tmp_path, "labor_market", "employment")
    assert jobs.values.to_pylist() == [None, 12_340, 50]
    assert jobs.why is not None and jobs.why.to_pylist()[0] == "published as **"
    (tmp_path / "wages.csv").write_text(wages.replace("-,8,", "-,9,"))
    assert codes(tmp_path) == ["D018"]


def test_masks_by_the_text_itself(tmp_path: Path) -> None:
    yaml = SOUND["dataset.yaml"].replace(
        "    file: markets.tsv\n",
        """\
    file: wages.csv
    masks:
      "#":
        at_least: 208000
      "*":
        why: not available
    columns:
      occupation: code
      area: area
      annual_median: wage
""",
    )
    write(tmp_path, dataset_yaml=yaml, wages_csv="code,area,wage\n15-1252,US-OH,#\n29-2010,US-OH,*\n")
    wage = column(tmp_path, "labor_market", "annual_median")
    assert wage.values.to_pylist() == [20_800_000, None]
    assert wage.why is not None and wage.why.to_pylist() == [None, "not available"]


OCCUPATION = "  occupation:\n    file: occupations.csv\n    columns:\n      title: {}\n"


def test_a_map_of_some_columns_leaves_the_others_their_names(tmp_path: Path) -> None:
    yaml = YAML.replace("  occupation: occupations.csv\n", OCCUPATION.format("Title"))
    text = "code,Title,title,job_zone,job_zone_why\n15-1252,Developers,other,,not rated\n29-2010,Technologists,,4,\n"
    write(tmp_path, dataset_yaml=yaml, occupations_csv=text)
    assert column(tmp_path, "occupation", "title").values.to_pylist() == ["Developers", "Technologists"]
    zone = column(tmp_path, "occupation", "job_zone")
    assert zone.values.to_pylist() == [None, 4]
    assert zone.why is not None and zone.why.to_pylist() == ["not rated", None]


def test_a_header_is_read_for_one_column_only(tmp_path: Path) -> None:
    # what is mapped to another column is not found again under its own name
    yaml = YAML.replace("  credential: credentials.csv\n", "  credential:\n    file: credentials.csv\n    columns:\n")
    yaml = yaml.replace("    columns:\n", "    columns:\n      name: issuer\n")
    write(tmp_path, dataset_yaml=yaml, credentials_csv="credential_id,issuer\nC1,AWS\nC2,CNA\n")
    dataset, found = read(tmp_path)
    assert dataset is not None, found
    assert set(dataset.tables["credential"].columns) == {"credential_id", "name"}


def test_what_is_said_of_a_table_holds_without_a_map(tmp_path: Path) -> None:
    yaml = YAML.replace(
        "markets.tsv\n", 'markets.tsv\n    thousands: yes\n    masks:\n      "*":\n        why: hidden\n'
    )
    text = "occupation\tarea\temployment\n15-1252\tUS-OH\t1,200\n29-2010\tUS-OH\t*\n"
    write(tmp_path, dataset_yaml=yaml, markets_tsv=text)
    jobs = column(tmp_path, "labor_market", "employment")
    assert jobs.values.to_pylist() == [1200, None]
    assert jobs.why is not None and jobs.why.to_pylist() == [None, "hidden"]


def test_a_table_without_rows_is_told_of_once(tmp_path: Path) -> None:
    assert codes(write(tmp_path, occupations_csv="code,title\n", credentials_csv="credential_id\n")) == ["D030"] * 2
    # what is said to have no rows cannot be referred to
    yaml = YAML.replace("  credential: credentials.csv\n", "  credential:\n    empty: yes\n")
    assert codes(write(tmp_path, dataset_yaml=yaml, occupations_csv=SOUND["occupations.csv"])) == ["D027"]


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        ("  credential:\n    fle: credentials.csv\n", ["D003"]),
        ("  credentials: credentials.csv\n", ["D004"]),
        ("  credential:\n    vintage: 2026\n", ["D002"]),
        ("", ["D006"]),
    ],
)
def test_a_misspelt_entry_is_told_of_once(tmp_path: Path, entry: str, expected: list[str]) -> None:
    yaml = YAML.replace("  credential: credentials.csv\n", entry)
    needed = {"credential": {"name"}, "endorsement": {"decision"}}
    _, found = read(write(tmp_path, dataset_yaml=yaml), needed)
    assert [one.code for one in found] == expected
    assert len(found[0].span.text.splitlines()) <= 2, "the whole file is not shown"


def test_no_dataset(tmp_path: Path) -> None:
    assert codes(tmp_path) == ["D001"]
    assert codes(tmp_path / "nowhere") == ["D001"]
    (tmp_path / "dataset.yaml.txt").write_text("tables:\n")
    assert "rename it to `dataset.yaml`" in str(read(tmp_path)[1][0].help)


YAML = SOUND["dataset.yaml"]
MAPPED = YAML.replace("  area: areas.csv\n", "  area:\n    file: areas.csv\n    columns:\n      code: code\n{}")


@pytest.mark.parametrize(
    ("yaml", "code", "said", "place"),
    [
        ("- a\n", "D002", "`title` and `tables`", "- a"),
        ("title: x\n", "D002", "`tables` takes the tables", "title: x"),
        (YAML.replace("2026-11-01", "2026-13-01"), "D002", "a date such as", "2026-13-01"),
        (YAML.replace("complete: no", "complete: perhaps"), "D002", "`yes` or `no`", "perhaps"),
        (YAML.replace("    empty: yes\n", "    source: x\n"), "D002", "either `file` or `empty", None),
        (YAML.replace("areas.csv", ""), "D002", "the name of a file", None),
        (YAML + "scope: US-OH\n", "D002", "`areas`, a list", "US-OH"),
        (MAPPED.format("      name:\n        footnote: F\n"), "D002", "a header of the file", None),
        (MAPPED.format("    masks: 3\n"), "D002", "texts or footnote codes", "3"),
        (MAPPED.format('    masks:\n      "*": x\n'), "D002", "`why`, `at_least` or `at_most`", "x"),
        (MAPPED.format("    masks:\n      x:\n        at_least: much\n"), "D002", "a number", "much"),
        (MAPPED.format("    missing:\n      a: b\n"), "D002", "a text or a list", None),
        (YAML.replace("vintage:", "vintag:"), "D003", "did you mean `vintage`?", "vintag"),
        (YAML.replace("title:", "heading:"), "D003", "`dataset.yaml` has no key `heading`", "heading"),
        (YAML.replace("  credential:", "  credentials:"), "D004", "did you mean `credential`?", "credentials"),
        (MAPPED.format("      fibs: F\n"), "D005", "did you mean `fips`?", "fibs"),
        (MAPPED.format("      name: nome\n"), "D007", "did you mean `name`?", "nome"),
        (MAPPED.format("      name:\n        from: name\n        footnote: f\n"), "D007", "`f`", None),
        (YAML.replace("areas.csv", "area.csv"), "D008", "did you mean `areas.csv`?", "area.csv"),
        (YAML.replace("areas.csv", "../areas.csv"), "D009", "outside", "../areas.csv"),
        (YAML.replace("areas.csv", "/etc/hosts.csv"), "D009", "outside", "/etc/hosts.csv"),
        (YAML.replace("areas.csv", "areas.xls"), "D010", "not a kind of file", "areas.xls"),
        (YAML.replace("areas.csv", "areas.xlsm"), "D010", "never run: save it as .xlsx", "areas.xlsm"),
        (YAML.replace("areas.csv", "areas.gz"), "D010", "not a kind of file", "areas.gz"),
        (
            MAPPED.format("      fips:\n        from: code\n        masks:\n          a:\n            at_most: 5\n"),
            "D019",
            "takes exact values only",
            None,
        ),
    ],
)
def test_what_dataset_yaml_may_not_say(tmp_path: Path, yaml: str, code: str, said: str, place: str | None) -> None:
    dataset, found = read(write(tmp_path, dataset_yaml=yaml))
    assert dataset is None
    one = next(one for one in found if one.code == code)
    assert said in " ".join((one.message, *one.help))
    assert one.span.source.name.endswith("dataset.yaml")
    assert place is None or one.span.text == place


def test_complaints_of_yaml_itself_pass_through(tmp_path: Path) -> None:
    assert codes(write(tmp_path, dataset_yaml="title: x\ntitle: y\ntables: {}\n"))[0].startswith("Y")
    assert codes(write(tmp_path, dataset_yaml="tables: [\n"))[0].startswith("Y")


def test_a_table_that_is_needed_and_not_given(tmp_path: Path) -> None:
    assert codes(write(tmp_path), {"program": {"weeks"}}) == ["D006"]
    assert codes(tmp_path, {"determination": {"decision"}, "articulation": {"credits"}}) == []


@pytest.mark.parametrize(
    ("areas", "code", "said"),
    [
        ("code,name\nUS-OH,Montr\xe9al\n".encode("latin-1"), "D012", "line 2 holds the byte 0xE9"),
        ("code,name\nUS-OH,Ohio\n".encode("utf-16"), "D012", "it is UTF-16"),
        (b"code,name\nUS-OH,O\0hio\n", "D012", "a null character"),
        (b"PK\x03\x04\x14\0xl/workbook.xml", "D012", "it is an Excel workbook"),
        (b"PK\x03\x04\x14\0xl/workbook.xml", "D012", "let its name end in `.xlsx`"),
        (b"PK\x03\x04\x14\0areas.csv", "D012", "it is a ZIP archive"),
        (b"\xd0\xcf\x11\xe0\xa1", "D012", "it is an old Excel workbook"),
        (gzip.compress(b"code\nUS-OH\n", mtime=0), "D012", "it is packed with gzip"),
        (b"", "D014", "is empty"),
        (b"\xef\xbb\xbf\r\n\n", "D014", "is empty"),
        (b"code,name,code\nUS-OH,Ohio,1\n", "D015", "more than one column `code`"),
        (b"name,state\nOhio,1\n", "D007", "its columns are `name`, `state`"),
        (b"code,name\nUS-OH,Ohio,1\n39-1\n", "D016", "the row has 3 cells, the header has 2"),
        (b'code,name\nUS-OH,"Ohio\n39-1,North\n', "D017", "the quotation mark that opens here is never closed"),
        (b'code,name\nUS-OH,"Oh"io\n', "D017", "text follows a closing quotation mark"),
        (b'"code,name\nUS-OH,Ohio\n', "D017", "the quotation mark that opens here is never closed"),
        (b"code,name\nUS-OH," + b"x" * 200_000 + b'"\n"a', "D017", "longer than 131,072"),
        (b"code,name\n", "D030", "the table `area` has no rows"),
    ],
)
def test_broken_files(tmp_path: Path, areas: bytes, code: str, said: str) -> None:
    dataset, found = read(write(tmp_path, areas_csv=areas))
    assert dataset is None
    one = next(one for one in found if one.code == code)
    assert said in " ".join((one.message, *one.help))


def test_broken_archives_and_sizes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    yaml = YAML.replace("areas.csv", "areas.csv.gz")
    whole = gzip.compress(SOUND["areas.csv"].encode())
    for data, said in ((b"code\nUS-OH\n", "never packed"), (whole[:-9], "breaks off")):
        write(tmp_path, dataset_yaml=yaml)
        (tmp_path / "areas.csv.gz").write_bytes(data)
        _, found = read(tmp_path)
        assert [one.code for one in found] == ["D013"] and said in found[0].message
    # a small archive may unpack to much: the limit holds for what comes out
    (tmp_path / "areas.csv.gz").write_bytes(gzip.compress(b"code\n" + b"x\n" * 50_000))
    monkeypatch.setattr(file_bytes, "FILE_LIMIT", 10_000)
    assert codes(tmp_path) == ["D011"]


def test_lines_are_those_of_the_file(tmp_path: Path) -> None:
    # blank lines and a cell of two lines come before the wrong cell
    text = 'credential_id,name,valid_for\n\nC1,"Nursing,\npractical",1\n\nC2,"5"" pipe",x\n'
    _, found = read(write(tmp_path, credentials_csv=text))
    assert [one.code for one in found] == ["D020"]
    place = found[0].span
    assert place.source.position(place.start) == (6, 15)
    assert place.text == "x" and place.source.text == 'C2,"5"" pipe",x'
    assert place.source.line(6) == place.source.text


def test_places_bear_the_folder_as_it_was_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(write(tmp_path, credentials_csv="credential_id,valid_for\n,1\n,2\n").parent)
    _, found = read(Path(tmp_path.name))
    told = [(one.code, one.span.source.name, one.span.source.first_line) for one in found]
    name = f"{tmp_path.name}/credentials.csv"
    assert told[:2] == [("D025", name, 2), ("D025", name, 3)], "two rows with one complaint are two"


def test_a_quotation_mark_that_is_never_closed_is_marked_where_it_opens(tmp_path: Path) -> None:
    text = 'credential_id,name\nC1,Nursing\nC2,"Pipe fitter\nC3,"Welder"\n'
    _, found = read(write(tmp_path, credentials_csv=text))
    one = next(one for one in found if one.code == "D017")
    assert one.message == "the quotation mark that opens here is never closed"
    assert one.span.source.position(one.span.start) == (3, 4) and one.span.text == '"'
    assert one.notes == ("the next quotation mark, in line 4, stands where no cell can end",)


def test_a_lone_quotation_mark_inside_a_cell_is_text(tmp_path: Path) -> None:
    write(tmp_path, credentials_csv='credential_id,name\nC1,5" pipe fitting\n')
    assert column(tmp_path, "credential", "name").values.to_pylist() == ['5" pipe fitting']
