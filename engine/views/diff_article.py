"""A change of a policy as an article: what is edited, who gains and loses, what becomes undetermined, by which edit."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from ..results.diff.comparison import Comparison
from ..results.diff.edit import ABSENT, Edit, EditClass, Kind
from ..results.diff.list_moves import ListMove
from ..results.diff.outcome_diff import OutcomeDiff
from ..results.diff.payment_changes import LARGEST, PayeeChange, PaymentDiff, median
from ..results.diff.rating_moves import RatingDiff
from ..results.dollars import dollars
from ..results.run import Run
from ..results.table import decimal_text
from .article import Article, Grid, Section
from .diff import ONLY_TEXT, change, effect_lines
from .diff_causes import causes_section, crossed_section
from .diff_words import felt_words, plural, sentence
from .masked import Masked

SHOWN = 40
"""Rows of a table; what is beyond is counted."""

ALARM = (
    "all that this change does is that results which could be told no longer can: no row is decided otherwise and "
    "nobody is paid more or less"
)


def diff_article(one: Comparison, public: bool = False) -> Article:
    """What changes. A `public` article names no person and masks small groups."""
    sections = [_edits(one)] if one.edits.edits else []
    loud = []
    foot = [f"{one.edits.old} → {one.edits.new}"]
    if one.outcome is None:
        loud.append(f"{ONLY_TEXT[0].upper()}{ONLY_TEXT[1:]}.")
    else:
        sections += _felt(one, one.outcome, Masked(one.outcome.after.run, public))
        loud += [f"{ALARM[0].upper()}{ALARM[1:]}."] if one.outcome.only_opens else []
        foot += _ran_on(one.outcome)
    return Article(f"What changes in {_policy_name(one)}", sentence(one), tuple(loud), tuple(sections), tuple(foot))


def _policy_name(one: Comparison) -> str:
    if one.outcome is not None:
        return one.outcome.after.run.checked.policy.id
    return one.edits.new.rpartition(":")[2]


def _ran_on(found: OutcomeDiff) -> list[str]:
    """On which data both sides ran, as of when, and what of it is made up."""
    sides = [(one.run.dataset.title or "data without a title", one.run.as_of) for one in (found.before, found.after)]
    said = [f"{title}, as of {day.isoformat()}" for title, day in dict.fromkeys(sides)]
    made_up = any(one.run.dataset.made_up for one in (found.before, found.after))
    return [f"ran on {' → '.join(said)}", *(["the data are made up"] if made_up else [])]


def _felt(one: Comparison, found: OutcomeDiff, masked: Masked) -> list[Section]:
    made = [
        _list(found), _ratings(found), _money(found, masked), _groups(found, masked), _open(found, masked),
        causes_section(one), crossed_section(one), _elsewhere(one), _leans_on(found.after.run),
    ]  # fmt: skip
    return [section for section in made if section is not None]


# -- what is edited -------------------------------------------------------------------------------------------------


def _edits(one: Comparison) -> Section:
    felt = sorted(
        (edit for edit in one.edits.edits if not edit.edit_class.harmless),
        key=lambda edit: list(EditClass).index(edit.edit_class),
    )
    quiet = [edit for edit in one.edits.edits if edit.edit_class.harmless]
    said = "Nothing else in the policy changes."
    if quiet:
        words = ", ".join(f"{edit.path} ({edit.edit_class.value})" for edit in quiet[:SHOWN])
        said = f"Changes no result: {words}{_more(len(quiet), SHOWN)}."
    return Section("What is edited", (said,), bullets=tuple(_edit(edit, one.outcome is not None) for edit in felt))


def _edit(edit: Edit, with_data: bool) -> str:
    """An edit in a line: its class, where, what, from when, what hangs on it, and the citation."""
    name = edit.edit_class.value.upper() if edit.edit_class is EditClass.UNKNOWN else edit.edit_class.value
    path = edit.path.removeprefix("parameters.").replace(".values.", ", ")
    what = f"was {edit.old_path}" if edit.kind is Kind.RENAMED else change(edit)
    until = f" to {edit.until.isoformat()}" if edit.until else ""
    when = "" if edit.kind is Kind.MOVED or edit.epoch is None else f"in force from {edit.epoch.isoformat()}{until}"
    known = [line for line in effect_lines(edit.effects) if not (with_data and line.startswith("UNKNOWN"))]
    cite = getattr(edit.after if edit.after is not ABSENT else edit.before, "cite", "")
    more = [when, edit.why, *known, f"citation {cite}" if cite else ""]
    return f"{name}: {path}, {what}" + "".join(f"; {text}" for text in more if text)


# -- the list -------------------------------------------------------------------------------------------------------


def _list(found: OutcomeDiff) -> Section | None:
    listed = found.listed
    if listed is None or not listed.moves:
        return None
    head = ("what it does", "key", "name", "tier", "what decides")
    rows = [(_move(one), one.key, _place(one), _tiers(one), _deciding(one)) for one in listed.moves[:SHOWN]]
    said = (
        f"{listed.listed_before:,} {listed.rows_name} were on the list, {listed.listed_after:,} are; of "
        f"{listed.open_before:,} nobody could tell, of {listed.open_after:,} nobody can."
    )
    return Section("The list", (said + _rows_beyond(len(listed.moves)),), (Grid(head, tuple(rows)),))


def _move(one: ListMove) -> str:
    return "moves" if one.move == "moves tier" else one.move


def _place(one: ListMove) -> str:
    return f"{one.name}, {one.area}" if one.area else one.name


def _tiers(one: ListMove) -> str:
    tiers = [tier.replace("_", " ") for tier in (one.tier_before, one.tier_after)]
    return " → ".join(tier or "–" for tier in tiers) if any(tiers) and tiers[0] != tiers[1] else tiers[1]


def _deciding(one: ListMove) -> str:
    """The rules that changed their verdict, by how much they are met or missed now, and their citation."""
    said = []
    for rule in one.deciding:
        margin = ""
        if rule.margin is not None:
            margin = f", by {decimal_text(abs(rule.margin))}"
        cite = f" [{rule.cite}]" if rule.cite else ""
        said.append(f"{rule.rule}: {_verdict(rule.before)} → {_verdict(rule.after)}{margin}{cite}")
    return "; ".join(said) or one.because


def _verdict(word: str) -> str:
    return word.replace("_", " ")


# -- ratings --------------------------------------------------------------------------------------------------------


def _ratings(found: OutcomeDiff) -> Section | None:
    rated = found.rated
    if rated is None or not rated.moves:
        return None
    moved = rated.rated_otherwise
    grids = [_matrix(rated, entity) for entity in dict.fromkeys(one.entity for one in moved)]
    rows = tuple(
        (plural(one.entity), one.key, one.name, f"{one.before} → {one.after}", _signed(one.change))
        for one in moved[:SHOWN]
    )
    if rows:
        grids.append(Grid(("level", "key", "name", "rating", "points"), rows, frozenset({4})))
    only = len(rated.moves) - len(moved)
    overridden = sum(one.by_override for one in moved)
    by_override = f", {overridden:,} of them by an override" if overridden else ""
    said = [f"{len(moved):,} are rated otherwise{by_override}." if moved else "All are rated as before."]
    said += [f"Of {only:,} the index changes, and the rating stays."] if only else []
    return Section("Ratings", (" ".join(said) + _rows_beyond(len(moved)),), tuple(grids))


def _matrix(rated: RatingDiff, entity: str) -> Grid:
    """Rows are the ratings before, columns those after; blank where there is none."""
    some = [one for one in rated.transitions if one.entity == entity]
    befores, afters = ([*dict.fromkeys(sorted(getattr(one, side) for one in some))] for side in ("before", "after"))
    counts = {(one.before, one.after): one.count for one in some}
    rows = tuple((was, *(f"{counts.get((was, now), 0) or ''}" for now in afters)) for was in befores)
    return Grid((f"{plural(entity)}: before ↓ after →", *afters), rows, frozenset(range(1, len(afters) + 1)))


# -- money ----------------------------------------------------------------------------------------------------------


def _money(found: OutcomeDiff, masked: Masked) -> Section | None:
    paid = found.paid
    if paid is None or (paid.before == paid.after and not paid.winners and not paid.losers):
        return None
    lines = tuple(
        (
            one.line, one.appropriation, dollars(one.paid[0]), dollars(one.paid[1]), money(one.change),
            _pair(one.factor), _pair(one.unspent, money=True),
        )
        for one in paid.lines
    )  # fmt: skip
    head = ("line", "appropriation", "paid before", "paid after", "change", "factor", "unspent")
    grids = [Grid(head, lines, frozenset({2, 3, 4, 5, 6}))]
    for title, some in (("gains most", paid.winners), ("loses most", paid.losers)):
        shown = [one for one in some if not masked.is_personal(one.entity)][:LARGEST]
        if shown:
            grids.append(_payees(title, shown))
    said = (
        f"In all {dollars(paid.before)} → {dollars(paid.after)} ({money(paid.after - paid.before)}). "
        f"{_sides(paid)} {_unchanged(paid)}"
    )
    unknown = sum(one.unknown for one in paid.payees)
    loud = (
        (f"Of {unknown:,} the payment cannot be told on one side: what is known of it is counted.",) if unknown else ()
    )
    return Section("Money", (said.strip(),), tuple(grids), loud)


def _sides(paid: PaymentDiff) -> str:
    said = []
    for verb, some in (("gain", paid.winners), ("lose", paid.losers)):
        if some:
            middle = median([one.change for one in some])
            assert middle is not None
            said.append(f"{len(some):,} {verb} (median {money(Fraction(round(middle * 100), 100))})")
    return f"{' and '.join(said)}." if said else ""


def _unchanged(paid: PaymentDiff) -> str:
    same = len(paid.payees) - len(paid.winners) - len(paid.losers)
    return f"{same:,} {'is' if same == 1 else 'are'} paid the same." if same else ""


def _payees(title: str, some: Sequence[PayeeChange]) -> Grid:
    rows = tuple(
        (one.key, one.name, dollars(one.before), dollars(one.after), money(one.change), _percent(one.share), _each(one))
        for one in some
    )
    head = (title, "name", "before", "after", "change", "%", "per student")
    return Grid(head, rows, frozenset({2, 3, 4, 5, 6}))


def _groups(found: OutcomeDiff, masked: Masked) -> Section | None:
    grids = []
    money_rows = tuple(
        (
            f"{plural(one.entity)} by {one.by}", one.group, f"{one.payees:,}", f"{one.gaining:,}", f"{one.losing:,}",
            dollars(one.before), dollars(one.after), money(one.after - one.before),
        )
        for one in found.payment_groups
        if not masked.is_personal(one.entity)
    )  # fmt: skip
    if money_rows and any(one.before != one.after for one in found.payment_groups):
        head = ("payees", "group", "how many", "gain", "lose", "before", "after", "change")
        grids.append(Grid(head, money_rows, frozenset(range(2, 8))))
    rated = tuple(
        (f"{plural(one.entity)} by {one.by}", one.group, f"{one.rows:,}", f"{one.moved:,}")
        for one in found.rating_groups
    )
    if any(one.moved for one in found.rating_groups):
        grids.append(Grid(("rated", "group", "how many", "rated otherwise"), rated, frozenset({2, 3})))
    students = masked.students(found.student_money)
    if any(one.before != one.after for one in found.student_money):
        columns = ("line", "students", "how many", "before", "after", "change")
        grids.append(Grid(columns, students, frozenset(range(2, 6))))
    return Section("Who is concerned", (), tuple(grids)) if grids else None


# -- what nobody can tell -------------------------------------------------------------------------------------------


def _open(found: OutcomeDiff, masked: Masked) -> Section | None:
    rows = tuple(
        (f"{one.table}.{one.column}" if one.table else one.column, *masked.counts(one.table, one.before, one.after))
        for one in found.held
    )
    near = tuple((one.rule, *masked.counts(one.entity, one.before, one.after)) for one in found.near)
    grids = [Grid(("waits for", "results before", "after"), rows, frozenset({1, 2}))] if rows else []
    if near and any(one.before != one.after for one in found.near):
        grids.append(Grid(("missed by at most a tenth", "rows before", "after"), near, frozenset({1, 2})))
    said = f"Nobody could tell {found.open_before:,} results, and cannot tell {found.open_after:,} now."
    return Section("What nobody can tell, and near cases", (said,), tuple(grids)) if grids else None


# -- other data, and what it leans on -------------------------------------------------------------------------------


def _elsewhere(one: Comparison) -> Section | None:
    if not one.elsewhere:
        return None
    rows = tuple((title, felt_words(found)) for title, found in one.elsewhere)
    return Section("On other data", (), (Grid(("data", "what the same change does there"), rows),))


def _leans_on(run: Run) -> Section | None:
    """Values in use that are not enacted law."""
    from ..results.assumptions import assumption_table

    found = assumption_table(run)
    at = [found.names.index(name) for name in ("value", "standing", "cite")]
    rows = dict.fromkeys(tuple(str(row[place] or "") for place in at) for row in found.rows)
    if not rows:
        return None
    head = ("value", "standing", "citation")
    return Section("Values in use that are not enacted", (), (Grid(head, tuple(rows)[:SHOWN]),))


# -- words ----------------------------------------------------------------------------------------------------------


def money(change: Fraction) -> str:
    """A change in dollars with its sign."""
    return f"+{dollars(change)}" if change > 0 else dollars(change)


def _signed(change: Fraction | None) -> str:
    return "" if change is None else f"{'+' if change > 0 else ''}{decimal_text(change)}"


def _pair(both: tuple[Fraction | None, Fraction | None], money: bool = False) -> str:
    said = ["–" if one is None else dollars(one) if money else _cut(one) for one in both]
    return said[1] if said[0] == said[1] else " → ".join(said)


def _cut(factor: Fraction) -> str:
    return decimal_text(Fraction(factor * 10_000 // 1, 10_000))


def _percent(share: Fraction | None) -> str:
    return "" if share is None else f"{'+' if share > 0 else ''}{decimal_text(Fraction(round(share * 1000), 10))}%"


def _each(one: PayeeChange) -> str:
    return "" if one.per_student is None else money(Fraction(round(one.per_student * 100), 100))


def _more(count: int, shown: int) -> str:
    return f" and {count - shown:,} more" if count > shown else ""


def _rows_beyond(count: int) -> str:
    return f" The first {SHOWN} stand here." if count > SHOWN else ""
