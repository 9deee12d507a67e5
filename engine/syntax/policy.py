"""A policy as written: one frozen record per thing that a policy file can say, each with its place.

`name` is what the author called the thing, `span` the place of that name (or of the whole where it has none); both the
name's spelling and all contents compare, places do not. `path` of a thing is its stable name, `parameters.wage_floor`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date as Date
from typing import TYPE_CHECKING

from ..text.source import NOWHERE, Source, Span
from .expr import Expr, Order, Sentence

if TYPE_CHECKING:  # their records are made of those here
    from .accountability import Accountability
    from .choice_tables import Bands, DecisionTable, Points
    from .funding import Appropriation, Funding, Total


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """What every named thing carries: its name, its place, and where it comes from in law.

    `replaces` is the path of the parent policy's thing that this one stands in for, with `because` and `cite`.
    `policy` is the id of the policy file that wrote it (it differs from the reader's under `extends`).
    """

    name: str
    span: Span = field(default=NOWHERE, compare=False, repr=False)
    title: str = ""
    note: str = ""
    cite: str = ""
    cite_span: Span = field(default=NOWHERE, compare=False, repr=False)
    replaces: str = ""
    replaces_span: Span = field(default=NOWHERE, compare=False, repr=False)
    because: Sentence | None = None
    policy: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Timed(Item):
    """What holds from `starts` on and no longer from `ends` on; nothing where no end is said."""

    starts: Date | None = None
    ends: Date | None = None

    def holds(self, day: Date) -> bool:
        """Whether it is in force on a day."""
        return (self.starts is None or self.starts <= day) and (self.ends is None or day < self.ends)


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """A name used in a slot, with its place: an entity, a source, a unit, a mode."""

    text: str
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class CitedSource(Item):
    """A document that values and rules cite; `read` is the day somebody read it."""

    url: str = ""
    read: Date | None = None


# -- data that the policy adds ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnDeclaration(Item):
    """A column that the policy adds to the data model. `type` is text, date, truth, number, or an entity; or
    `values`.
    """

    type: Word | None = None
    values: tuple[str, ...] = ()
    ordered: bool = False
    unit: Word | None = None
    scale: int | None = None
    at_least: Expr | None = None
    at_most: Expr | None = None
    stored: str = ""
    required: bool = False
    personal: bool = False
    bounded: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TableDeclaration(Item):
    """Columns added to a table of the model, or (with `key`) a new table. `rows_name` is the plural for `over`."""

    key: tuple[Word, ...] = ()
    rows_name: str = ""
    complete: bool | None = None
    columns: tuple[ColumnDeclaration, ...] = ()


# -- parameters ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class DatedValue:
    """A value from a date on. `members` holds one literal per member of `by`, or one under the empty name.

    `key` is how the policy writes the date, such as `class 2024`. `places` are those of the members' names. A member
    absent here keeps its earlier value. A literal `None` is the word `none`: no limit.
    `standing` is enacted, proposed, secondary, recalled, assumed or not_found.
    """

    starts: Date
    members: tuple[tuple[str, Expr | None], ...]
    standing: str = "enacted"
    cite: str = ""
    cite_span: Span = field(default=NOWHERE, compare=False, repr=False)
    note: str = ""
    key: str = field(default="", compare=False)
    places: tuple[Span, ...] = field(default=(), compare=False, repr=False)
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Deferral(Item):
    """A value that was to hold from `starts` on and was put off to `to`. `keys` are both as the policy writes
    them.
    """

    starts: Date
    to: Date
    keys: tuple[str, str] = field(default=("", ""), compare=False)
    decided_by: str = ""
    decided_on: Date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter(Item):
    """A number (or word) that the law sets, with the dates it holds. `type` is `rounding_mode`, text, date, truth, a
    column with values, or empty. `in_force_by` is the class, year or date of a row that picks its value, in the place
    of the as-of date. `review_by` is the day by which somebody looks whether the values are still right.
    """

    unit: Word | None = None
    type: Word | None = None
    by: Word | None = None
    in_force_by: Expr | None = None
    values: tuple[DatedValue, ...] = ()
    review_by: Date | None = None
    deferred: tuple[Deferral, ...] = ()


# -- rules --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleVersion:
    """One text of a rule, in force from `starts` (none: always) until the next version or `ends`."""

    body: Expr
    starts: Date | None = None
    ends: Date | None = None
    because: Sentence | None = None
    cite: str = ""
    cite_span: Span = field(default=NOWHERE, compare=False, repr=False)
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition(Item):
    """A named expression on an entity."""

    entity: Word
    versions: tuple[RuleVersion, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion(Item):
    """A definition that is met, not met or undetermined; `not_applicable_when` excuses a row."""

    entity: Word
    versions: tuple[RuleVersion, ...]
    not_applicable_when: Expr | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordCheck(Criterion):
    """A criterion that a row has to meet before it is taken for a claim."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation(Item):
    """A tie that the policy makes single by binding the key: `where` gives an expression per key column of `to`."""

    entity: Word
    to: Word
    where: tuple[tuple[Word, Expr], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StudentGroup(Item):
    """A condition on students that names a group (`everyone` and `any_of` are conditions too); groups may overlap."""

    when: Expr


# -- derived entities, years, determinations ----------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class DerivedEntity(Item):
    """A group (`group: attainment`, `by` names with their expressions), a cross (`cross: [district,
    student_group]`) or a union (`union: [attainment, course_completion]`).
    """

    group: Word | None = None
    by: tuple[tuple[Word, Expr], ...] = ()
    cross: tuple[Word, ...] = ()
    union: tuple[Word, ...] = ()
    at_most: int = 5_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedYear(Item):
    """A year that the policy names, such as `earned: school_year of award_date`."""

    year: Expr


@dataclass(frozen=True, slots=True, kw_only=True)
class Deemed:
    """A decision that is taken for `approved` or `denied`, `after` so long from the day `counted_from`."""

    approved: bool
    after: Expr | None
    counted_from: Expr


@dataclass(frozen=True, slots=True, kw_only=True)
class Determination(Item):
    """A decision of people that is data: of which entity, by whom, what it needs, how long it holds, what it finds, and
    what holds where nobody has decided in time.
    """

    entity: Word
    by: str = ""
    needs: tuple[Word, ...] = ()
    expires: Expr | None = None
    findings: tuple[Word, ...] = ()
    granted_when: Expr | None = None
    deemed: Deemed | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Eligibility(Item):
    """A verdict in the field's words for every row of an entity; when `keep_last_verdict_when` holds, that of the last
    year on record.
    """

    entity: Word
    when: Expr
    keep_last_verdict_when: Expr | None = None
    verdicts: tuple[tuple[str, str], ...] = ()


# -- priority list ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Tier(Item):
    """A line of `tiers`; `when` is nothing for `otherwise`."""

    when: Expr | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Stay:
    """A grandfathering rule: rows of the list in force before that stay for `length`, when `when` holds."""

    length: Expr | None = None
    when: Expr | None = None
    within_limit: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Quota(Item):
    """How many candidates a list takes of those that agree in `within`: columns, or walks to one row."""

    within: tuple[Word, ...]
    limit: Expr
    limit_since: Date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ListException(Item):
    """A decision of people about one row: `verdict` is `listed` or `not_listed`, from and until a date; on a regional
    list about one thing in one `area`, or in all of them.
    """

    key: str
    key_span: Span = field(default=NOWHERE, compare=False, repr=False)
    area: str = ""
    area_span: Span = field(default=NOWHERE, compare=False, repr=False)
    verdict: str
    tier: str = ""
    tier_span: Span = field(default=NOWHERE, compare=False, repr=False)
    decided_by: str = ""
    starts: Date | None = None
    ends: Date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PriorityList(Item):
    """Which rows of an entity are listed, in which tier and order, up to which limit, who stays, who is honored on."""

    entity: Word
    when: Expr
    undetermined: str = "pending_review"
    undetermined_because: str = ""
    tiers: tuple[Tier, ...] = ()
    rank_by: Order | None = None
    in_force: Expr | None = None
    limit: Expr | None = None
    limit_since: Date | None = None
    """The day from which the parameters in `limit` have values; found by the checker."""
    on_tie_at_limit: str = "include"
    quotas: tuple[Quota, ...] = ()
    stay: Stay | None = None
    honor_for: Expr | None = None
    exceptions: tuple[ListException, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LintException(Item):
    """A finding of lint that the author accepts: of which code, on which things (by their paths or the beginnings of
    them; none is everywhere), until which day; `because` says why.
    """

    code: Word
    of: tuple[Word, ...] = ()
    ends: Date | None = None


# -- the whole ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class YearBegin:
    """Month and day on which a year begins; `named_for_end` says which calendar year names it."""

    month: int = 7
    day: int = 1
    named_for_end: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """A policy file as written. Under `extends` the loader merges the parents' things into one such record."""

    source: Source = field(compare=False, repr=False)
    id: str
    id_span: Span = field(default=NOWHERE, compare=False, repr=False)
    title: str = ""
    jurisdictions: tuple[Word, ...] = ()
    school_year: Word | None = None
    school_year_begins: YearBegin = YearBegin(named_for_end=False)
    fiscal_year: YearBegin = YearBegin()
    extends: tuple[Word, ...] = ()
    sources: tuple[CitedSource, ...] = ()
    data: tuple[TableDeclaration, ...] = ()
    parameters: tuple[Parameter, ...] = ()
    relations: tuple[Relation, ...] = ()
    student_groups: tuple[StudentGroup, ...] = ()
    tables: tuple[DecisionTable, ...] = ()
    points: tuple[Points, ...] = ()
    bands: tuple[Bands, ...] = ()
    definitions: tuple[Definition, ...] = ()
    criteria: tuple[Criterion, ...] = ()
    record_checks: tuple[RecordCheck, ...] = ()
    entities: tuple[DerivedEntity, ...] = ()
    years: tuple[NamedYear, ...] = ()
    determinations: tuple[Determination, ...] = ()
    eligibility: tuple[Eligibility, ...] = ()
    priority_list: PriorityList | None = None
    accountability: Accountability | None = None
    appropriations: tuple[Appropriation, ...] = ()
    funding: tuple[Funding, ...] = ()
    totals: tuple[Total, ...] = ()
    lint: tuple[LintException, ...] = ()
    rejected: frozenset[str] = field(default=frozenset(), compare=False, repr=False)
    """Names that it might have declared where it was not read, which has been said: that they are unknown is not."""
    orphaned: bool = field(default=False, compare=False, repr=False)
    """A policy that it extends could not be read, which has been said: any name may have been declared there."""
