"""How DuckDB spells what the engines spell differently."""

from __future__ import annotations

from .spelling import Spelling

DUCKDB = Spelling(
    dialect="duckdb",
    narrow="BIGINT",
    wide="HUGEINT",
    text="TEXT",
    truth="BOOLEAN",
    date="DATE",
    quotient_narrow="n // d",
    quotient_wide="n // d",
    remainder="n % d",
    day_number="CAST(x - DATE '1970-01-01' AS BIGINT)",
    from_day_number="DATE '1970-01-01' + CAST(n AS INTEGER)",
    year="CAST(YEAR(x) AS BIGINT)",
    month="CAST(MONTH(x) AS BIGINT)",
    day="CAST(DAY(x) AS BIGINT)",
    date_of_parts="MAKE_DATE(y, m, d)",
    temporary="CREATE TEMPORARY TABLE {name} AS {query}",
    drop="DROP TABLE {name}",
)
