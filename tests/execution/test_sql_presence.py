"""What is there whatever the values of the cells, and what may be missing."""

from __future__ import annotations

import pytest
import sqlglot

from engine.execution.spelling_duckdb import DUCKDB
from engine.execution.sql_presence import is_there


@pytest.mark.parametrize(
    ("text", "there"),
    [
        ('"c1"', True),
        ("NULL", False),
        ("CAST(NULL AS BIGINT)", False),
        ('"c1" * CAST(10 AS BIGINT) + "c2"', True),
        ('"c1" / CAST(10 AS BIGINT)', True),
        ('"c1" / CAST(0 AS BIGINT)', False),
        ('"c1" / "c2"', False),
        ('"c1" / NULLIF(ABS(CAST(3 AS BIGINT)), CAST(0 AS BIGINT))', True),
        ('"c1" / NULLIF(ABS("c2"), CAST(0 AS BIGINT))', False),
        ('NULLIF("c1", CAST(0 AS BIGINT))', False),
        ('TRY_CAST("c1" AS BIGINT)', False),
        ('GREATEST("c1", CAST(NULL AS BIGINT))', False),
        ('CASE WHEN "c1" > 3 THEN "c1" END', False),
        ('CASE WHEN "c1" > 3 THEN "c1" ELSE "c2" END', True),
        ('CASE WHEN "c1" > 3 THEN NULL ELSE "c2" END', False),
        ('CASE WHEN (NOT "c1" IS NULL) AND (NOT CAST(3 AS BIGINT) IS NULL) THEN "c1" END', True),
        ('CASE WHEN NOT ("c1" / "c2") IS NULL THEN "c1" END', False),
        ('CASE WHEN (NOT "c1" IS NULL) OR ("c1" > 3) THEN "c1" END', False),
        ('UNKNOWN_CALL("c1")', False),
    ],
)
def test_what_is_there(text: str, there: bool) -> None:
    assert is_there(sqlglot.parse_one(text, dialect=DUCKDB.dialect)) is there
