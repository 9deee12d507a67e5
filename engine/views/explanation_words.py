"""How the parts of an explanation read, in whatever form it is shown: rows, places, values, verdicts, margins."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date as Date

from ..execution.values import Missing
from ..results.dollars import dollars
from ..results.explain.explanation import Datum, Explanation, Given, Margin, Place, Rows, Rule, Step
from ..results.quantity import shown

VERDICTS = {"met": "met", "not_met": "not met", "undetermined": "undetermined", "not_applicable": "not applicable"}


def row_text(place: Place) -> str:
    """A row as it is named: `credential nm-004 (Adobe Certified Professional)`."""
    entity = place.entity.replace("_", " ")
    named = f"{entity} {place.key}" if place.entity != "state" else "the state"
    return f"{named} ({place.label})" if place.label else named


def file_text(place: Place) -> str:
    """Where a row was read, nothing where it stands in no file."""
    if not place.line:
        return ""
    return f"{place.file} line {place.line:,}" if place.file else f"row {place.line:,}"


def read_text(place: Place) -> str:
    """Where a row was read, to be set after its name."""
    file = file_text(place)
    return f", {file}" if file else ""


def same_row(one: Place, other: Place) -> bool:
    """Whether two places are one row."""
    return (one.entity, one.key) == (other.entity, other.key)


def value_text(item: Step | Rows | Rule) -> str:
    """What a step, an aggregate or a rule comes to."""
    if item.type.kind == "truth" and isinstance(item.value, Missing):
        return "undetermined"
    if isinstance(item, Rows) and isinstance(item.value, Missing) and not item.rows_in + item.possible:
        return "missing (no rows)"
    return shown(item.value, item.type)


def verdict_text(rule: Rule) -> str:
    """The verdict of a rule in words, or the value that it computes."""
    return VERDICTS.get(rule.verdict) or value_text(rule)


def rule_name(rule: Rule) -> str:
    """What a rule is called; the rule of the list has no name of its own."""
    return rule.name if rule.path != "priority_list.when" else "qualifies for the list"


def told_elsewhere(rule: Rule, here: Place) -> str:
    """What is said of a rule that is not told in this place of the tree."""
    if rule.again and (rule.written or rule.place.entity == "state"):
        return "told above"
    if rule.again and not same_row(rule.place, here):
        return "ask for its place"
    return ""


def datum_text(datum: Datum) -> str:
    """What a cell holds, or why it holds nothing."""
    text = shown(datum.value, datum.type)
    return f"{text} ({datum.reason})" if isinstance(datum.value, Missing) and datum.reason else text


def source_text(datum: Datum) -> str:
    """Whose data a cell is, as of when, and whether it is made up."""
    said = ", data as of ".join(part for part in (datum.source, datum.vintage) if part)
    if datum.made_up not in ("", "no"):
        said += ("; " if said else "") + "made up" + ("" if datum.made_up == "yes" else f": {datum.made_up}")
    return said


def margin_text(margin: Margin) -> str:
    """By how much a comparison is met or missed; a share is counted in percentage points."""
    gap = margin.value
    size = shown(abs(gap), margin.type)
    if margin.type.unit.kind == "ratio":
        size = size.removesuffix("%") + f" percentage point{'' if size == '1%' else 's'}"
    if gap == 0:
        return "exactly at the line"
    if gap < 0:
        return f"{size} too {'little' if margin.rises else 'much'}"
    return f"{'at least ' if margin.at_least else ''}{size} to spare"


def in_force_text(given: Given) -> str:
    """What a parameter is, which value of it stands, since when, and what follows; the title of a fact of the run."""
    if not given.standing:
        return given.title
    return f"parameter: {given.title}; {version_text(given)}" if given.title else f"parameter; {version_text(given)}"


def version_text(given: Given) -> str:
    """Which value of a parameter stands, since when, and what follows."""
    said = []
    if given.replaced:
        said.append("put in for this run in place of the policy's value")
    else:
        row = f" for {given.row}" if given.row else ""
        since = f"{',' if row else ''} since {_start(given.starts, given.keys[0])}" if given.starts else ""
        said.append(f"in force{row}{since}" if given.starts else f"not in force yet{row}")
    if given.follows:
        said.append(f"from {_start(given.follows, given.keys[1])}: {next_text(given)}")
    elif not given.replaced:
        said.append("no later change written")
    return "; ".join(said)


def next_text(given: Given) -> str:
    """The value of a parameter that follows the one in force."""
    return "none" if isinstance(given.next_value, Missing) else shown(given.next_value, given.type)


def _start(day: Date, key: str) -> str:
    return key or day.isoformat()


def counted_text(rows: Rows) -> str:
    """How many rows an aggregate looked at, and which of them are shown."""
    name = rows.entity.replace("_", " ")
    if not rows.reported:
        return f"no rows of {name} are reported, which does not mean that there are none"
    counts = [f"{rows.rows_in:,} in", f"{rows.rows_out:,} out"]
    counts += [f"{rows.possible:,} possible"] if rows.possible else []
    return f"rows of {name}: {', '.join(counts)}{_shown_rows(rows)}"


def _shown_rows(rows: Rows) -> str:
    if not rows.rows:
        return ""
    if rows.decisive:
        said = "this one" if len(rows.rows) == 1 else "these"
        return f"; {said} {'left it open' if isinstance(rows.value, Missing) else 'decided'}:"
    return f"; {rows.left_out:,} not shown:" if rows.left_out else ":"


def besides(explanation: Explanation) -> Iterator[tuple[str, list[str]]]:
    """What fails and by how much, what would turn the verdict, and what it would be otherwise: headings and lines."""
    failing, nearest = explanation.failing, explanation.nearest
    if failing is not None and failing.conditions:
        told = [f"{one.text}: {one.sentence}" for one in failing.conditions]
        if failing.others:
            told.append(f"{failing.others:,} other set{' is' if failing.others == 1 else 's are'} as small")
        if not failing.exact:
            told.append("there are too many ways to look at all: there may be a smaller set")
        yield "what fails", told
    if nearest is not None and (nearest.changes or nearest.sentence):
        told = [one.sentence for one in nearest.changes]
        yield "what would turn it", [*told, nearest.sentence] if nearest.sentence else told
    if explanation.either:
        yield "what it would be", [one.sentence for one in explanation.either]
    if explanation.without:
        yield "otherwise", [f"{one.text}: {dollars(one.amount)}" for one in explanation.without]
