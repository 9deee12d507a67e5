"""Places, occupations, and what the labor market says of them."""

from __future__ import annotations

from decimal import Decimal

from .columns import calendar_year, count, measure, money, share, text, tie, truth, word
from .table import Column, Table

EDUCATION = (
    "no_formal_credential", "high_school", "some_college", "postsecondary_certificate", "associate",
    "bachelor", "master", "doctoral_or_professional",
)  # fmt: skip
"""Typical education for entry, from the least to the most, as the Bureau of Labor Statistics assigns it."""


def _wages(per: str, unit: str, most: Decimal) -> tuple[Column, ...]:
    said = {
        "mean": "mean", "p10": "10th percentile", "p25": "25th percentile", "median": "median",
        "p75": "75th percentile", "p90": "90th percentile",
    }  # fmt: skip
    return tuple(
        money(
            f"{per}_{name}", f"The {title} wage, per {unit}", f"USD/{unit}", most=most, bounded=True,
            error="mean_wage_error" if name == "mean" else "",
        )
        for name, title in said.items()
    )  # fmt: skip


STATE = Table(
    name="state",
    rows_name="states",
    title="The jurisdiction as a whole: one row, to which everything else belongs",
    key=("state",),
    columns=(
        text("state", "Always the word `state`"),
        text("name", "Its name"),
    ),
    label="name",
)

AREA = Table(
    name="area",
    rows_name="areas",
    title="A place for which figures are published: the nation, a state, a region, a county",
    key=("code",),
    columns=(
        text("code", "The code of the place: US, US-OH, or the publisher's code of a smaller place"),
        text("name", "Its name"),
        word(
            "level", "What kind of place it is",
            "nation", "state", "territory", "region", "metropolitan_area", "nonmetropolitan_area", "county",
        ),
        tie("part_of", "The larger place that holds it", "area"),
        text("fips", "Its FIPS code, with its zeros"),
        share("price_parity", "Its prices as a share of the nation's", most=Decimal(10)),
    ),
    label="name",
)  # fmt: skip

OCCUPATION = Table(
    name="occupation",
    rows_name="occupations",
    title="An occupation of the Standard Occupational Classification",
    key=("code",),
    columns=(
        text("code", "The SOC code, such as 15-1252"),
        text("title", "Its title"),
        word("level", "How finely the code divides", "total", "major", "minor", "broad", "detailed"),
        count("job_zone", "The O*NET job zone, 1 (little preparation) to 5 (extensive)", most=Decimal(5)),
        word("typical_education", "The education that entry typically takes", *EDUCATION, ordered=True),
        truth("high_skill", "Whether the state counts it as high-skill"),
        text("career_cluster", "The career cluster to which it belongs"),
    ),
    label="title",
)

LABOR_MARKET = Table(
    name="labor_market",
    rows_name="labor_markets",
    title="One occupation in one area: its jobs, wages and outlook",
    key=("occupation", "area"),
    columns=(
        tie("occupation", "The occupation"),
        tie("area", "The area"),
        count("employment", "Jobs now", error="employment_error"),
        share("employment_error", "The relative standard error of the jobs now, in percent", most=Decimal(10)),
        *_wages("hourly", "hour", Decimal(9_999)),
        *_wages("annual", "year", Decimal(99_999_999)),
        share("mean_wage_error", "The relative standard error of both mean wages, in percent", most=Decimal(10)),
        measure("location_quotient", "Its share of jobs here against that in the nation", "number", scale=2),
        calendar_year("base_year", "The year from which the projection starts"),
        calendar_year("projected_year", "The year for which it projects"),
        count("base_employment", "Jobs in the base year"),
        count("projected_employment", "Jobs in the projected year"),
        share(
            "growth", "The change of jobs over the whole projection, in percent of the base",
            least=Decimal(-1), most=Decimal(999),
        ),
        count("annual_openings", "Openings a year, from growth and from people who leave"),
        text("wage_vintage", "The release of the wages, such as 2025-05"),
        text("projection_vintage", "The release of the projection, such as 2024-34"),
    ),
    complete=False,
    area="area",
)  # fmt: skip

DEMAND_POOL = Table(
    name="demand_pool",
    rows_name="demand_pools",
    title="Job postings that several credentials may answer, counted once",
    key=("demand_pool_id",),
    columns=(
        text("demand_pool_id", "The code of the pool"),
        text("name", "What the postings ask for"),
        tie("occupation", "The occupation of the postings, where they are of one"),
        tie("area", "Where the jobs are"),
        calendar_year("year", "The year of the postings"),
        count("total_postings", "All postings of the pool"),
        count("entry_level_postings", "Those open to people without experience"),
    ),
    complete=False,
    label="name",
    area="area",
)

POSTING = Table(
    name="posting",
    rows_name="postings",
    title="How many job postings name a credential, in an area and a year",
    key=("credential", "area", "year"),
    columns=(
        tie("credential", "The credential that the postings name"),
        tie("area", "Where the jobs are"),
        calendar_year("year", "The year of the postings"),
        tie("demand_pool", "The pool to which these postings belong"),
        count("postings", "Postings that name it"),
        count("entry_level_postings", "Those open to people without experience"),
    ),
    complete=False,
    area="area",
)
