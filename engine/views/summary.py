"""A run in the terminal: what was run, the list, what is pending and why, findings; 80 columns or more."""

from __future__ import annotations

from collections import Counter
from textwrap import wrap

from ..results.outcome import Outcome
from ..results.table import ResultTable, cell_text

VERDICTS = ("met", "not_met", "undetermined", "not_applicable")


def render_outcome(result: Outcome, width: int = 80, limit: int = 30) -> str:
    """The results of a run as text: at most `limit` lines of each table, the rest counted."""
    run = result.run
    year = next((str(row[-3]) for one in result.tables for row in one.rows), "")
    parts = [
        f"{run.checked.policy.title or run.checked.policy.id}",
        f"policy {run.checked.policy.id} as of {run.as_of.isoformat()}"
        + (f", school year {year}" if year else "")
        + f", data: {run.dataset.title or 'untitled'}",
    ]
    if run.dataset.made_up:
        parts.append("\n".join(wrap(f"Made-up data: {run.dataset.note}", width)))
    sections = [
        _verdicts(result, width),
        _list(result, width, limit),
        _pending(result, width, limit),
        _assumptions(result, width),
        _findings(result, width, limit),
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
        lines.append(f"{_fit(name, first)} {cells}")
    return "\n".join(lines)


def _list(result: Outcome, width: int, limit: int) -> str:
    if not any(one.name == "priority_list" for one in result.tables):
        return _eligible(result, width)
    one = result.table("priority_list")
    shown = [row for row in one.rows if row[3] in ("listed", "exception", "stays", "honored")]
    standing = Counter(str(row[3]) for row in one.rows)
    head = ", ".join(f"{count} {name.replace('_', ' ')}" for name, count in standing.items())
    lines = [f"Priority list: {head or 'empty'}"]
    key_width = max([len(str(row[1])) for row in shown] + [3])
    name_width = max(width - key_width - 33, 12)
    lines.append(f"{'':>5} {'key':<{key_width}} {'name':<{name_width}} {'tier':<12} {'score':>6}")
    for row in shown[:limit]:
        place, key, name, status, tier, score = row[:6]
        mark = (
            f"{cell_text(place)}."
            if place is not None
            else {"exception": "exc.", "stays": "stay", "honored": "hon."}[str(status)]
        )
        shown_tier = _fit(str(tier) or "(pending)", 12)
        line = f"{mark:>5} {key!s:<{key_width}} {_fit(str(name), name_width)} {shown_tier} {score!s:>6}"
        lines.append(line.rstrip())
    if len(shown) > limit:
        lines.append(f"      … and {len(shown) - limit} more")
    return "\n".join(lines)


def _eligible(result: Outcome, width: int) -> str:
    one = next((table for table in result.tables if table.name == "eligibility"), None)
    if one is None:
        return ""
    said = Counter((str(row[3]), str(row[5])) for row in one.rows)
    return "\n".join(f"{rule}: {count} {words}" for (rule, words), count in sorted(said.items()))


def _pending(result: Outcome, width: int, limit: int) -> str:
    """Rows with held decisions: which rules wait, and the cells that are responsible."""
    grouped: dict[tuple[str, str], tuple[dict[str, None], dict[str, None]]] = {}
    for entity, key, name, rule, _, _, where, column, reason, *_ in result.table("held").rows:
        rules, cells = grouped.setdefault((str(key), str(name)), ({}, {}))
        rules[str(rule).removeprefix("criteria.").removeprefix(f"{entity}.")] = None
        cell = f"{column}" + (f" of {where}" if where else "")
        cells[f"{cell} ({reason})" if cell else str(reason)] = None
    if not grouped:
        return "Nothing is pending: every decision is certain."
    lines = [f"Undetermined: {len(grouped)} rows. What is missing:"]
    for (key, name), (rules, cells) in list(grouped.items())[:limit]:
        lines.append(_fit(f"  {key} {name}: {', '.join(rules)}", width).rstrip())
        for cell in list(cells)[:3]:
            lines += wrap(cell, width, initial_indent="      ", subsequent_indent="        ")
        if len(cells) > 3:
            lines.append(f"      and {len(cells) - 3} more")
    if len(grouped) > limit:
        lines.append(f"  … and {len(grouped) - limit} more (table `held`)")
    return "\n".join(lines)


def _assumptions(result: Outcome, width: int) -> str:
    one = result.table("assumptions")
    if not one.rows:
        return ""
    lines = ["Values that are not enacted law:"]
    for path, value, _, standing, *_ in one.rows:
        lines.append(
            _fit(
                f"  {str(path).removeprefix('parameters.')} = {value} ({str(standing).replace('_', ' ')})", width
            ).rstrip()
        )
    return "\n".join(lines)


def _findings(result: Outcome, width: int, limit: int) -> str:
    if not result.findings:
        return ""
    lines = ["To look at:"]
    for one in result.findings[:limit]:
        about = f"{one.key}: " if one.key and one.key not in one.message else ""
        lines += wrap(f"{about}{one.message}", width, initial_indent="  ", subsequent_indent="      ")
    if len(result.findings) > limit:
        lines.append(f"  … and {len(result.findings) - limit} more (table `findings`)")
    return "\n".join(lines)


def _fit(text: str, width: int) -> str:
    return f"{text if len(text) <= width else text[: width - 1] + '…':<{width}}"


def table_lines(one: ResultTable, limit: int = 20) -> list[str]:
    """A table as lines of cells with bars, for tests and small tables."""
    return [" | ".join(one.names), *(" | ".join(cell_text(cell) for cell in row) for row in one.rows[:limit])]
