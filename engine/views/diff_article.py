"""A change of a policy as an article: what is edited, who gains and loses, what becomes undetermined, by which edit."""

from __future__ import annotations

from fractions import Fraction

from ..results.diff.comparison import Comparison
from ..results.diff.edit import ABSENT, Edit, EditClass, Kind
from ..results.diff.list_moves import ListMove
from ..results.diff.outcome_diff import OutcomeDiff
from ..results.diff.rating_moves import RatingDiff
from ..results.run import Run
from ..results.table import decimal_text
from .article import Article, Grid, Section
from .diff import ONLY_TEXT, change, effect_lines, witness_line
from .diff_causes import causes_section, crossed_section
from .diff_edit_words import short_path
from .diff_money import groups_section, money_section
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
        sections += _felt(one, one.outcome, Masked(one.outcome.after.run, public), public)
        loud += [f"{ALARM[0].upper()}{ALARM[1:]}."] if one.outcome.only_opens else []
        foot += _ran_on(one.outcome)
    title, name = _called(one)
    return Article(
        f"What changes: {title}", sentence(one, public), tuple(loud), tuple(sections), tuple(foot),
        tag=f"What changes in {name}",
    )  # fmt: skip


def _called(one: Comparison) -> tuple[str, str]:
    """The title of the policy and its id; without a run the name of the file stands for both."""
    if one.outcome is not None:
        policy = one.outcome.after.run.checked.policy
        return policy.title or policy.id, policy.id
    return (one.edits.new.rpartition(":")[2],) * 2


def _ran_on(found: OutcomeDiff) -> list[str]:
    """On which data both sides ran, as of when, and what of it is made up."""
    sides = [(one.run.dataset.title or "data without a title", one.run.as_of) for one in (found.before, found.after)]
    said = [f"{title}, as of {day.isoformat()}" for title, day in dict.fromkeys(sides)]
    made_up = any(one.run.dataset.made_up for one in (found.before, found.after))
    return [f"ran on {' → '.join(said)}", *(["the data are made up"] if made_up else [])]


def _felt(one: Comparison, found: OutcomeDiff, masked: Masked, public: bool) -> list[Section]:
    made = [
        _list(found), _ratings(found), money_section(found, masked), groups_section(found, masked),
        _open(found, masked), causes_section(one, masked), crossed_section(one, masked), _elsewhere(one, public),
        _leans_on(found.after.run),
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
        words = ", ".join(f"{short_path(edit)} ({edit.edit_class.value})" for edit in quiet[:SHOWN])
        said = f"Changes no result: {words}{_more(len(quiet), SHOWN)}."
    return Section("What is edited", (said,), bullets=tuple(_edit(edit, one.outcome is not None) for edit in felt))


def _edit(edit: Edit, with_data: bool) -> str:
    """An edit in a line: its class, where, what, from when, what hangs on it, and the citation."""
    name = edit.edit_class.value.upper() if edit.edit_class is EditClass.UNKNOWN else edit.edit_class.value
    what = f"was {edit.old_path}" if edit.kind is Kind.RENAMED else change(edit)
    until = f" to {edit.until.isoformat()}" if edit.until else ""
    when = "" if edit.kind is Kind.MOVED or edit.epoch is None else f"in force from {edit.epoch.isoformat()}{until}"
    known = [line for line in effect_lines(edit.effects) if not (with_data and line.startswith("UNKNOWN"))]
    cite = getattr(edit.after if edit.after is not ABSENT else edit.before, "cite", "")
    more = [when, edit.why, *map(witness_line, edit.witnesses), *known, f"citation {cite}" if cite else ""]
    return f"{name}: {short_path(edit)}, {what}" + "".join(f"; {text}" for text in more if text)


# -- the list -------------------------------------------------------------------------------------------------------


def _list(found: OutcomeDiff) -> Section | None:
    listed = found.listed
    if listed is None or not listed.moves:
        return None
    head = ("what it does", "key", "name", "tier", "what decides")
    rows = [(_move(one), one.key, _place(one), _tiers(one), _deciding(one)) for one in listed.moves[:SHOWN]]
    said = (
        f"{listed.listed_before:,} {listed.rows_name} were on the list, {listed.listed_after:,} are; "
        f"{listed.open_before:,} were undetermined, {listed.open_after:,} are."
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


# -- what is undetermined -------------------------------------------------------------------------------------------


def _open(found: OutcomeDiff, masked: Masked) -> Section | None:
    rows = tuple(
        (f"{one.table}.{one.column}" if one.table else one.column, *(f"{count}" for count in masked.waiting(one)))
        for one in found.held
    )
    both = (found.open_before, found.open_after)
    near = tuple((one.rule, *masked.counts(one.entity, one.before, one.after)) for one in found.near)
    grids = [Grid(("waits for", "results before", "after"), rows, frozenset({1, 2}))] if rows else []
    if near and any(one.before != one.after for one in found.near):
        grids.append(Grid(("missed by at most a tenth", "rows before", "after"), near, frozenset({1, 2})))
    cases = tuple(
        (
            one.rule,
            one.key,
            one.name,
            one.measured,
            decimal_text(one.required),
            "comes near" if one.new else "stays near",
        )
        for one in found.near_cases
        if not masked.is_personal(one.entity)
    )
    if any(one.new for one in found.near_cases) and cases:
        head = ("nearest the line now", "key", "name", "has", "required", "with the change")
        grids.append(Grid(head, cases, frozenset({3, 4})))
    counts = masked.results(found)
    said = f"Undetermined results: {counts[0]} before, {counts[1]} now."
    return Section("Undetermined, and near cases", (said,), tuple(grids)) if grids or any(both) else None


# -- other data, and what it leans on -------------------------------------------------------------------------------


def _elsewhere(one: Comparison, public: bool) -> Section | None:
    if not one.elsewhere:
        return None
    rows = tuple((title, felt_words(found, public)) for title, found in one.elsewhere)
    return Section("On other data", (), (Grid(("data", "what the same change does there"), rows),))


def _leans_on(run: Run) -> Section | None:
    """Values in use that are not enacted law."""
    from ..results.assumptions import assumption_table

    found = assumption_table(run)
    at = [found.names.index(name) for name in ("parameter", "value", "standing", "cite")]
    cells = (tuple(str(row[place] or "") for place in at) for row in found.rows)
    rows = dict.fromkeys((path.removeprefix("parameters."), *more) for path, *more in cells)
    if not rows:
        return None
    head = ("what", "value", "standing", "citation")
    return Section("Values in use that are not enacted", (), (Grid(head, tuple(rows)[:SHOWN]),))


# -- words ----------------------------------------------------------------------------------------------------------


def _signed(change: Fraction | None) -> str:
    return "" if change is None else f"{'+' if change > 0 else ''}{decimal_text(change)}"


def _more(count: int, shown: int) -> str:
    return f" and {count - shown:,} more" if count > shown else ""


def _rows_beyond(count: int) -> str:
    return f" The first {SHOWN} stand here." if count > SHOWN else ""
