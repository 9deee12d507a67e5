"""How Spark spells what the engines spell differently.

`DIV` is right for BIGINT only: of decimals it makes a BIGINT that wraps in silence. A decimal that is a multiple of the
divisor divides exactly with `/`, with 32 digits before the point; `on_spark` asserts the setting for that.
"""

from __future__ import annotations

from .spelling import Spelling

SPARK = Spelling(
    dialect="spark",
    narrow="BIGINT",
    wide="DECIMAL(38, 0)",
    text="STRING",
    truth="BOOLEAN",
    date="DATE",
    quotient_narrow="n DIV d",
    quotient_wide="CAST((n - n % d) / d AS DECIMAL(38, 0))",
    remainder="n % d",
    day_number="CAST(DATEDIFF(x, DATE '1970-01-01') AS BIGINT)",
    from_day_number="DATE_ADD(DATE '1970-01-01', CAST(n AS INTEGER))",
    year="CAST(YEAR(x) AS BIGINT)",
    month="CAST(MONTH(x) AS BIGINT)",
    day="CAST(DAY(x) AS BIGINT)",
    date_of_parts="MAKE_DATE(CAST(y AS INTEGER), CAST(m AS INTEGER), CAST(d AS INTEGER))",
    temporary="CREATE TEMPORARY VIEW {name} AS {query}",
    drop="DROP VIEW {name}",
)
