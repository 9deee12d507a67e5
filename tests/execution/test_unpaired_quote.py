"""Where quotation marks stop to pair: the mark that opens is told, not the row that it swallowed."""

from __future__ import annotations

import csv
from io import StringIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.execution.csv_table import read_csv_table
from engine.execution.file_bytes import FileBytes
from engine.execution.unpaired_quote import UnpairedQuote, find_unpaired
from engine.text.diagnostic import Diagnostics


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('a,b\n1,"x"\n', None),
        ('a,b\n1,"x\ny"\n', None),
        ('a,b\n1,"5"" pipe"\n', None),
        ('a,b\n1,5" pipe\n', None),
        ('a,b\n1,"x\n2,y\n', UnpairedQuote(2, 2, 3, 0)),
        ('a,b\n1,"x\n2,"y"\n', UnpairedQuote(2, 2, 3, 3)),
        ('a,b\n1,"x"y\n', UnpairedQuote(2, 2, 5, 2)),
        ('a,b\n"1\n1","x\n2,"y"\n', UnpairedQuote(3, 3, 4, 4)),
    ],
)
def test_the_mark_at_fault(text: str, found: UnpairedQuote | None) -> None:
    assert find_unpaired(text.encode(), ",", 2) == found


@settings(max_examples=300, deadline=None)
@given(text=st.text(alphabet='",ab\n\r', max_size=24))
def test_what_is_read_quickly_is_what_a_strict_reader_reads(text: str) -> None:
    data = f"h,k\na,b\n{text}".encode()
    file = FileBytes("t.csv", "t.csv", data, ",", "")
    found = read_csv_table(file, ("h", "k"), ["h", "k"], Diagnostics())
    try:
        records = [row for row in csv.reader(StringIO(data.decode(), newline=""), strict=True) if row][1:]
    except csv.Error:
        assert found is None
        return
    if any(len(row) != 2 for row in records):
        assert found is None
    else:
        assert found is not None
        rows = [list(row) for row in zip(*(found.columns[name].to_pylist() for name in ("h", "k")), strict=True)]
        assert rows == records
