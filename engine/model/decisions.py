"""Decisions of people, and what earlier lists, ratings and payments were: data, never recomputed."""

from __future__ import annotations

from decimal import Decimal

from .columns import calendar_year, count, day, measure, money, school_year, text, tie, truth, word
from .table import Column, Table


def _subject() -> tuple[Column, ...]:
    return (
        text("entity", "What kind of thing it is about, such as program"),
        text("subject", "The key of the thing that it is about"),
    )


DETERMINATION = Table(
    name="determination",
    rows_name="determinations",
    title="A decision that a person or a board took on one thing",
    key=("name", "entity", "subject", "decided_on"),
    columns=(
        text("name", "Which determination it is, as the policy calls it"),
        *_subject(),
        day("decided_on", "The day of the decision"),
        truth("decision", "Whether it was granted"),
        text("authority", "Who decided"),
        text("reason", "Why"),
        text("document", "Where the decision can be seen"),
        day("expires_on", "The last day on which it counts, where the decision says one"),
    ),
    complete=False,
)

LISTING = Table(
    name="listing",
    rows_name="listings",
    title="A place on a priority list of an earlier year",
    key=("entity", "subject", "listed_from"),
    columns=(
        *_subject(),
        text("tier", "The tier, where the list has tiers"),
        day("listed_from", "The first day on the list"),
        day("listed_until", "The last day on the list"),
        day("honored_until", "The last day on which it still counts for those who had begun"),
    ),
)

REGIONAL_LISTING = Table(
    name="regional_listing",
    rows_name="regional_listings",
    title="A place on a regional priority list of an earlier year: of a thing in an area",
    key=("entity", "subject", "area", "listed_from"),
    columns=(
        *_subject(),
        tie("area", "Where it was listed: a region, or the area of the whole jurisdiction"),
        text("tier", "The tier, where the list has tiers"),
        day("listed_from", "The first day on the list"),
        day("listed_until", "The last day on the list"),
        day("honored_until", "The last day on which it still counts for those who had begun"),
    ),
)

PRIOR_RATING = Table(
    name="prior_rating",
    rows_name="prior_ratings",
    title="The rating of a school, a district or the state in an earlier year",
    key=("entity", "subject", "school_year"),
    columns=(
        *_subject(),
        school_year("school_year", "The school year that was rated"),
        text("rating", "The rating"),
        measure("index", "The number from which it followed", "points", scale=4),
        text("scale", "The scale of its cut scores, where its level has several"),
    ),
    complete=False,
)

PRIOR_CUT_SCORE = Table(
    name="prior_cut_score",
    rows_name="prior_cut_scores",
    title="The cut score of a rating in an earlier year, as the table `cut_scores` of that year's run has it",
    key=("entity", "scale", "rating", "school_year"),
    columns=(
        text("entity", "The level that was rated, such as school"),
        text("scale", "The scale, as the policy calls it; `all` where the level has one"),
        text("rating", "The rating"),
        school_year("school_year", "The school year that was rated"),
        measure("cut_score", "The least index that was given it", "points", scale=9),
    ),
    complete=False,
)

PRIOR_VERDICT = Table(
    name="prior_verdict",
    rows_name="prior_verdicts",
    title="What a rule said of a thing in an earlier year, as the table `decisions` of that year has it",
    key=("rule", "entity", "subject", "school_year"),
    columns=(
        text("rule", "The rule, as the policy calls it"),
        *_subject(),
        school_year("school_year", "The school year of the verdict"),
        word("verdict", "What it said", "met", "not_met", "undetermined", "not_applicable"),
    ),
    complete=False,
)

PRIOR_PAYMENT = Table(
    name="prior_payment",
    rows_name="prior_payments",
    title="What a payee was paid on a line of funding in an earlier year",
    key=("line", "entity", "subject", "fiscal_year"),
    columns=(
        text("line", "The line of funding, as the policy calls it"),
        *_subject(),
        calendar_year("fiscal_year", "The fiscal year of the payment"),
        money("payment", "What was paid", least=Decimal(-999_999_999)),
    ),
    complete=False,
)

PRIOR_INDICATOR = Table(
    name="prior_indicator",
    rows_name="prior_indicators",
    title="The numbers of an indicator in an earlier year, for pooling where the students of that year are not at hand",
    key=("entity", "subject", "indicator", "student_group", "school_year"),
    columns=(
        *_subject(),
        text("indicator", "The indicator, as the policy calls it"),
        text("student_group", "The student group, as the policy calls it; `all_students` for everyone"),
        school_year("school_year", "The school year of the cohort"),
        measure("numerator", "What was counted", "number", scale=4, most=Decimal(999_999_999)),
        count("denominator", "Of how many students"),
    ),
    complete=False,
)
