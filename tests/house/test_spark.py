"""Spark, as its lock file has it, starts on this machine's Java."""

from __future__ import annotations

import pytest


@pytest.mark.spark
def test_spark_starts() -> None:
    pyspark = pytest.importorskip("pyspark")
    from pyspark.sql import SparkSession

    session = (
        SparkSession.builder.master("local[1]")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "1")
        .getOrCreate()
    )
    assert session.version == pyspark.__version__
    assert session.sql("SELECT CAST(7 AS DECIMAL(38, 0)) AS x").collect()[0].x == 7
