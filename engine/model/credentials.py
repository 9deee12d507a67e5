"""Credentials and what ties them to occupations, employers, colleges and each other."""

from __future__ import annotations

from decimal import Decimal

from .columns import count, day, measure, money, share, text, tie, truth, word
from .table import Table

CREDENTIAL = Table(
    name="credential",
    rows_name="credentials",
    title="A credential that people earn: a license, a certification, a certificate",
    key=("credential_id",),
    columns=(
        text("credential_id", "Its code in this dataset"),
        text("name", "Its name"),
        text("issuer", "Who awards it"),
        word(
            "kind", "What kind of credential it is",
            "license", "certification", "software", "career_readiness", "cte_assessment", "certificate",
            "badge", "microcredential", "apprenticeship", "degree", "other",
        ),
        text("career_cluster", "The career cluster to which it belongs"),
        text("ctid", "Its identifier in the Credential Registry"),
        truth("industry_recognized", "Whether industry recognizes it, as the source says"),
        truth("exam_required", "Whether an examination must be passed"),
        truth("proctored", "Whether the examination is watched over"),
        measure("clock_hours", "Hours of instruction that it takes", "hour", scale=2),
        money("exam_fee", "What the examination costs"),
        measure("valid_for", "Years until it must be renewed", "year", most=Decimal(99)),
    ),
    label="name",
)  # fmt: skip

OCCUPATION_LINK = Table(
    name="occupation_link",
    rows_name="occupation_links",
    title="An occupation for which a credential prepares",
    key=("credential", "occupation"),
    columns=(
        tie("credential", "The credential"),
        tie("occupation", "The occupation"),
        word("standing", "How sure the link is", "published", "reviewed", "assumed"),
        text("source", "Who says so"),
    ),
)

STACK = Table(
    name="stack",
    rows_name="stacks_to",
    title="A credential that counts toward a next one",
    key=("credential", "next_credential"),
    columns=(
        tie("credential", "The credential that one has"),
        tie("next_credential", "The credential toward which it counts", "credential"),
        text("source", "Who says so"),
    ),
)

ENDORSEMENT = Table(
    name="endorsement",
    rows_name="endorsements",
    title="What an employer said of a credential",
    key=("credential", "employer"),
    columns=(
        tie("credential", "The credential"),
        text("employer", "The employer"),
        word("decision", "Whether the employer stands behind it", "endorse", "decline"),
        day("decided_on", "The day on which the employer said so"),
        day("expires_on", "The last day on which it counts"),
        tie("area", "Where the employer hires"),
        text("document", "Where the statement can be seen"),
    ),
    # The area is where an employer hires, not the jurisdiction of the row: a scope does not cut endorsements.
)

ARTICULATION = Table(
    name="articulation",
    rows_name="articulations",
    title="An agreement by which a college grants credit for a credential",
    key=("credential", "institution"),
    columns=(
        tie("credential", "The credential"),
        text("institution", "The college"),
        measure("credits", "Credit hours granted", "credit_hour", scale=2, most=Decimal(999)),
        truth("statewide", "Whether it binds every public college of the state"),
        day("begins_on", "The first day on which it holds"),
        day("ends_on", "The last day on which it holds"),
        text("document", "Where the agreement can be seen"),
    ),
)

PROGRAM = Table(
    name="program",
    rows_name="programs",
    title="A program of instruction at an institution",
    key=("program_id",),
    columns=(
        text("program_id", "Its code in this dataset"),
        text("name", "Its name"),
        text("institution", "Who offers it"),
        tie("credential", "The credential to which it leads"),
        text("cip", "Its CIP code, with its zeros"),
        tie("area", "Where it is taught"),
        measure("clock_hours", "Clock hours of instruction", "hour", scale=2),
        measure("weeks", "Weeks of instruction", "week", scale=2, most=Decimal(999)),
        measure("semester_hours", "Semester credit hours", "credit_hour", scale=2, most=Decimal(999)),
        measure("quarter_hours", "Quarter credit hours", "credit_hour", scale=2, most=Decimal(999)),
        truth("correspondence", "Whether it is taught by correspondence"),
        truth("study_abroad", "Whether it is taught abroad"),
        truth("direct_assessment", "Whether it measures competence instead of hours"),
        truth("stackable", "Whether its credential stacks, or is the only one of its occupation"),
        truth("portable", "Whether its credential is known to more than one employer"),
        truth("leads_to_credit", "Whether its credits count toward a certificate or a degree"),
        share("contracted_share", "Part taught under contract by others"),
        day("first_offered", "The first day on which it was offered"),
        measure("years_offered", "Full years it has been offered", "year", scale=2, most=Decimal(999)),
        count("completers", "People who completed it in the cohort", bounded=True),
        share("completion_rate", "Part of the cohort that completed it"),
        share("placed_rate", "Part of the completers with a job after 180 days"),
        share("placed_in_occupation_rate", "Part of the completers with a job in its field after 180 days"),
        money("tuition_and_fees", "Published tuition and fees for the whole program"),
        money("median_earnings", "Median earnings of its completers in a year", "USD/year", bounded=True),
        money(
            "value_added_earnings", "Earnings of a year above the threshold that the law sets",
            least=Decimal(-999_999_999),
        ),
    ),
    label="name",
    area="area",
)  # fmt: skip
