"""From the tree of a policy file to the policy as written."""

from __future__ import annotations

from dataclasses import replace

from ..text.diagnostic import Diagnostics
from ..text.document import Document, Entry, Mapping, Node, Sequence
from ..text.source import NOWHERE
from .parse_policy_accountability import parse_accountability
from .parse_policy_data import (
    parse_data,
    parse_determinations,
    parse_eligibility,
    parse_entities,
    parse_relations,
    parse_sources,
    parse_student_groups,
    parse_years,
)
from .parse_policy_funding import parse_appropriations, parse_funding, parse_totals
from .parse_policy_lint import parse_lint
from .parse_policy_list import parse_priority_list
from .parse_policy_parameters import parse_parameters
from .parse_policy_rules import parse_criteria, parse_definitions, parse_record_checks
from .parse_policy_tables import parse_bands, parse_points, parse_tables
from .policy import Policy, Word, YearBegin
from .shape import check_shape, keys_in
from .slots import Reading, entries, scalar, slot, text, word, words
from .starts import is_school_year, read_month_day


def parse_policy(document: Document, diagnostics: Diagnostics, parents: tuple[Policy, ...] = ()) -> Policy | None:
    """The policy that a document holds; what it does not fit is reported and left out.

    `parents` are the policies that it extends. A jurisdiction or school year that it does not say is that of the
    first that says it, the beginnings of years that it does not say are the first one's. Their rules are not taken
    over here (`merge.py`). Nothing comes back where the document holds no keys at all. Y040 to Y064.
    """
    rejected = {name for entry in document.repeated for name in keys_in(entry)}
    check_shape(document.root, "policy", diagnostics, rejected)
    policy = parse_header(document, diagnostics, parents)
    if policy is None:
        return None
    root = document.root
    reading = Reading(policy.id, policy.school_year_begins, policy.fiscal_year, diagnostics)
    return replace(
        policy,
        rejected=frozenset(rejected),
        sources=parse_sources(slot(root, "sources"), reading),
        data=parse_data(slot(root, "data"), reading),
        parameters=parse_parameters(slot(root, "parameters"), reading),
        relations=parse_relations(slot(root, "relations"), reading),
        student_groups=parse_student_groups(slot(root, "student_groups"), reading),
        tables=parse_tables(slot(root, "tables"), reading),
        points=parse_points(slot(root, "points"), reading),
        bands=parse_bands(slot(root, "bands"), reading),
        definitions=parse_definitions(slot(root, "definitions"), reading),
        criteria=parse_criteria(slot(root, "criteria"), reading),
        record_checks=parse_record_checks(slot(root, "record_checks"), reading),
        entities=parse_entities(slot(root, "entities"), reading),
        years=parse_years(slot(root, "years"), reading),
        determinations=parse_determinations(slot(root, "determinations"), reading),
        eligibility=parse_eligibility(slot(root, "eligibility"), reading),
        priority_list=parse_priority_list(_entry(root, "priority_list"), reading),
        accountability=parse_accountability(_entry(root, "accountability"), reading),
        appropriations=parse_appropriations(slot(root, "appropriations"), reading),
        funding=parse_funding(slot(root, "funding"), reading),
        totals=parse_totals(slot(root, "totals"), reading),
        lint=parse_lint(slot(root, "lint"), reading),
    )


def parse_header(document: Document, diagnostics: Diagnostics, parents: tuple[Policy, ...] = ()) -> Policy | None:
    """The head of a policy: its id, names, years and the ids that it extends. Y050, Y051, Y060."""
    root = document.root
    if not isinstance(root, Mapping):
        return None
    reading = Reading("", YearBegin(), YearBegin(), diagnostics)
    id = scalar(slot(root, "policy"))
    head = Policy(
        source=document.source,
        id=text(id),
        id_span=id.span if id else NOWHERE,
        title=text(slot(root, "title")),
        jurisdictions=_jurisdictions(slot(root, "jurisdiction"), reading),
        school_year=_school_year(slot(root, "school_year"), reading),
        extends=words(slot(root, "extends"), reading),
    )
    for parent in parents:
        head = replace(
            head,
            jurisdictions=head.jurisdictions or parent.jurisdictions,
            school_year=head.school_year or parent.school_year,
        )
    heir = parents[0] if parents else head
    return replace(
        head,
        school_year_begins=_begins(slot(root, "school_year_begins"), False, reading) or heir.school_year_begins,
        fiscal_year=_fiscal_year(slot(root, "fiscal_year"), reading) or heir.fiscal_year,
    )


def _entry(node: Node, key: str) -> Entry | None:
    return next((entry for entry in entries(node) if entry.key.text == key), None)


def _jurisdictions(node: Node | None, reading: Reading) -> tuple[Word, ...]:
    if isinstance(node, Sequence):
        return words(node, reading)
    one = word(node)
    return (one,) if one else ()


def _school_year(node: Node | None, reading: Reading) -> Word | None:
    written = scalar(node)
    return word(written) if written and is_school_year(written, reading.diagnostics) else None


def _begins(node: Node | None, named_for_end: bool, reading: Reading) -> YearBegin | None:
    written = scalar(node)
    return read_month_day(written, named_for_end, reading.diagnostics) if written else None


def _fiscal_year(node: Node | None, reading: Reading) -> YearBegin | None:
    if not entries(node):
        return None
    for_end = text(slot(node, "named_for")) != "the year it begins"
    return _begins(slot(node, "begins"), for_end, reading) or YearBegin(named_for_end=for_end)
