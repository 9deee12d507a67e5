"""What a change does, in one sentence that a legislator can read."""

from __future__ import annotations

from fractions import Fraction

from ..results.diff.comparison import Comparison
from ..results.diff.edit import ABSENT, Edit, EditClass, Kind, PolicyDiff
from ..results.diff.list_moves import ListDiff
from ..results.diff.outcome_diff import OutcomeDiff
from ..results.diff.payment_changes import PaymentDiff
from ..results.diff.rating_moves import RatingDiff
from ..results.dollars import dollars
from ..results.table import decimal_text
from .diff import change
from .diff_value import value_text

LONGEST = 60
"""Characters of a value that a sentence holds."""


def sentence(one: Comparison) -> str:
    """What is edited, and what becomes of the list, the ratings, the money and what nobody can tell."""
    edited = edited_words(one.edits)
    if one.outcome is None:
        return f"{edited}."
    return f"{edited}: {felt_words(one.outcome)}."


def edited_words(found: PolicyDiff) -> str:
    """What is edited: the one edit that can change a result, else how many of which class."""
    felt = [edit for edit in found.edits if not edit.edit_class.harmless]
    if not found.edits:
        return "The two policies say the same"
    if not felt:
        count = len(found.edits)
        return f"{count} {'edit' if count == 1 else 'edits'}, of which none changes a result"
    if len(felt) == 1:
        return edit_words(felt[0])
    counts = [(each, sum(1 for edit in felt if edit.edit_class is each)) for each in EditClass]
    return f"{len(felt)} edits change results ({', '.join(f'{count} {each.value}' for each, count in counts if count)})"


def edit_words(edit: Edit) -> str:
    """An edit as the beginning of a sentence: `This raises parameters.wage_floor from $41,250 to $43,900`."""
    name = _called(edit)
    if edit.kind is Kind.MOVED:
        return f"This moves {name} from {edit.old_steps[-1]} to {edit.steps[-1]}"
    if edit.after is ABSENT or edit.kind is Kind.REMOVED:
        return f"This takes away {name}"
    if edit.before is ABSENT or edit.kind is Kind.ADDED:
        return f"This adds {name}{_given(edit)}"
    if edit.kind is not Kind.CHANGED:
        return f"This changes {name}"
    before, after = value_text(edit.before), value_text(edit.after)
    if len(before) > LONGEST or len(after) > LONGEST:
        return f"This changes {name}"
    way = _way(before, after)
    return f"This {way} {name} from {before} to {after}"


def _called(edit: Edit) -> str:
    """The part of the path that people know, with the day from which it holds."""
    steps = [step for step in edit.path.split(".") if step not in ("parameters", "values", "value")]
    name = " ".join(steps[:1] + steps[1:])
    return name or edit.path


def _given(edit: Edit) -> str:
    text = change(edit).removeprefix("+ ")
    return f" ({text})" if len(text) <= LONGEST else ""


def _way(before: str, after: str) -> str:
    """Whether a number rises or falls."""
    numbers = [_number(text) for text in (before, after)]
    if numbers[0] is None or numbers[1] is None or numbers[0] == numbers[1]:
        return "changes"
    return "raises" if numbers[1] > numbers[0] else "lowers"


def _number(text: str) -> Fraction | None:
    try:
        return Fraction(text.strip().lstrip("$").rstrip("%").replace(",", ""))
    except (ValueError, ZeroDivisionError):
        return None


def felt_words(found: OutcomeDiff) -> str:
    """What becomes of the results."""
    if found.is_empty:
        return "no result changes"
    parts = []
    if found.listed is not None and found.listed.moves:
        parts.append(list_words(found.listed))
    if found.rated is not None and found.rated.rated_otherwise:
        parts.append(rating_words(found.rated))
    if found.paid is not None:
        parts.append(money_words(found.paid))
    opened = found.open_after - found.open_before
    if opened:
        counted = f"{abs(opened):,} {'more' if opened > 0 else 'fewer'} {'result' if abs(opened) == 1 else 'results'}"
        parts.append(f"{counted} nobody can tell")
    return "; ".join(parts) or "verdicts change, but neither list nor ratings nor payments"


def list_words(listed: ListDiff) -> str:
    """How many leave, join, move tier and become undetermined."""
    counts = [
        (listed.count("leaves"), "leave the list"),
        (listed.count("joins"), "join"),
        (listed.count("moves tier"), "change their tier"),
        (listed.count("becomes undetermined"), "become undetermined"),
    ]
    said = [(count, words) for count, words in counts if count]
    if not said:
        return f"the list of {listed.rows_name} stays as it is"
    rows = f"{listed.listed_before:,} {listed.rows_name}"
    first, *others = [f"{count:,} {_one(words) if count == 1 else words}" for count, words in said]
    number, _, words = first.partition(" ")
    return ", ".join([f"{number} of {rows} {words}", *others])


def _one(words: str) -> str:
    verb, _, rest = words.partition(" ")
    return f"{verb}s {rest}".strip().replace("their", "its")


def rating_words(rated: RatingDiff) -> str:
    """How many are rated otherwise."""
    counts: dict[str, int] = {}
    for one in rated.rated_otherwise:
        counts[one.entity] = counts.get(one.entity, 0) + 1
    said = [f"{count:,} {entity if count == 1 else plural(entity)}" for entity, count in sorted(counts.items())]
    return f"{' and '.join(said)} {'is' if sum(counts.values()) == 1 else 'are'} rated otherwise"


def plural(entity: str) -> str:
    """More than one of an entity that is rated or paid."""
    words = entity.replace("_", " ")
    return f"{words[:-1]}ies" if words.endswith("y") else words if words == "state" else f"{words}s"


def money_words(paid: PaymentDiff) -> str:
    """What all together gain or lose, and the factor where one line is prorated."""
    change = paid.after - paid.before
    whom = " and ".join(dict.fromkeys(plural(one.entity) for one in paid.payees)) or "payees"
    if not change:
        moved = len(paid.winners) + len(paid.losers)
        said = f"the same {dollars(paid.before)} is paid"
        said += f", {len(paid.winners):,} gain and {len(paid.losers):,} lose" if moved else ""
    else:
        verb = "gain" if change > 0 else "lose"
        said = f"{whom} together {verb} {dollars(abs(change))} of {dollars(paid.before)}"
    factors = [line.factor for line in paid.lines if line.factor[0] != line.factor[1]]
    if len(factors) == 1 and factors[0][0] is not None and factors[0][1] is not None:
        said += f" (proration factor {_four(factors[0][0])} → {_four(factors[0][1])})"
    return said


def _four(factor: Fraction) -> str:
    """A factor cut to four decimals."""
    return decimal_text(Fraction(factor * 10_000 // 1, 10_000))
