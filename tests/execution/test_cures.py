"""What is said to do about cells as spreadsheets and publishers write them."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.execution.cures import cure
from engine.model.standard import STANDARD
from tests.execution.folder import SOUND, read, write

MARKET = "occupation\tarea\temployment\tannual_median\tgrowth\n"


def missing(mark: str) -> str:
    return f"write in dataset.yaml:\nlabor_market:\n  file: markets.tsv\n  missing:\n    - {mark}"


@pytest.mark.parametrize(
    ("cells", "code", "said"),
    [
        ("*\t\t", "D020", missing('"*"')),
        ("\tNA\t", "D020", missing('"NA"')),
        ("\t\tn/a", "D020", missing('"n/a"')),
        ("\t-\t", "D020", missing('"-"')),
        ("(D)\t\t", "D020", missing('"(D)"')),
        ("\t$62350\t", "D020", "leave the sign out: `62350`"),
        ("\t$62,350.50\t", "D020", "leave out the sign and the commas: `62350.50`"),
        ("\t62,350\t", "D020", "write `62350`, or say in dataset.yaml that commas part thousands:"),
        ("\t62,350\t", "D020", "\nlabor_market:\n  file: markets.tsv\n  thousands: yes"),
        ("\t>=239,200\t", "D020", "write `239200`"),
        ("\t62350,5\t", "D020", "decimals follow a point: `62350.5`"),
        ("\t1.062.350,5\t", "D020", "decimals follow a point: `1062350.5`"),
        ("\t\t9.1%", "D020", "the column holds percent: write `9.1`"),
        ("9%\t\t", "D020", "the column holds no percent"),
        ("6.2E+04\t\t", "D020", "show the column as a number with all its digits"),
        ("\t\t(3.5)", "D020", "a number below zero has a minus: `-3.5`"),
        ("12 500\t\t", "D020", "`12500`"),
        ("1.5\t\t", "D021", "round it to no decimals where the file is made"),
        ("\t62350.555\t", "D021", "round it to 2 decimals"),
        ("\t\t0.05251", "D021", "if 0.05251 is a ratio, write `5.251`"),
        ("-1\t\t", "D022", "correct the cell, or see whether the column is read from the right header"),
    ],
)
def test_numbers(tmp_path: Path, cells: str, code: str, said: str) -> None:
    _, found = read(write(tmp_path, markets_tsv=f"{MARKET}15-1252\tUS-OH\t{cells}\n"))
    assert [one.code for one in found] == [code]
    assert said in "\n".join(found[0].help)


def test_what_the_cures_say_cures(tmp_path: Path) -> None:
    rows = "15-1252\tUS-OH\t*\t62,350\t9.1\n29-2010\tUS-OH\t1,200\tNA\tn/a\n"
    _, found = read(write(tmp_path, markets_tsv=MARKET + rows))
    assert {one.code for one in found} == {"D020"}
    lines = '    thousands: yes\n    missing:\n      - "*"\n      - "NA"\n      - "n/a"\n'
    yaml = SOUND["dataset.yaml"].replace("    file: markets.tsv\n", f"    file: markets.tsv\n{lines}")
    dataset, found = read(write(tmp_path, dataset_yaml=yaml, markets_tsv=MARKET + rows))
    assert dataset is not None, found
    columns = dataset.tables["labor_market"].columns
    assert columns["annual_median"].values.to_pylist() == [6_235_000, None]
    assert columns["employment"].values.to_pylist() == [None, 1200]
    assert columns["growth"].why is not None and columns["growth"].why.to_pylist() == [None, "published as n/a"]


@pytest.mark.parametrize(
    ("table", "column", "code", "text", "said"),
    [
        ("endorsement", "decided_on", "D020", "2/28/2026", "give the column the form year-month-day"),
        ("endorsement", "decided_on", "D020", "46081", "a spreadsheet’s number of a day"),
        ("attainment", "school_year", "D020", "2026", "if it begins in 2026, write `2026-27`"),
        ("occupation", "level", "D023", "detail", "did you mean `detailed`?"),
        ("occupation", "level", "D023", "n/a", "missing:"),
        ("endorsement", "credential", "D027", "NA", "missing:"),
        ("program", "completion_rate", "D022", "4500", "multiplied by 100 once more"),
        ("student", "class_of", "D020", "$20", ""),
    ],
)
def test_other_columns(table: str, column: str, code: str, text: str, said: str) -> None:
    declared = STANDARD[table].column(column)
    assert declared is not None
    told = cure(code, text, declared, table, "x.csv")
    lines = told if isinstance(told, str) else "\n".join(told)
    assert said in lines and bool(said) == bool(lines)


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ("C1,Nursing\nC2,x\nC1,Nursing\n", "line 2 says the same: delete one of the two"),
        ("C1,Nursing\nC2,x\nC1,Care\n", "line 2 differs in `name`: keep the row that is right and delete the other"),
    ],
)
def test_a_row_that_is_there_twice(tmp_path: Path, rows: str, said: str) -> None:
    _, found = read(write(tmp_path, credentials_csv="credential_id,name\n" + rows))
    assert [(one.code, one.help) for one in found] == [("D026", (said,))]
    assert found[0].span.source.first_line == 4
