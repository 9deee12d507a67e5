"""Generated policies of accountability and rows for them: what differs is drawn, and written as a policy writes it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction as F
from random import Random
from typing import Any

from tests.property.indicator_rules import Cap, Indicator, Minimum, Over
from tests.property.ratings_index import Domain, Missing, Override
from tests.property.spans import Test

YEAR = 2027
"""The year in which the rated school year ends."""
ROW_TRUTHS = ("graduated", "exam_pass", "internship", "associate_degree")
GROUPS: dict[str, Test] = {
    "learners": ("is", "english_learner"),
    "special": ("is", "special_education"),
    "high_needs": ("or", ("is", "english_learner"), ("is", "special_education")),
}
SCORES = ("one", "two")
CONFIGURATIONS = ("low", "high")


@dataclass(frozen=True)
class Rules:
    """What a generated policy says."""

    levels: tuple[str, ...]
    groups: tuple[str, ...]
    indicators: tuple[Indicator, ...]
    domains: tuple[Domain, ...]
    missing: Missing
    table: dict[str, tuple[F, ...]] | None
    """Configuration → the weights of the indicators, instead of weights of their own."""
    blend: F | None
    alone: tuple[str, ...]
    index_round: int | None
    index_how: str
    lines: tuple[tuple[str, Test | None], ...]
    overrides: tuple[Override, ...]
    rated_when: Test | None


@dataclass(frozen=True)
class World:
    """Rows as people know them: numbers, truths, and nothing where a cell is blank."""

    schools: tuple[dict[str, Any], ...]
    students: tuple[dict[str, Any], ...]
    prior: tuple[dict[str, Any], ...]


def rules(chance: Random) -> Rules:
    """A policy of one to three indicators."""
    levels = ("school",) if chance.random() < 0.6 else ("school", "district", "state")
    groups = tuple(chance.sample(sorted(GROUPS), chance.choice([0, 0, 1, 2, 3])))
    count = chance.choice([1, 2, 2, 3, 3])
    made: list[Indicator] = []
    for place in range(count):
        made.append(_indicator(chance, f"i{place}", levels, made))
    table: dict[str, tuple[F, ...]] | None = None
    domains: tuple[Domain, ...] = ()
    names = [one.name for one in made]
    shares = _shares(chance, count)
    weighted = [replace(one, weight=share) for one, share in zip(made, shares, strict=True)]
    style = chance.choice(["plain", "plain", "table", "domain"]) if count > 1 else "plain"
    if style == "table" and levels == ("school",):
        table = {word: _cells(chance, count) for word in CONFIGURATIONS}
        weighted = [replace(one, weight=None) for one in made]
    elif style == "domain":
        weighted, domains = _domains(chance, made, shares)
    elif count == 3 and chance.random() < 0.3:
        weighted = [replace(made[0], weight=F(0)), *(replace(a, weight=b) for a, b in zip(made[1:], _shares(chance, 2), strict=True))]  # fmt: skip
    parts = names if not domains else [one.name for one in domains] + names[len(domains[0].parts) :]
    if table is None and not domains:
        parts = [one.name for one in weighted if one.weight]
    missing = Missing(chance.choice(["not_rated", "proportional"]))
    if len(parts) > 1 and not domains and chance.random() < 0.3:
        shares = _shares(chance, len(parts) - 1)
        missing = replace(missing, chart=(dict(zip(parts[1:], shares, strict=True)), {parts[0]: F(1)}))
    blended = chance.choice([F(3, 5), F(3, 4)]) if groups and not domains and chance.random() < 0.5 else None
    if blended and not any(one.kind != "value" and one.name in parts for one in weighted):
        blended = None
    alone = (groups[-1],) if blended and len(groups) > 1 and chance.random() < 0.5 else ()
    known = [*names, *(one.name for one in domains)]
    high, low = sorted(chance.sample([20, 30, 40, 50, 55, 60, 70, 80], 2), reverse=True)
    first: Test = (">=", "index", high)
    if chance.random() < 0.4:
        first = ("and", first, (">=", chance.choice(known), chance.choice([20, 40, 60])))
    lines = (("A", first), ("B", (">=", "index", low)), ("C", None))
    overrides = []
    for place in range(chance.choice([0, 0, 1, 2])):
        gate = chance.random() < 0.5
        word = chance.choice(["B", "C"]) if gate else chance.choice(["C", "T", "not_rated"])
        overrides.append(Override(f"o{place}", word, _level_test(chance, known, levels), gate))
    rated = ("is", "open") if levels == ("school",) and chance.random() < 0.2 else None
    return Rules(
        levels, groups, tuple(weighted), domains, missing, table, blended, alone, chance.choice([None, 0, 1]),
        chance.choice(["half_up", "half_even", "down"]), lines, tuple(overrides), rated,
    )  # fmt: skip


def _level_test(chance: Random, known: Sequence[str], levels: Sequence[str]) -> Test:
    number: Test = (chance.choice(["<", ">="]), chance.choice(known), chance.choice([25, 50, 75]))
    if levels == ("school",) and chance.random() < 0.5:
        return (chance.choice(["and", "or"]), number, ("is", "flagged"))
    return number


def _shares(chance: Random, count: int) -> list[F]:
    """Percents that come to 100."""
    if count == 1:
        return [F(1)]
    cuts = sorted(chance.sample([20, 25, 30, 40, 50, 60], count - 1))
    return [F(b - a, 100) for a, b in zip([0, *cuts], [*cuts, 100], strict=True)]


def _cells(chance: Random, count: int) -> tuple[F, ...]:
    """A line of a table of weights: sometimes the last has no part."""
    if chance.random() < 0.4:
        return (*_shares(chance, count - 1), F(0))
    return tuple(_shares(chance, count))


def _domains(chance: Random, made: Sequence[Indicator], shares: Sequence[F]) -> tuple[list[Indicator], tuple[Domain, ...]]:  # fmt: skip
    """The first two indicators make a domain, and the third stands beside it."""
    inner, rest = made[:2], made[2:]
    weights = tuple(_shares(chance, 2)) if chance.random() < 0.5 else None
    caps: list[tuple[int, Test | None]] = []
    if chance.random() < 0.6:
        caps.append(
            (chance.choice([40, 60]), ("<", chance.choice([one.name for one in made]), chance.choice([30, 50, 70])))
        )
        if chance.random() < 0.4:
            caps.append((30, ("<", inner[0].name, 20)))
    outer = _shares(chance, 2) if rest else [F(1)]
    one = Domain("d", tuple(x.name for x in inner), weights, tuple(caps), chance.choice([None, 0, 1]), outer[0])
    return [*inner, *(replace(x, weight=outer[1]) for x in rest)], (one,)


def _indicator(chance: Random, name: str, levels: Sequence[str], before: Sequence[Indicator]) -> Indicator:
    kind = chance.choice(
        ["rate", "rate", "rate", "mean", "over", "bonus", "value" if levels == ("school",) else "rate"]
    )
    applies = ("is", "flagged") if levels == ("school",) and chance.random() < 0.15 else None
    one = Indicator(
        name, kind, applies_when=applies, round=chance.choice([None, 0, 1]),
        how=chance.choice(["half_up", "half_up", "half_even", "down", "up", "floor", "ceiling"]),
        at_least=F(20) if chance.random() < 0.1 else None, at_most=F(90) if chance.random() < 0.15 else None,
    )  # fmt: skip
    if kind == "value":
        return replace(one, column=chance.choice(SCORES), how="half_up" if one.round is None else one.how)
    words: Test = chance.choice([
        ("is", "exam_pass"), ("or", ("is", "exam_pass"), ("is", "internship")),
        ("and", ("is", "exam_pass"), ("not", ("is", "associate_degree"))),
    ])  # fmt: skip
    one = replace(
        one, test=words, column="credits" if kind == "mean" else "",
        cohort=("is", "graduated") if chance.random() < 0.7 else None, yearly=chance.random() < 0.6,
        denominator=("is", "associate_degree") if kind in ("over", "bonus") and chance.random() < 0.3 else None,
        undetermined=chance.choice(["pending", "pending", "not_met", "leave_out"]),
        rate_round=chance.choice([None, 0, 1]) if kind != "mean" else None,
    )  # fmt: skip
    if kind == "rate" and chance.random() < 0.35:
        when: Test = ("and", ("not", ("is", "exam_pass")), ("is", "internship"))
        words = ("or", ("is", "exam_pass"), when) if chance.random() < 0.5 else words
        when = when if chance.random() < 0.7 else ("is", "internship")
        one = replace(one, test=words, cap=Cap(when, chance.choice([0, 1, 2]), chance.choice([F(1, 5), F(1, 2)])))
    if chance.random() < 0.7:
        one = replace(one, minimum=_minimum(chance, one))
    if one.yearly and (one.minimum is None or not one.minimum.then) and chance.random() < 0.4:
        years = chance.choice([2, 3])
        how = chance.choice(["pooled", "mean_of_years"])
        places = chance.choice([None, 1]) if how == "mean_of_years" else None
        one = replace(one, over=Over(years, how, chance.randrange(1, years + 1), places))
    if one.round is None and one.rate_round is None and (one.over is None or one.over.round is None):
        one = replace(one, how="half_up")
    shape = chance.random()
    if shape < 0.2 and kind == "rate":
        one = replace(one, scaled=True)
    elif shape < 0.5 and kind in ("rate", "over"):
        one = replace(one, score=chance.choice(["linear", "bands", "growth" if one.yearly else "bands"]))
    gates = [x.name for x in before if x.kind in ("rate", "over") and x.zero_when is None]
    if gates and chance.random() < 0.3:
        one = replace(one, zero_when=("<", chance.choice(gates), chance.choice([25, 50])))
    return one


def _minimum(chance: Random, one: Indicator) -> Minimum:
    count = chance.choice([1, 2, 3, 4])
    least = Minimum(count, "denominator" if one.kind in ("over", "bonus") and chance.random() < 0.5 else "cohort")
    if not one.yearly or chance.random() < 0.3:
        return least
    years = chance.choice([2, 3])
    if chance.random() < 0.5:
        enough = max(1, count - chance.choice([0, 1]))
        return replace(least, then="pool", until=count + chance.choice([0, 0, 1]), years=years, enough=enough)
    return replace(least, then="average", years=years, enough=count + chance.choice([0, 1, 2]))


def world(chance: Random, made: Rules) -> World:
    """Schools with students of three classes, and what is on record of other years."""
    gap = chance.choice([0, 0, 0.05, 0.15])

    def maybe(value: Any) -> Any:
        return None if chance.random() < gap else value

    schools = []
    for place in range(chance.choice([1, 2, 3])):
        schools.append({
            "school_id": f"s{place}", "district": f"d{place % 2}", "flagged": maybe(chance.random() < 0.4),
            "open": maybe(chance.random() < 0.8), "configuration": maybe(chance.choice(CONFIGURATIONS)),
            **{name: maybe(F(chance.randrange(0, 1000), 10)) for name in SCORES},
        })  # fmt: skip
    classes = chance.choice([(2027,), (2027, 2026), (2027, 2026, 2025)])
    students = []
    for school in schools:
        for number in range(chance.choice([0, 2, 3, 5, 9])):
            students.append({
                "student_id": f"{school['school_id']}-{number:02}", "accountable_school": school["school_id"],
                "class_of": maybe(chance.choice(classes)), "graduated": maybe(chance.random() < 0.8),
                **{name: maybe(chance.random() < 0.5) for name in ROW_TRUTHS[1:]},
                "english_learner": maybe(chance.random() < 0.5), "special_education": maybe(chance.random() < 0.4),
                "credits": maybe(chance.randrange(0, 12000)),
            })  # fmt: skip
    prior = []
    subjects = [("school", one["school_id"]) for one in schools] + [("district", "d0"), ("district", "d1"), ("state", "state")]  # fmt: skip
    for one in made.indicators:
        for entity, subject in subjects:
            for year in (YEAR - 1, YEAR - 2):
                for group in ("all_students", *made.groups):
                    if one.kind != "value" and entity in made.levels and chance.random() < 0.7:
                        below = chance.randrange(0, 6)
                        prior.append({
                            "entity": entity, "subject": subject, "indicator": one.name, "student_group": group,
                            "school_year": year, "numerator": chance.randrange(0, below + 1), "denominator": below,
                        })  # fmt: skip
    return World(tuple(schools), tuple(students), tuple(prior))
