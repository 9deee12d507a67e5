"""The examples of `docs/data.md` are read as they stand, and its list of codes is whole."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from engine import api
from engine.execution.read_dataset_file import read_dataset_file
from engine.model.schools import VERIFICATION
from engine.model.standard import STANDARD
from engine.syntax.shape import check_shape
from engine.text.codes import CODES
from engine.text.diagnostic import Diagnostics
from engine.text.read import read_document
from engine.text.source import Source
from tests.execution.folder import SOUND, read, write

PAGE = (Path(__file__).parents[2] / "docs" / "data.md").read_text(encoding="utf-8")
BLOCKS = {
    kind: re.findall(rf"^```{kind}\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE) for kind in ("yaml", "csv", "text")
}
DATASETS = [block for block in BLOCKS["yaml"] if "\ntables:" in block]
POLICIES = [block for block in BLOCKS["yaml"] if block not in DATASETS]


def test_there_are_examples() -> None:
    assert (len(DATASETS), len(POLICIES), len(BLOCKS["csv"])) == (1, 1, 1)


@pytest.mark.parametrize("text", DATASETS)
def test_a_dataset_is_read_without_complaint(text: str) -> None:
    diagnostics = Diagnostics()
    document = read_document(Source("dataset.yaml", text), diagnostics)
    assert document is not None and check_shape(document.root, "dataset", diagnostics)
    said = read_dataset_file(document, STANDARD, diagnostics)
    assert said is not None and diagnostics.sorted() == ()
    assert said.tables["occupation"].separator == ";" and said.tables["articulation"].empty
    market = said.tables["labor_market"]
    assert market.thousands and market.complete is False and market.missing == ("**", "NA")
    assert market.columns["employment"].missing == ("**", "NA", "*")
    assert market.columns["annual_median"].masks["5"].at_least == 239200


def test_it_shows_every_key() -> None:
    schema = (Path(__file__).parents[2] / "schemas" / "dataset.schema.json").read_text(encoding="utf-8")
    keys = set(re.findall(r'^\s+"([a-z_]+)": \{', schema, re.MULTILINE)) - {"properties", "text", "cell", "number"}
    keys -= {"truth", "date", "name", "mask", "column", "table", "items", "propertyNames", "at_most"}
    assert {key for key in keys if not re.search(rf"^ *{key}:", DATASETS[0], re.MULTILINE)} == set()
    assert "`at_most`" in PAGE


def test_the_standard_form(tmp_path: Path) -> None:
    yaml = SOUND["dataset.yaml"].replace("markets.tsv", "markets.csv")
    occupations = SOUND["occupations.csv"] + "29-1214,Physicians,5,yes\n"
    folder = write(tmp_path, dataset_yaml=yaml, markets_csv=BLOCKS["csv"][0], occupations_csv=occupations)
    dataset, found = read(folder)
    assert dataset is not None and found == ()
    columns = dataset.tables["labor_market"].columns
    median, jobs = columns["annual_median"], columns["employment"]
    assert median.high is not None and jobs.why is not None
    assert list(zip(median.values.to_pylist(), median.high.to_pylist(), strict=True)) == [
        (9_924_050, 9_924_050), (23_920_000, None), (None, 5_000_000),
    ]  # fmt: skip
    assert jobs.why.to_pylist() == [None, None, "not released"]


@pytest.mark.parametrize("text", POLICIES)
def test_a_part_of_a_policy(tmp_path: Path, text: str) -> None:
    file = tmp_path / "policy.yaml"
    file.write_text(f"policy: xx/example\ntitle: An example\njurisdiction: US-XX\n{text}", encoding="utf-8")
    assert api.check([file]).diagnostics == ()


def test_the_table_of_codes_is_whole() -> None:
    named: set[int] = set()
    for first, last in re.findall(r"D0([0-9]{2})(?: to D0([0-9]{2}))?", PAGE.partition("## The contract")[2]):
        named |= set(range(int(first), int(last or first) + 1))
    rules = {int(code[1:]) for code in CODES if code.startswith("D") and 6 <= int(code[1:]) < 40}
    assert named == rules, "D001 to D005 are about dataset.yaml itself, D040 and on about imports"


def test_the_levels_of_verification_are_in_their_order() -> None:
    said = " ".join(PAGE.split())
    assert ", ".join(f"`{level}`" for level in VERIFICATION) in said
