"""The importer of projections, and how it meets the wages in one dataset."""

from __future__ import annotations

from datetime import date as Date
from fractions import Fraction
from pathlib import Path

import pytest

from engine.execution.dataset_rows import DatasetRows
from tests.importers.sources import NOTED, OUTLOOK, codes, dataset, outlook, put, rows, wages

YEARS = {"base_year": 2022, "projected_year": 2032}


def test_a_table(tmp_path: Path) -> None:
    report, found = outlook(put(tmp_path, "long.tsv.gz", OUTLOOK), out=tmp_path / "out", **YEARS)
    assert report is not None and found == ()
    assert (report.rows_read, report.rows_written, report.skipped) == (6, 4, {"a blank row": 2})
    assert (report.vintage, report.notes) == ("2022-32", ())
    assert report.masked == {"no change of a base that is published as 0": 1}
    written = rows(tmp_path / "out")
    assert written["00-0000", "US"] == {
        "occupation": "00-0000", "area": "US", "base_year": "2022", "projected_year": "2032",
        "base_employment": "164482590", "projected_employment": "169148090", "growth": "2.8", "growth_why": "",
        "annual_openings": "18566500", "projection_vintage": "2022-32",
    }  # fmt: skip
    tenders = written["53-6011", "US-OH"]
    assert (tenders["base_employment"], tenders["growth"]) == ("0", "")
    assert tenders["growth_why"] == "no change of a base that is published as 0"
    assert written["00-0000", "US-OH"]["base_employment"] == "1000"
    assert rows(tmp_path / "out", "occupations.csv")[("15-1252",)]["title"] == "Software Developers"
    read = DatasetRows(dataset(tmp_path / "out").tables)
    assert read.cell("labor_market", ("00-0000", "US-OH"), "growth") == Fraction(-1, 20)


def test_the_years_are_taken_with_a_warning(tmp_path: Path) -> None:
    report, found = outlook(put(tmp_path, "long.tsv", OUTLOOK), out=tmp_path / "out", areas=("US-AL",))
    assert report is not None and codes(found) == ["D052"]
    assert report.notes == ("years taken for granted: 2022 to 2032",)
    assert report.skipped["an area that was not asked for"] == 3
    assert rows(tmp_path / "out")["15-1252", "US-AL"]["projected_year"] == "2032"
    assert set(rows(tmp_path / "out", "areas.csv")) == {("US",), ("US-AL",)}


def test_years_that_the_table_names_hold(tmp_path: Path) -> None:
    text = "\n".join(
        line.rstrip("\t") + ("\tBaseYear\tProjYear" if not at else "\t2024\t2034")
        for at, line in enumerate(OUTLOOK.splitlines()[:5])
    )
    table = put(tmp_path, "long.tsv", text)
    report, found = outlook(table, out=tmp_path / "out")
    assert report is not None and found == () and report.vintage == "2024-34"
    assert codes(outlook(table, out=tmp_path / "other", **YEARS)[1]) == ["D044"] * 4
    turned = put(tmp_path, "turned.tsv", text.replace("2024\t2034", "2034\t2024", 1))
    assert codes(outlook(turned, out=tmp_path / "other")[1]) == ["D044"]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("1000\t1200", "1.0K\t1200", "D044"),
        ("1000\t1200", "1000.5\t1200", "D044"),
        ("\t20\t", "\t20%\t", "D044"),
        ("\t1\t15-1252", "\t93\t15-1252", "D049"),
        ("15-1252", "151252", "D048"),
        ("53-6011", "00-0000", "D050"),
        ("15-1252\t\t", "15-1252", "D043"),
        ("AvgAnnualOpenings", "TotalOpenings", "D042"),
    ],
)
def test_what_is_refused(tmp_path: Path, old: str, new: str, code: str) -> None:
    table = put(tmp_path, "long.tsv", OUTLOOK.replace(old, new, 1))
    report, found = outlook(table, out=tmp_path / "out", **YEARS)
    assert report is None and codes(found) == [code]
    assert not (tmp_path / "out").exists()


def test_years_out_of_order(tmp_path: Path) -> None:
    table = put(tmp_path, "long.tsv", OUTLOOK)
    for base, projected in ((2032, 2022), (2022, None), (None, 2032), (22, 32)):
        found = outlook(table, out=tmp_path / "out", base_year=base, projected_year=projected)[1]
        assert codes(found) == ["D054"]
    assert codes(outlook(tmp_path / "wide.tsv", out=tmp_path / "out", **YEARS)[1]) == ["D040"]


def test_an_empty_cell_has_a_reason(tmp_path: Path) -> None:
    table = put(tmp_path, "long.tsv", OUTLOOK.replace("\t100\t1\t", "\t\t1\t"))
    report, _ = outlook(table, out=tmp_path / "out", **YEARS)
    assert report is not None and report.masked["not published"] == 1
    assert rows(tmp_path / "out")["15-1252", "US-AL"]["annual_openings_why"] == "not published"


def both(folder: Path, *, turned: bool = False) -> Path:
    """A dataset of wages and projections, imported in one order or the other."""
    out, one, two = folder / f"out-{turned}", put(folder, "may2025.csv", NOTED), put(folder, "long.tsv", OUTLOOK)
    for step in (True, False) if turned else (False, True):
        report, found = outlook(two, out=out, **YEARS) if step else wages(one, out=out)
        assert report is not None and found == ()
    return out


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_two_imports_meet_in_any_order_and_any_number(tmp_path: Path) -> None:
    out = both(tmp_path)
    first = files(out)
    assert sorted(first) == ["areas.csv", "dataset.yaml", "labor_markets.csv", "occupations.csv"]
    assert first == files(both(tmp_path, turned=True)) == files(both(tmp_path))
    written = rows(out)
    assert len(written) == 7 + 4 - 2
    total = written["00-0000", "US-OH"]
    assert (total["annual_median"], total["annual_openings"], total["annual_openings_why"]) == ("49380", "90", "")
    developers = written["15-1252", "US-AL"]
    assert (developers["annual_median"], developers["annual_median_why"]) == ("", "not published")
    actors = written["27-2011", "US-OH"]
    assert (actors["annual_openings"], actors["annual_openings_why"]) == ("", "not published")
    assert actors["annual_median_why"] == "published only by the hour"
    assert rows(out, "occupations.csv")[("00-0000",)]["title"] == "All Occupations"
    read = dataset(out)
    assert read.sources["labor_market"].vintage == "wages 2025-05; projections 2022-32"
    assert "public domain" in read.sources["labor_market"].licence


def test_an_import_replaces_what_it_wrote_before(tmp_path: Path) -> None:
    out = both(tmp_path)
    wages(put(tmp_path, "may2025.csv", NOTED), out=out, areas=("US-AL",))
    written = rows(out)
    assert set(written) == {
        ("29-1000", "US-AL"), ("00-0000", "US"), ("15-1252", "US-AL"), ("53-6011", "US-OH"), ("00-0000", "US-OH"),
    }  # fmt: skip
    assert written["00-0000", "US-OH"]["annual_median_why"] == "not published"
    assert written["00-0000", "US-OH"]["wage_vintage"] == ""
    dataset(out)


DATASET = """\
title: Small state
as_of: 2026-11-01
note: made for a test
tables:
  # places
  area:
    file: places.csv
    source: our own
  occupation: occupations.csv
  labor_market:
    file: markets.csv
    complete: yes
  credential: credentials.csv  # stays
"""


def test_what_others_wrote_stays(tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    put(out, "dataset.yaml", DATASET)
    put(out, "places.csv", "code,name,part_of,price_parity\nUS-OH,Ohio of ours,,98.5\n39-1,North,US-OH,97\n")
    put(out, "occupations.csv", "code,title,job_zone\n15-1252,Developers,4\n")
    put(
        out, "markets.csv",
        "occupation,area,annual_median,wage_vintage,rank\n15-1252,39-1,70000,2025-05,3\n15-1252,US-OH,71000,,\n",
    )  # fmt: skip
    put(out, "credentials.csv", "credential_id,name\nC1,Nursing\n")
    report, found = wages(put(tmp_path, "may2025.csv", NOTED), out=out, as_of=Date(2026, 12, 1))
    assert report is not None and found == ()
    assert report.files == ("places.csv", "occupations.csv", "markets.csv", "dataset.yaml")
    text = (out / "dataset.yaml").read_text(encoding="utf-8")
    assert text.startswith(
        "title: Small state\nas_of: 2026-12-01\nnote: made for a test\ntables:\n  # places\n  area:\n"
        "    file: places.csv\n    source: our own\n  occupation: occupations.csv\n  labor_market:\n"
        "    file: markets.csv\n    source: Occupational Employment"
    )
    assert text.endswith("    complete: no\n  credential: credentials.csv  # stays\n")
    places = rows(out, "places.csv")
    assert (places[("US-OH",)]["name"], places[("US-OH",)]["fips"]) == ("Ohio of ours", "39")
    assert (places[("US-OH",)]["price_parity"], places[("39-1",)]["level"]) == ("98.5", "")
    assert rows(out, "occupations.csv")[("15-1252",)]["job_zone"] == "4"
    with (out / "markets.csv").open(encoding="utf-8") as stream:
        lines = stream.read().splitlines()
    assert lines[0].endswith(",wage_vintage,rank")
    assert any(line.startswith("15-1252,39-1,") and ",70000," in line and line.endswith(",3") for line in lines)
    assert any(line.startswith("15-1252,US-OH,") and ",71000," in line for line in lines)
    dataset(out)
    again = files(out)
    wages(tmp_path / "may2025.csv", out=out, as_of=Date(2026, 12, 1))
    assert files(out) == again


def test_a_date_and_tables_are_added_where_they_are_not(tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    put(out, "dataset.yaml", "title: Ours\ntables:\n    credential:\n        empty: yes")
    wages(put(tmp_path, "may2025.csv", NOTED), out=out, as_of=Date(2026, 12, 1))
    text = (out / "dataset.yaml").read_text(encoding="utf-8")
    assert text.startswith("title: Ours\nas_of: 2026-12-01\ntables:\n    credential:\n        empty: yes\n    area:\n")
    assert dataset(out).as_of == Date(2026, 12, 1)


@pytest.mark.parametrize(
    "tables",
    [
        "tables: {labor_market: markets.csv}\n",
        "tables:\n  labor_market: markets.tsv\n",
        "tables:\n  labor_market: ../markets.csv\n",
        "tables:\n  labor_market:\n    empty: yes\n",
        "tables:\n  labor_market:\n    file: markets.csv\n    columns:\n      area: AREA\n",
        "title: nothing else\n",
    ],
)
def test_a_dataset_of_another_form_stays_as_it_is(tmp_path: Path, tables: str) -> None:
    out = tmp_path / "out"
    out.mkdir()
    put(out, "dataset.yaml", tables)
    report, found = wages(put(tmp_path, "may2025.csv", NOTED), out=out)
    assert report is None and codes(found) == ["D053"]
    assert files(out) == {"dataset.yaml": tables.encode()}


@pytest.mark.parametrize(
    "text",
    ["occupation\n1\n", "occupation,area,area\na,b,c\n", "occupation,area\na\n", "occupation,area\na,b\na,b\n", '"a\n'],
)
def test_a_table_that_cannot_be_merged_stays_as_it_is(tmp_path: Path, text: str) -> None:
    out = tmp_path / "out"
    out.mkdir()
    put(out, "labor_markets.csv", text)
    report, found = wages(put(tmp_path, "may2025.csv", NOTED), out=out)
    assert report is None and codes(found) == ["D053"]
    assert files(out) == {"labor_markets.csv": text.encode()}


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    out = put(tmp_path, "readme.txt", "a file")
    report, found = wages(put(tmp_path, "may2025.csv", NOTED), out=out)
    assert report is None and codes(found) == ["D055"]
    assert out.read_text(encoding="utf-8") == "a file"


def test_broken_yaml_is_complained_of(tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    put(out, "dataset.yaml", "tables: [\n")
    report, found = wages(put(tmp_path, "may2025.csv", NOTED), out=out)
    assert report is None and codes(found)[0].startswith("Y")
