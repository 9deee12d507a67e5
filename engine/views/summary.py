"""A run in the terminal: what was run, the list, what is pending and why, findings; 80 columns or more."""

from __future__ import annotations

from collections import Counter

from ..results.list_changes import CHANGES
from ..results.outcome import Outcome
from ..results.personal import personal_entities
from ..results.table import Cell, cell_text
from ..text.codes import CODES
from .summary_money import money_section
from .summary_ratings import ratings_section
from .wrapped import fitted, wrapped

MARKS = {"listed": "", "exception": "exc.", "stays": "stay", "honored": "hon."}
"""Standings that are shown line by line, and what stands in the place of a place."""

VERDICTS = ("met", "not_met", "undetermined", "not_applicable")

TABLES = 5
"""Tables with made-up data that are named; more are counted."""


def render_outcome(result: Outcome, width: int = 80, limit: int = 30, hide_personal: bool = False) -> str:
    """The results of a run as text: at most `limit` lines of each table, the rest counted.

    With `hide_personal` the rows of entities about persons are counted and never named, neither by key nor by label,
    whether they are on the list, held, responsible for what is held, or found. A reason that the data gives for a gap
    of theirs may name them too, and is left out with them. Everything else is shown as ever.
    """
    run = result.run
    data = run.dataset.title or "untitled"
    said = f"policy {run.checked.policy.id} as of {run.as_of.isoformat()}, school year {run.school_year}, data: {data}"
    parts = [*wrapped(run.checked.policy.title or run.checked.policy.id, width), *wrapped(said, width, "", "  ")]
    if run.dataset.made_up:
        parts += wrapped(f"Made-up data: {run.dataset.note or 'nothing in it is real'}", width)
    hidden = personal_entities(run) if hide_personal else frozenset()
    sections = [
        _verdicts(result, width),
        _list(result, width, limit, hidden),
        ratings_section(result, width, limit, hidden),
        money_section(result, width, limit, hidden),
        _pending(result, width, limit, hidden),
        _assumptions(result, width),
        _findings(result, width, limit, hidden),
    ]
    return "\n".join([*parts, *(f"\n{section}" for section in sections if section)]) + "\n"


def _verdicts(result: Outcome, width: int) -> str:
    """Rules × verdicts, counted."""
    counted: Counter[tuple[str, str, str]] = Counter()
    order: dict[tuple[str, str], None] = {}
    one = result.table("decisions")
    for entity, _, _, _, rule, verdict, *_ in one.rows:
        counted[str(entity), str(rule), str(verdict)] += 1
        order[str(entity), str(rule)] = None
    if not order:
        return ""
    names = [f"{entity}.{rule}" for entity, rule in order]
    first = min(max([len(name) for name in names] + [4]), width - 46)
    lines = [f"{'rule':<{first}} {'met':>9} {'not met':>9} {'undet.':>9} {'not appl.':>9}"]
    for (entity, rule), name in zip(order, names, strict=True):
        cells = " ".join(f"{counted[entity, rule, verdict]:>9,}" for verdict in VERDICTS)
        lines.append(f"{fitted(name, first)} {cells}")
    return "\n".join(lines)


def _list(result: Outcome, width: int, limit: int, hidden: frozenset[str]) -> str:
    listed = result.run.checked.policy.priority_list
    if listed is None:
        return _eligible(result, width)
    one = result.table("priority_list")
    at = {name: one.names.index(name) for name in one.names}
    standing = Counter(str(row[at["status"]]) for row in one.rows)
    head = ", ".join(f"{count} {name.replace('_', ' ')}" for name, count in standing.items())
    lines = wrapped(f"Priority list: {head or 'empty'}", width, "", "  ")
    lines += _changes(result, width)
    shown = [row for row in one.rows if row[at["status"]] in MARKS]
    if not shown or listed.entity.text in hidden:
        return "\n".join(lines)
    named = [name for name in ("key", "area") if name in at]
    rows = [
        (
            _mark(row[0], str(row[at["status"]])),
            ", ".join(str(row[at[name]]) for name in named),
            ", ".join(str(row[at[name]]) for name in ("name", "area_name") if name in at),
            str(row[at["tier"]]) or "(pending)",
            str(row[at["score"]]),
        )
        for row in shown
    ]
    key, tier, score = (max(len(row[at]) for row in rows[:limit]) for at in (1, 3, 4))
    key, tier, score = min(max(key, 3), width // 4), min(max(tier, 4), width // 5), min(max(score, 5), width // 5)
    name = width - key - tier - score - 9
    lines.append(f"{'':>5} {'key':<{key}} {'name':<{name}} {'tier':<{tier}} {'score':>{score}}")
    for mark, *cells in rows[:limit]:
        parts = [fitted(cell, room) for cell, room in zip(cells[:3], (key, name, tier), strict=True)]
        lines.append(f"{mark:>5} {' '.join(parts)} {fitted(cells[3], score).strip():>{score}}".rstrip())
    if len(shown) > limit:
        lines.append(f"      … and {len(shown) - limit} more")
    return "\n".join(lines)


def _changes(result: Outcome, width: int) -> list[str]:
    """What became of the list before, counted; nothing where there was none."""
    one = result.table("list_changes")
    counted = Counter(str(row[one.names.index("change")]) for row in one.rows)
    if not set(counted) - {"added"}:
        return []
    said = ", ".join(f"{counted[change]} {change}" for change in CHANGES if counted[change])
    return wrapped(f"Since the list before: {said} (table list_changes)", width, "", "  ")


def _mark(place: Cell, status: str) -> str:
    """What stands before a row of the list: its place, or why it has none."""
    return f"{cell_text(place)}." if place is not None else MARKS[status]


def _eligible(result: Outcome, width: int) -> str:
    one = next((table for table in result.tables if table.name == "eligibility"), None)
    if one is None:
        return ""
    said = Counter((str(row[3]), str(row[5])) for row in one.rows)
    lines = [f"{rule}: {count} {words}" for (rule, words), count in sorted(said.items())]
    return "\n".join(line for one_line in lines for line in wrapped(one_line, width, "", "  "))


def _pending(result: Outcome, width: int, limit: int, hidden: frozenset[str]) -> str:
    """Rows with held decisions: which rules wait or failed, and the cells that are responsible."""
    grouped: dict[tuple[str, str, str], tuple[dict[str, None], dict[str, None]]] = {}
    failed, told = set(), False
    for cells in result.table("held").rows:
        entity, key, name, rule, state, table, where, column, reason = map(str, cells[:9])
        if rule.startswith(("funding.", "accountability.")):
            told = True  # with the money, without naming a claim, and with the ratings
            continue
        failed |= {(entity, key, name)} if state == "failed" else set()
        rules, found = grouped.setdefault((entity, key, name), ({}, {}))
        for section in ("criteria", "record_checks", "definitions"):
            rule = rule.removeprefix(f"{section}.")
        rules[rule.removeprefix(f"{entity}.")] = None
        if table in hidden:
            found[f"{column} of a row of {table}".strip()] = None
        else:
            cell = f"{column} of {where}" if column and where else column or f"{table} {where}".strip()
            said = f"{CODES[reason].message}, {reason}" if reason in CODES else reason
            found[f"{cell} ({said})" if cell else said] = None
    if not grouped:
        policy = result.run.checked.policy
        if (policy.funding or policy.accountability) and not result.table("decisions").rows:
            return ""
        if not result.table("decisions").rows and not any(one.name == "priority_list" for one in result.tables):
            return "Nothing is decided: the policy has no criteria, eligibility or list. See the table `definitions`."
        if told:
            return "Nothing else is pending: what is stands with the ratings and payments."
        return "Nothing is pending: every decision is certain."
    count = len(grouped) - len(failed)
    also = f", failed: {len(failed)}" if failed else ""
    lines = [f"Undetermined: {count} {'row' if count == 1 else 'rows'}{also}. What is missing:"]
    secret = [(entity, rule) for (entity, _, _), (rules, _) in grouped.items() if entity in hidden for rule in rules]
    for (entity, rule), count in Counter(secret).items():
        lines += wrapped(f"{rule}: {count} of {entity} (about persons, not shown)", width, "  ", "      ")
    shown = [one for one in grouped.items() if one[0][0] not in hidden]
    for (_, key, name), (rules, found) in shown[:limit]:
        who = f"{key} {name}".rstrip()
        said = ", ".join(rules)
        room = max(width - len(said) - 4, len(key) + 8)
        lines.append(fitted(f"  {fitted(who, min(len(who), room))}: {said}", width).rstrip())
        for cell in list(found)[:3]:
            lines += wrapped(cell, width, "      ", "        ")
        if len(found) > 3:
            lines.append(f"      and {len(found) - 3} more")
    if len(shown) > limit:
        lines.append(f"  … and {len(shown) - limit} more (table `held`)")
    return "\n".join(lines)


def _assumptions(result: Outcome, width: int) -> str:
    one = result.table("assumptions")
    if not one.rows:
        return ""
    lines = ["Values that are not enacted law:"]
    for path, value, _, standing, *_ in one.rows:
        name, word = str(path).removeprefix("parameters."), str(standing).replace("_", " ")
        lines += wrapped(f"{name} = {value} ({word})" if value else f"{name} ({word})", width, "  ", "      ")
    return "\n".join(lines)


def _findings(result: Outcome, width: int, limit: int, hidden: frozenset[str]) -> str:
    if not result.findings:
        return ""
    lines = ["To look at:"]
    secret = Counter((one.kind, one.entity) for one in result.findings if one.key and one.entity in hidden)
    for (kind, entity), count in secret.items():
        lines += wrapped(f"{count} × {kind} of {entity} (about persons, not shown)", width, "  ", "      ")
    told = [one for one in result.findings if one.kind != "made_up"]
    shown = [one for one in told if not (one.key and one.entity in hidden)]
    for one in shown[:limit]:
        about = f"{one.key}: " if one.key and one.key not in one.message else ""
        lines += wrapped(f"{about}{one.message}", width, "  ", "      ")
    if len(shown) > limit:
        lines.append(f"  … and {len(shown) - limit} more (table `findings`)")
    made_up = [one.entity.replace("_", " ") for one in result.findings if one.kind == "made_up" and one.entity]
    if made_up:
        names = ", ".join(made_up) if len(made_up) <= TABLES else f"{len(made_up)} tables (table `findings`)"
        lines += wrapped(f"made up, wholly or in part: {names}", width, "  ", "      ")
    return "\n".join(lines) if len(lines) > 1 else ""
