"""What a change does, in one sentence that a legislator can read."""

from __future__ import annotations

from fractions import Fraction

from ..results.diff.comparison import Comparison
from ..results.diff.edit import EditClass, PolicyDiff
from ..results.diff.list_moves import ListDiff
from ..results.diff.outcome_diff import OutcomeDiff
from ..results.diff.payment_changes import PaymentDiff
from ..results.diff.rating_moves import RatingDiff
from ..results.dollars import dollars
from ..results.table import decimal_text
from .diff_edit_words import edits_words
from .masked import FEWEST_WORD, Masked


def sentence(one: Comparison, public: bool = False) -> str:
    """What is edited, and what becomes of the list, the ratings, the money and what is undetermined."""
    edited = edited_words(one.edits)
    if one.outcome is None:
        return f"{edited}."
    return f"{edited}: {felt_words(one.outcome, public)}."


def edited_words(found: PolicyDiff) -> str:
    """What is edited: the few edits that can change a result, else how many of which class."""
    felt = [edit for edit in found.edits if not edit.edit_class.harmless]
    if not found.edits:
        return "The two policies say the same"
    if not felt:
        count = len(found.edits)
        return f"{count} {'edit' if count == 1 else 'edits'}, of which none changes a result"
    if said := edits_words(felt):
        return said
    counts = [(each, sum(1 for edit in felt if edit.edit_class is each)) for each in EditClass]
    return f"{len(felt)} edits change results ({', '.join(f'{count} {each.value}' for each, count in counts if count)})"


def felt_words(found: OutcomeDiff, public: bool = False) -> str:
    """What becomes of the results."""
    if found.is_empty:
        return "no result changes"
    parts = []
    if found.listed is not None and found.listed.moves:
        parts.append(list_words(found.listed))
    if found.rated is not None and found.rated.rated_otherwise:
        parts.append(rating_words(found.rated))
    masked = Masked(found.after.run, public)
    if found.paid is not None:
        parts.append(money_words(found.paid, masked))
    if more := masked.more(found):
        parts.append(f"{more} undetermined")
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


def payees_words(paid: PaymentDiff, count: int = 2) -> str:
    """How those are called who are paid."""
    entities = dict.fromkeys(one.entity for one in paid.payees)
    return " and ".join(one.replace("_", " ") if count == 1 else plural(one) for one in entities) or "payees"


def money_words(paid: PaymentDiff, masked: Masked) -> str:
    """What all together gain or lose, how many of them, and the factor where one line is prorated."""
    whom = payees_words(paid)
    if masked.hides_money(paid):
        return f"what fewer than {FEWEST_WORD} {whom} are paid changes, and by how much is not told of so few"
    change = paid.after - paid.before
    sides = [
        f"{masked.persons(some)} {verb}{'s' if len(some) == 1 and not masked.is_few(some) else ''}"
        for some, verb in ((paid.winners, "gain"), (paid.losers, "lose"))
        if some
    ]
    unknown = [one for one in paid.payees if one.unknown]
    if unknown:
        sides.append(f"of {masked.persons(unknown)} it cannot be told")
    notes = [", ".join(sides)] if sides else []
    factors = [line.factor for line in paid.lines if line.factor[0] != line.factor[1]]
    if len(factors) == 1 and factors[0][0] is not None and factors[0][1] is not None:
        notes.append(f"proration factor {_four(factors[0][0])} → {_four(factors[0][1])}")
    moved, before = brief(change, paid.before)
    if not change:
        said = f"the same {before} is paid"
    elif change > 0:
        said = f"{whom} together gain {moved} on top of {before}"
    else:
        said = f"{whom} together lose {moved} of {before}"
    return f"{said} ({'; '.join(notes)})" if notes else said


def brief(change: Fraction, before: Fraction) -> tuple[str, str]:
    """By how much something changes, and what it was: without cents where both are whole dollars."""
    both = dollars(abs(change)), dollars(before)
    if all(text.endswith(".00") for text in both):
        return both[0].removesuffix(".00"), both[1].removesuffix(".00")
    return both


def _four(factor: Fraction) -> str:
    """A factor cut to four decimals."""
    return decimal_text(Fraction(factor * 10_000 // 1, 10_000))
