"""The importer of OEWS: every mask of both forms, the top code of the release, and what must be refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.importers.oews_cells import ANNUAL, COUNTS, HOURLY, read_cell
from engine.importers.soc import level_of
from engine.importers.top_codes import TOP_CODES, parse_top_code
from tests.importers.sources import MARKED, NOTED, codes, dataset, put, rows, wages


def test_a_table_with_footnotes(tmp_path: Path) -> None:
    report, found = wages(put(tmp_path, "oews_may2025.csv.gz", NOTED), out=tmp_path / "out")
    assert report is not None and found == ()
    written = rows(tmp_path / "out")
    ohio = written["00-0000", "US-OH"]
    assert (ohio["hourly_median"], ohio["annual_median"], ohio["employment"]) == ("23.74", "49380", "900")
    assert (ohio["location_quotient"], ohio["wage_vintage"]) == ("1.00", "2025-05")
    teachers = written["25-2031", "US-OH"]
    assert (teachers["hourly_median"], teachers["hourly_median_why"]) == ("", "published only by the year")
    assert (teachers["annual_median"], teachers["annual_median_why"]) == ("70010", "")
    actors = written["27-2011", "US-OH"]
    assert (actors["annual_median"], actors["annual_median_why"]) == ("", "published only by the hour")
    assert (actors["employment"], actors["employment_why"]) == ("", "not released")
    physicians = written["29-1215", "US-OH"]
    assert (physicians["hourly_median"], physicians["annual_median"]) == (">=115.00", ">=239200")
    assert written["29-1000", "US-AL"]["annual_median_why"] == "not released"
    assert written["00-0000", "US"]["location_quotient_why"] == "not published"
    assert report.masked == {
        "at or above the top code": 3,
        "not published": 1,
        "not released": 5,
        "published only by the hour": 1,
        "published only by the year": 2,
    }
    assert (report.rows_read, report.rows_written, report.skipped) == (7, 7, {})
    assert "the name of the file" in report.notes[0]
    read = dataset(tmp_path / "out").tables["labor_market"]
    median = read.columns["annual_median"]
    assert median.high is not None
    bounds = list(zip(median.values.to_pylist(), median.high.to_pylist(), strict=True))
    assert bounds.count((23_920_000, None)) == 1


ERRORS = """\
AREA,OCC_CODE,OCC_TITLE,TOT_EMP,EMP_PRSE,A_MEAN,MEAN_PRSE,A_MEDIAN,TOT_EMP_FN,EMP_PRSE_FN,A_MEAN_FN,MEAN_PRSE_FN,A_MEDIAN_FN
39,00-0000,All Occupations,900,0.1,62280,0.4,48060,,,,,
39,13-1020,Buyers,-,-,62280,12.5,48060,8,8,,,
39,13-1030,Adjusters,90,**,62280,*,48060,,,,,
"""


def test_relative_standard_errors(tmp_path: Path) -> None:
    """They are percents, as published; the model says of which columns they are the errors."""
    report, found = wages(put(tmp_path, "oews_may2025.csv", ERRORS), out=tmp_path / "out")
    assert report is not None and found == () and report.masked["error not available"] == 3
    written = rows(tmp_path / "out")
    assert [written[code, "US-OH"]["employment_error"] for code in ("00-0000", "13-1020")] == ["0.1", ""]
    assert written["13-1020", "US-OH"]["employment_error_why"] == "error not available"
    read = dataset(tmp_path / "out").tables["labor_market"]
    assert read.columns["mean_wage_error"].values.to_pylist() == [4_000, 125_000, None]
    for name in ("employment", "annual_mean", "hourly_mean"):
        column = read.table.column(name)
        assert column is not None and read.table.column(column.error) is not None


def test_areas_and_occupations(tmp_path: Path) -> None:
    wages(put(tmp_path, "oews.csv", NOTED), out=tmp_path / "out", release="2025")
    areas = rows(tmp_path / "out", "areas.csv")
    assert {at: (row["level"], row["part_of"], row["fips"]) for (at,), row in areas.items()} == {
        "US": ("nation", "", ""),
        "US-OH": ("state", "US", "39"),
        "US-AL": ("state", "US", "01"),
    }
    occupations = rows(tmp_path / "out", "occupations.csv")
    assert {at: row["level"] for (at,), row in occupations.items()} == {
        "00-0000": "total",
        "13-1020": "detailed",
        "25-2031": "detailed",
        "27-2011": "detailed",
        "29-1000": "minor",
        "29-1215": "detailed",
    }
    assert occupations[("29-1000",)]["title"] == "Practitioners, Diagnosing"


def test_an_older_table(tmp_path: Path) -> None:
    report, found = wages(put(tmp_path, "state_M2024_dl.tsv", MARKED), out=tmp_path / "out")
    assert report is not None and found == ()
    written = rows(tmp_path / "out")
    assert written["00-0000", "US-OH"]["employment"] == "5526300"
    assert written["13-1020", "US-OH"]["employment_why"] == "employment not available"
    physicians = written["29-1215", "US-OH"]
    assert (physicians["annual_median"], physicians["annual_mean"]) == (">=239200", "300010")
    assert written["29-1216", "US-VI"]["annual_p90_why"] == "wage not available"
    assert "hourly_median" not in physicians
    assert rows(tmp_path / "out", "areas.csv")[("US-VI",)]["level"] == "territory"
    assert rows(tmp_path / "out", "occupations.csv")[("13-1020",)]["level"] == "detailed"
    assert report.masked == {
        "at or above the top code": 2,
        "employment not available": 1,
        "wage not available": 3,
    }
    dataset(tmp_path / "out")


def test_the_top_code_is_that_of_the_release(tmp_path: Path) -> None:
    table = put(tmp_path, "state.tsv", MARKED)
    wages(table, out=tmp_path / "old", release="2021-05")
    assert rows(tmp_path / "old")["29-1215", "US-OH"]["annual_p90"] == ">=208000"
    wages(table, out=tmp_path / "own", release="2014", top_code="$120.00/249,600")
    assert rows(tmp_path / "own")["29-1215", "US-OH"]["annual_p90"] == ">=249600"


def test_what_is_not_known_is_not_guessed(tmp_path: Path) -> None:
    table, out = put(tmp_path, "state.tsv", MARKED), tmp_path / "out"
    assert codes(wages(table, out=out)[1]) == ["D045"]
    assert codes(wages(table, out=out, release="2014")[1]) == ["D046"]
    assert codes(wages(table, out=out, release="May")[1]) == ["D054"]
    assert codes(wages(table, out=out, release="2014", top_code="239200")[1]) == ["D054"]
    assert codes(wages(out=out)[1]) == ["D054"]
    assert codes(wages(table, out=out, release="2024", areas=("OH", "US-XX", "US-AL"))[1]) == ["D051"] * 2
    assert codes(wages(table, out=out, release="2024", areas=("US-AL",))[1]) == ["D051"]
    two = [put(tmp_path, name, MARKED) for name in ("state_M2023_dl.tsv", "state_M2024_dl.tsv")]
    assert codes(wages(*two, out=out)[1]) == ["D045"]
    assert not out.exists()


def test_a_percentile_above_the_top_code_betrays_the_wrong_release(tmp_path: Path) -> None:
    table = put(tmp_path, "state.tsv", MARKED.replace("62,280\t48,060", "62,280\t210,000"))
    report, found = wages(table, out=tmp_path / "out", release="2019")
    assert report is None and codes(found) == ["D047", "D047"]
    assert found[0].span.text == "210,000"
    assert found[0].span.source.position(found[0].span.start) == (2, 45)


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        (",-,-,70010,1.25,,4,4,,", ",-,-,70010,1.25,,7,4,,", "D044"),
        (",-,-,70010,1.25,,4,4,,", ",-,-,70010,1.25,,,4,,", "D044"),
        (",-,-,70010,1.25,,4,4,,", ",-,-,70010,1.25,5,4,4,,", "D044"),
        (",-,-,70010,1.25,,4,4,,", ",~,-,70010,1.25,,,4,,", "D044"),
        (",-,-,70010,1.25,,4,4,,", ",-,-,70010,1.25,,4,4", "D043"),
        ("25-2031", "2031-25", "D048"),
        ("S,01", "S,03", "D049"),
        ("27-2011", "25-2031", "D050"),
        ("OCC_CODE", "OCCUPATION", "D042"),
        ("H_MEAN,", "H_MEDIAN,", "D042"),
        ('"Practitioners, Diagnosing"', '"Practitioners, Diagnosing', "D041"),
    ],
)
def test_rows_that_are_refused(tmp_path: Path, old: str, new: str, code: str) -> None:
    report, found = wages(put(tmp_path, "may2025.csv", NOTED.replace(old, new, 1)), out=tmp_path / "out")
    assert report is None and codes(found) == [code]
    assert not (tmp_path / "out").exists()


def test_files_that_are_refused(tmp_path: Path) -> None:
    out, packed = tmp_path / "out", put(tmp_path, "oews_may2025.csv.gz", NOTED).read_bytes()
    assert codes(wages(tmp_path / "oews_may2024.csv.gz", out=out)[1]) == ["D040"]
    for name, data in {
        "short_may2025.csv.gz": packed[:-30],
        "torn_may2025.csv.gz": packed[:40] + b"torn" + packed[44:],
        "plain_may2025.csv.gz": NOTED.encode(),
        "book_may2025.csv": b"PK\x03\x04rest",
        "latin_may2025.csv": NOTED.replace("Buyers", "Bußers").encode("latin-1"),
        "wide_may2025.csv": NOTED.encode("utf-16"),
        "empty_may2025.csv": b"\n",
    }.items():
        path = tmp_path / name
        path.write_bytes(data)
        report, found = wages(path, out=out)
        assert report is None and codes(found) == ["D041"], name
    assert codes(wages(tmp_path, out=out, release="2025")[1]) == ["D040"]


def test_many_bad_rows_are_counted(tmp_path: Path) -> None:
    row = "S,39,Ohio,25-2031,Teachers,3,80,-,-,70010,1.25,,4,4,,\n"
    text = (
        NOTED.split("\n")[0]
        + "\n"
        + "".join(row.replace("25-2031", f"25-{at:04}").replace("39", "03") for at in range(100))
    )
    _, found = wages(put(tmp_path, "may2025.csv", text), out=tmp_path / "out")
    assert codes(found) == ["D049"] * 20
    assert found[-1].notes == (f"and 80 more like this in `{tmp_path / 'may2025.csv'}`",)


def test_rows_that_are_left_out(tmp_path: Path) -> None:
    lines = NOTED.splitlines()
    head = "I_GROUP," + lines[0].lower()
    body = ["cross-industry," + line for line in lines[1:]]
    metro = "cross-industry,M,10180,Abilene,00-0000,All,0,900,29.00,23.74,49380,1.00,,,,,"
    sector = "sector," + lines[2]
    text = "\n".join([head, *body, metro, sector, "," * head.count(","), ""])
    report, found = wages(put(tmp_path, "may2025.csv", text), out=tmp_path / "out", areas=("US-OH",))
    assert report is not None and found == ()
    assert report.skipped == {
        "a blank row": 1,
        "an area smaller than a state": 1,
        "an area that was not asked for": 2,
        "one industry or one kind of owner only": 1,
    }
    assert (report.rows_read, report.rows_written) == (10, 5)
    assert {area for _, area in rows(tmp_path / "out")} == {"US-OH"}
    dataset(tmp_path / "out")


def test_nothing_becomes_a_year_by_multiplication() -> None:
    top = TOP_CODES[2025]
    assert read_cell(ANNUAL, "-", "4", top) == ("", "published only by the hour", "published only by the hour")
    assert read_cell(HOURLY, "-", "5", top) == (">=115.00", "", "at or above the top code")
    assert read_cell(COUNTS, "-", "5", top) is None
    assert read_cell(HOURLY, "12.50", "5", top) is None
    assert read_cell(COUNTS, "1,234,567", "", top) == ("1234567", "", "")
    assert read_cell(COUNTS, "12,34", "", top) is None
    assert read_cell(COUNTS, "-5", "", top) is None


def test_top_codes_as_people_write_them() -> None:
    for text in ("115.00/239200", "$115.00/$239,200", "115.00/239,200"):
        top = parse_top_code(text)
        assert top is not None and (top.hourly, top.annual) == ("115.00", "239200")
    assert all(parse_top_code(text) is None for text in ("115", "115/", "a/b", "115.005/239200", "-1/239200"))
    assert 2022 not in TOP_CODES  # nobody has looked at a file of that release


def test_levels_by_the_form_of_the_code() -> None:
    said = {"00-0000": "total", "11-0000": "major", "15-1200": "minor", "15-1250": "broad", "15-1252": "detailed"}
    assert {code: level_of(code) for code in said} == said
    assert level_of("13-1020") == level_of("13-1020", "3") == level_of("13-1020", "detailed") == "detailed"
    assert level_of("51-5110", "1") == level_of("51-5110", "minor") == "minor"
