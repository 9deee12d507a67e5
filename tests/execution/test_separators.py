"""Files whose cells are parted otherwise than their name says: told once, with the cure, and read where it is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.execution.folder import SOUND, codes, read, write

OCCUPATIONS = SOUND["occupations.csv"]
LONG = "  occupation:\n    file: occupations.csv\n"


@pytest.mark.parametrize(
    ("separator", "said", "wording"),
    [(";", '";"', "semicolons"), ("\t", "tab", "tabs"), ("|", '"|"', "vertical bars")],
)
def test_another_separator_is_told_once_and_can_be_said(
    tmp_path: Path, separator: str, said: str, wording: str
) -> None:
    text = OCCUPATIONS.replace(",", separator)
    _, found = read(write(tmp_path, occupations_csv=text))
    assert [one.code for one in found] == ["D032"]
    one = found[0]
    assert one.message == f"`occupations.csv` parts its columns with {wording}, not with commas"
    assert f"separator: {said}" in one.help[0]
    assert one.span.source.name == str(tmp_path / "occupations.csv") and one.span.text == text.splitlines()[0]
    yaml = SOUND["dataset.yaml"].replace("  occupation: occupations.csv\n", f"{LONG}    separator: {said}\n")
    dataset, found = read(write(tmp_path, dataset_yaml=yaml, occupations_csv=text))
    assert dataset is not None and found == ()
    assert dataset.tables["occupation"].columns["title"].values.to_pylist() == ["Developers", "Technologists"]


def test_quoted_headers_and_headers_that_are_mapped(tmp_path: Path) -> None:
    assert codes(write(tmp_path, occupations_csv='"code";"title"\n"15-1252";"Dev"\n')) == ["D032"]
    yaml = SOUND["dataset.yaml"].replace(
        "  occupation: occupations.csv\n", f"{LONG}    columns:\n      code: SOC\n      title: Title, short\n"
    )
    # the comma inside a header is no separator
    assert codes(write(tmp_path, dataset_yaml=yaml, occupations_csv="SOC;Title, short\n15-1252;Dev\n")) == ["D032"]


def test_a_tsv_that_holds_commas(tmp_path: Path) -> None:
    _, found = read(write(tmp_path, markets_tsv=SOUND["markets.tsv"].replace("\t", ",")))
    assert [one.code for one in found] == ["D032"]
    assert "let its name end in `.csv`" in found[0].help[1]


def test_a_lone_column_and_odd_headers_stay(tmp_path: Path) -> None:
    assert codes(write(tmp_path, credentials_csv="credential_id\nC1\nC2\n")) == []
    assert codes(write(tmp_path, credentials_csv="credential_id,a;b;c\nC1,x\nC2,y\n")) == []
    # no header is known either way: the columns are missing, whatever parts them
    assert codes(write(tmp_path, occupations_csv="a,b;c\n1,2\n", markets_tsv=None))[-1:] == ["D007"]


def test_what_a_separator_may_be(tmp_path: Path) -> None:
    yaml = SOUND["dataset.yaml"].replace("  occupation: occupations.csv\n", f"{LONG}    separator: semicolon\n")
    _, found = read(write(tmp_path, dataset_yaml=yaml))
    assert [one.code for one in found] == ["D002"] and "`tab`" in found[0].message
