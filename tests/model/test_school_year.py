"""School years as people write them."""

from __future__ import annotations

import pytest

from engine.model.school_year import school_year_begins, school_year_text


@pytest.mark.parametrize(
    ("text", "begins"),
    [
        ("2026-27", 2026),
        ("2026-2027", 2026),
        ("1999-2000", 1999),
        ("1999-00", 1999),
        ("2026–27", 2026),
        ("2026/27", 2026),
        ("2026-28", None),
        ("2026", None),
        ("26-27", None),
        ("2026-7", None),
        ("", None),
    ],
)
def test_begins(text: str, begins: int | None) -> None:
    assert school_year_begins(text) == begins


def test_text_and_back() -> None:
    assert [school_year_text(year) for year in (1999, 2008, 2026)] == ["1999-00", "2008-09", "2026-27"]
    assert all(school_year_begins(school_year_text(year)) == year for year in range(1990, 2110))
