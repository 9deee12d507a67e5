"""Where quotation marks stop to pair: the mark that opens is told, not the row that it swallowed."""

from __future__ import annotations

import pytest

from engine.execution.unpaired_quote import UnpairedQuote, find_unpaired


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
