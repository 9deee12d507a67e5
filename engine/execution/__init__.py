"""Floor 5, execution: a `Plan` and a dataset become columns.

The reference interpreter is the specification; the databases must agree with it to the last byte. Each
library has its one file here (`on_duckdb`, `on_spark`, the SQL spellings), loaded only when it is asked
for.
"""
