"""Generated rules of accountability as the policy that says them, and generated rows as tables."""

from __future__ import annotations

from fractions import Fraction as F
from typing import Any

from tests.accountable import HEAD
from tests.property.indicator_rules import Indicator, Minimum
from tests.property.rating_policies import GROUPS, SCORES, YEAR, Rules, World
from tests.property.ratings import SCALE
from tests.property.ratings_index import Domain
from tests.property.spans import written

DATA = """\
data:
  school:
    columns:
      one:
        unit: points
        scale: 1
      two:
        unit: points
        scale: 1
      flagged: truth
      open: truth
      configuration:
        values: [low, high]
  student:
    columns:
      credits:
        unit: points
        scale: 2
        at_least: 0
        at_most: 120
definitions:
  student:
    prepared:
      value: if exam_pass then (if internship then 1.3 else 1) else 0
    prepared_or:
      value: if exam_pass or internship then (if internship then 1.3 else 1) else 0
    prepared_and:
      value: if exam_pass and not (associate_degree) then (if internship then 1.3 else 1) else 0
bands:
  curve:
    of: points
    gives: points
    rows: |
      | up to 40          | x / 2             |
      | over 40, up to 80 | x - 20            |
      | over 80           | 60 + 2 * (x - 80) |
  steps:
    of: points
    gives: points
    rows: |
      | under 25           | 0 |
      | from 25 to under 50 | 1 |
      | from 50 to under 75 | 2 |
      | from 75            | 3 |
"""
assert [limit for limit, _ in SCALE] == [40, 80, None]


def policy(made: Rules) -> str:
    """The policy."""
    lines = [HEAD + DATA]
    if made.groups:
        lines += ["student_groups:", *(f"  {name}:\n    when: {written(GROUPS[name])}" for name in made.groups)]
    lines += ["accountability:", f"  for: [{', '.join(made.levels)}]"]
    if made.groups:
        lines.append(f"  student_groups: [{', '.join(made.groups)}]")
    if made.rated_when:
        lines.append(f"  rated_when: {written(made.rated_when)}")
    lines.append("  indicators:")
    inner = {name for one in made.domains for name in one.parts}
    for one in made.indicators:
        lines += [f"    {one.name}:", *(f"      {line}" for line in _indicator(one))]
        if made.table is None and one.name not in inner:
            lines.append(f"      weight: {percent(one.weight) if one.weight else 'none'}")
    if made.table is not None:
        names = [one.name for one in made.indicators]
        lines += ["  weights:", "    inputs:", "      configuration: configuration", "    rows: |"]
        lines.append(f"      | configuration | {' | '.join(names)} |")
        for word, cells in made.table.items():
            lines.append(f"      | {word} | {' | '.join(percent(cell) if cell else '-' for cell in cells)} |")
    lines += _missing(made)
    if made.domains:
        lines.append("  domains:")
        for each in made.domains:
            lines += _domain(each)
    lines += _index(made)
    lines.append("  ratings:")
    lines += [f"    - {name}: {written(test) if test else 'otherwise'}" for name, test in made.lines]
    if made.overrides:
        lines.append("  overrides:")
        for over in made.overrides:
            key = "at_most" if over.gate else "rating"
            lines += [f"    {over.name}:", f"      {key}: {over.rating}", f"      when: {written(over.when)}", "      because: it is so"]  # fmt: skip
    return "\n".join(lines) + "\n"


def percent(share: F) -> str:
    return f"{int(share * 100)}%"


def _missing(made: Rules) -> list[str]:
    if not made.missing.chart:
        return [f"  missing_indicator: {made.missing.then}"]
    names = sorted({name for line in made.missing.chart for name in line})
    lines = ["  missing_indicator:", "    chart: |", f"      | {' | '.join(names)} |"]
    for line in made.missing.chart:
        lines.append(f"      | {' | '.join(percent(line[name]) if name in line else '-' for name in names)} |")
    return [*lines, f"    then: {made.missing.then}"]


def _domain(one: Domain) -> list[str]:
    lines = [f"    {one.name}:"]
    if one.weights is None:
        lines.append(f"      better_of: [{', '.join(one.parts)}]")
    else:
        lines += [
            "      weights:",
            *(f"        {n}: {percent(w)}" for n, w in zip(one.parts, one.weights, strict=True)),
        ]
    if one.caps:
        lines += ["      at_most:", *(f"        - {limit}: {written(test) if test else 'otherwise'}" for limit, test in one.caps)]  # fmt: skip
    if one.round is not None:
        lines.append(f"      round: {one.round}")
    return [*lines, f"      weight: {percent(one.weight or F(1))}"]


def _index(made: Rules) -> list[str]:
    lines = ["  index:"]
    if made.blend:
        lines += ["    blend:", f"      all_students: {percent(made.blend)}", f"      student_groups: {percent(1 - made.blend)}"]  # fmt: skip
        if made.alone:
            lines.append(f"      only_if_alone: [{', '.join(made.alone)}]")
    if made.index_round is not None:
        lines += [f"    round: {made.index_round}", f"    how: {made.index_how}"]
    return lines if len(lines) > 1 else []


def _indicator(one: Indicator) -> list[str]:
    lines = []
    if one.cohort:
        lines.append(f"cohort: students where {written(one.cohort)}")
    elif one.kind != "value":
        lines.append("cohort: students")
    if one.yearly:
        lines.append("cohort_year: class_of")
    if one.kind == "rate":
        lines.append(f"rate: {written(one.test)}")
    elif one.kind in ("mean", "value"):
        lines.append(f"{one.kind}: {one.column}")
    else:
        value = {"is": "prepared", "or": "prepared_or", "and": "prepared_and"}[one.test[0]]
        lines.append(f"numerator: {value if one.kind == 'bonus' else written(one.test)}")
        lines.append(f"denominator: {written(one.denominator)}" if one.denominator else 'denominator: "true"')
    if one.undetermined != "pending":
        lines.append(f"undetermined_students: {one.undetermined}")
    for key, said in (("rate_round", one.rate_round), ("scale", "curve" if one.scaled else None)):
        if said is not None:
            lines.append(f"{key}: {said}")
    lines += _score(one) + _limits(one)
    if one.minimum:
        lines += _minimum(one.minimum)
    if one.over:
        lines += [
            "over_years:",
            f"  years: {one.over.years}",
            f"  how: {one.over.how}",
            f"  at_least: {one.over.at_least}",
        ]
        if one.over.round is not None:
            lines.append(f"  round: {one.over.round}")
    return lines


def _score(one: Indicator) -> list[str]:
    if one.score == "growth":
        return [
            "steps:", "  target: round(prior.rate + (100 - prior.rate) / 2, 1)",
            "score: if rate >= target then 4 else if rate > prior.rate then 2 else 0",
        ]  # fmt: skip
    return {"linear": ["score: rate / 25"], "bands": ["score: steps(rate)"], "": []}[one.score]


def _limits(one: Indicator) -> list[str]:
    lines = []
    if one.cap:
        most = f"max({one.cap.least}, floor({percent(one.cap.share)} of n))"
        lines += [
            "capped:",
            "  few:",
            f"    when: {written(one.cap.when)}",
            f"    at_most: {most}",
            "    because: few count",
        ]
    if one.zero_when:
        lines.append(f"zero_when: {written(one.zero_when)}")
    for key, limit in (("at_least", one.at_least), ("at_most", one.at_most)):
        if limit is not None:
            lines.append(f"{key}: {limit}")
    if one.round is not None:
        lines.append(f"round: {one.round}")
    if one.how != "half_up":
        lines.append(f"how: {one.how}")
    if one.applies_when:
        lines.append(f"applies_when: {written(one.applies_when)}")
    return lines


def _minimum(least: Minimum) -> list[str]:
    lines = ["minimum_n:", f"  count: {least.count}", f"  of: {least.of}"]
    if least.then == "pool":
        lines += [
            "  then:",
            "    - pool_earlier_years:",
            f"        until: {least.until}",
            f"        up_to_years: {least.years}",
        ]
        if least.enough != least.count:
            lines.append(f"        at_least: {least.enough}")
        lines.append("    - not_rated")
    elif least.then == "average":
        lines += ["  then:", "    - average_of_years:", f"        years: {least.years}"]
        lines += [f"        when_sum_is: {least.enough}", "    - not_rated"]
    return lines


def tables(made: World) -> dict[str, list[dict[str, str]]]:
    """The rows as a file would hold them."""
    return {
        "district": [{"district_id": "d0"}, {"district_id": "d1"}],
        "school": [{name: cell(name, value) for name, value in row.items()} for row in made.schools],
        "student": [{name: cell(name, value) for name, value in row.items()} for row in made.students],
        "prior_indicator": [{name: cell(name, value) for name, value in row.items()} for row in made.prior],
    }


def cell(name: str, value: Any) -> str:
    if value is None:
        return ""
    if value is True or value is False:
        return "yes" if value else "no"
    if name == "school_year":
        return f"{value - 1}-{value % 100:02}"
    if name == "credits":
        return f"{value // 100}.{value % 100:02}"
    if name in SCORES:
        return f"{int(value * 10) // 10}.{int(value * 10) % 10}"
    return str(value)


assert cell("school_year", YEAR) == "2026-27"
