"""What was meant by a day, a year or a name that is not written in its form."""

from __future__ import annotations

import pytest

from engine.syntax.forms import intended
from engine.syntax.shape import schema

FORMS = {name: part["pattern"] for name, part in schema("policy")["$defs"].items() if "pattern" in part}


@pytest.mark.parametrize(
    ("form", "text", "wanted"),
    [
        ("date", "07/01/2026", ["2026-07-01"]),
        ("date", "7/1/2026", ["2026-07-01"]),
        ("date", "7/1/26", ["2026-07-01"]),
        ("date", "31/12/2026", ["2026-12-31"]),
        ("date", "2026-7-1", ["2026-07-01"]),
        ("date", "2026/07/01", ["2026-07-01"]),
        ("date", "20260701", ["2026-07-01"]),
        ("date", "2026-07-01 00:00:00", ["2026-07-01"]),
        ("date", "July 1, 2026", ["2026-07-01"]),
        ("date", "Jul. 1st 2026", ["2026-07-01"]),
        ("date", "1 July 2026", ["2026-07-01"]),
        ("date", "1.7.2026", ["2026-07-01"]),
        ("date", "2/30/2026", []),
        ("date", "July 2026", []),
        ("date", "Julember 1, 2026", []),
        ("date", "next summer", []),
        ("school_year_name", "2026-2027", ["2026-27"]),
        ("school_year_name", "2026/27", ["2026-27"]),
        ("school_year_name", "2026–27", ["2026-27"]),
        ("school_year_name", "2026", ["2026-27"]),
        ("school_year_name", "26-27", ["2026-27"]),
        ("school_year_name", "SY 2026-27", ["2026-27"]),
        ("school_year_name", "1999-2000", ["1999-00"]),
        ("school_year_name", "2026-2028", []),
        ("start", "2026", ["2026-27", "FY2026"]),
        ("start", "2026-2027", ["2026-27"]),
        ("start", "fy27", ["FY2027"]),
        ("start", "FY 2027", ["FY2027"]),
        ("start", "fiscal year 2027", ["FY2027"]),
        ("start", "7/1/2024", ["2024-07-01"]),
        ("month_day", "July 1", ["07-01"]),
        ("month_day", "1 July", ["07-01"]),
        ("month_day", "7/1", ["07-01"]),
        ("month_day", "7-1", ["07-01"]),
        ("whole", "20,000", ["20000"]),
        ("whole", "150.0", ["150"]),
        ("name", "good job", ["good_job"]),
        ("name", "GoodJob", ["good_job"]),
        ("name", "good-job", ["good_job"]),
        ("name", "Good Job (2026)", ["good_job_2026"]),
        ("name", "2nd round", []),
        ("name", "Not", []),
        ("name", "größe", []),
        ("tier_name", "Tier 1", ["Tier_1"]),
        ("source_name", "code 12-3", ["code-12-3"]),
        ("policy_id", "XX/Good Job", ["xx/good-job"]),
        ("policy_id", "xx/good_job.yaml", ["xx/good-job"]),
        ("path", "parameters/wage_floor", ["parameters.wage_floor"]),
        ("place", "us-oh", ["US-OH"]),
        ("place", "US_OH", ["US-OH"]),
        ("place", "Ohio", []),
    ],
)
def test_meant(form: str, text: str, wanted: list[str]) -> None:
    assert list(intended(text, FORMS[form])) == wanted
