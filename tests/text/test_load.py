from __future__ import annotations

from pathlib import Path

import pytest

from engine.text.diagnostic import Diagnostics
from engine.text.load import FILE_LIMIT, load_source, source_from_bytes


def _load(path: Path) -> tuple[str | None, list[str], tuple[str, ...]]:
    diagnostics = Diagnostics()
    source = load_source(path, diagnostics)
    told = diagnostics.sorted()
    return (
        source.text if source else None,
        [each.code for each in told],
        tuple(line for each in told for line in each.help),
    )


def test_a_file_in_order(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.write_bytes("\ufefftitle: Fachkräfte 名 😀\r\n".encode())
    assert _load(file) == ("title: Fachkräfte 名 😀\r\n", [], ())


def test_missing_file_with_the_name_that_may_be_meant(tmp_path: Path) -> None:
    (tmp_path / "wages.yaml").write_text("a: b")
    text, codes, help = _load(tmp_path / "wagse.yaml")
    assert (text, codes) == (None, ["Y002"])
    assert "wages.yaml" in help[0]
    assert _load(tmp_path / "no" / "such" / "folder")[1] == ["Y002"]


def test_a_file_to_which_the_editor_added_an_ending(tmp_path: Path) -> None:
    (tmp_path / "wages.yaml.txt").write_text("a: b")
    assert "rename it to `wages.yaml`" in _load(tmp_path / "wages.yaml")[2][0]


def test_a_folder_and_a_name_that_cannot_be(tmp_path: Path) -> None:
    assert _load(tmp_path)[:2] == (None, ["Y003"])
    assert _load(Path("a\0b"))[1] in (["Y002"], ["Y003"])
    assert _load(Path("a" * 5000))[1] in (["Y002"], ["Y003"])


def test_too_large(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.write_bytes(b"#" * (FILE_LIMIT + 1))
    assert _load(file)[:2] == (None, ["Y004"])
    file.write_bytes(b"#" * FILE_LIMIT)
    assert _load(file)[1] == []


@pytest.mark.parametrize(
    ("data", "column"),
    [(b"a: b\xe4c", 5), ("é: ".encode() + b"\xff", 4), ("a: b".encode("utf-16"), 1), (b"a: \xed\xa0\x80", 4)],
)
def test_not_utf_8(data: bytes, column: int) -> None:
    diagnostics = Diagnostics()
    assert source_from_bytes("a.yaml", data, diagnostics) is None
    (told,) = diagnostics.sorted()
    assert told.code == "Y005"
    assert told.span.source.position(told.span.start) == (1, column)


@pytest.mark.parametrize("char", ["\0", "\x1b", "\x7f", "\x85", "\u2028", "\u202e", "\u2066", "\ufeff", "\r"])
def test_invisible_characters(char: str) -> None:
    diagnostics = Diagnostics()
    assert source_from_bytes("a.yaml", f"a: b{char}c".encode(), diagnostics) is None
    (told,) = diagnostics.sorted()
    assert (told.code, told.span.start) == ("Y006", 4)


def test_a_file_full_of_them_is_told_a_few_times() -> None:
    diagnostics = Diagnostics()
    assert source_from_bytes("a.yaml", b"\0" * 100_000, diagnostics) is None
    assert len(diagnostics.sorted()) == 5
