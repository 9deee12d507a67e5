"""All findings over one checked policy."""

from __future__ import annotations

from collections.abc import Iterable

from ...text.diagnostic import Diagnostics
from ..checked import CheckedPolicy
from .always_or_never import always_or_never
from .amount_written_again import amounts_written_again
from .branch_never_taken import branches_never_taken
from .cap_below_amount import caps_below_amounts
from .cap_below_line import caps_below_lines
from .change_of_nothing import changes_of_nothing
from .compared_with_itself import compared_with_itself
from .compared_with_truth import compared_with_truth
from .count_against_part import counts_against_parts
from .dated_by_hand import dated_by_hand
from .denominators_differ import denominators_differ
from .double_negation import double_negations
from .equal_to_a_bound import equal_to_bounds
from .equal_to_quotient import equal_to_quotients
from .excluding_parts import excluding_parts
from .group_in_a_rule import groups_in_rules
from .group_without_minimum import groups_without_minimum
from .largest_of_nothing import largest_of_nothing
from .limit_never_reached import limits_never_reached
from .limits_crossed import limits_crossed
from .line_never_reached import lines_never_reached
from .linted import linted
from .minimum_too_small import minimums_too_small
from .missing_passes import missing_passes
from .mixed_areas import mixed_areas
from .money_of_another_year import money_of_another_year
from .money_without_a_day import money_without_a_day
from .name_against_comparison import names_against_comparisons
from .names_alike import names_alike
from .no_part_of_denominator import no_parts_of_denominators
from .open_order import open_orders
from .paid_unlisted import paid_unlisted
from .part_for_points import parts_for_points
from .past_its_review import past_their_review
from .person_named import persons_named
from .proposed_in_force import proposed_in_force
from .quotient_first import quotients_first
from .rate_of_its_cohort import rates_of_their_cohort
from .rate_without_minimum import rates_without_minimum
from .rounded_first import rounded_first
from .rounded_twice import rounded_twice
from .rule_without_case import rules_without_case
from .said_twice import said_twice
from .same_branches import same_branches
from .same_formula import same_formulas
from .source_read_long_ago import sources_read_long_ago
from .source_without_place import sources_without_place
from .stages_above_whole import stages_above_whole
from .taken_out import taken_out
from .threshold_without_case import thresholds_without_case
from .unreported_for_none import unreported_for_none
from .until_last_day import until_last_days
from .unused_parameter import unused_parameters
from .unused_source import unused_sources
from .value_from_nowhere import values_from_nowhere
from .values_out_of_order import values_out_of_order
from .year_written_out import years_written_out
from .zero_for_missing import zeros_for_missing

FINDINGS = (
    unused_parameters,
    unused_sources,
    sources_without_place,
    quotients_first,
    rates_without_minimum,
    rates_of_their_cohort,
    lines_never_reached,
    always_or_never,
    counts_against_parts,
    compared_with_truth,
    paid_unlisted,
    # bugs
    said_twice,
    excluding_parts,
    double_negations,
    limits_crossed,
    limits_never_reached,
    compared_with_itself,
    branches_never_taken,
    same_branches,
    equal_to_quotients,
    parts_for_points,
    no_parts_of_denominators,
    caps_below_lines,
    open_orders,
    # money
    rounded_twice,
    rounded_first,
    caps_below_amounts,
    stages_above_whole,
    money_of_another_year,
    money_without_a_day,
    # dates
    until_last_days,
    years_written_out,
    dated_by_hand,
    proposed_in_force,
    changes_of_nothing,
    values_out_of_order,
    # missing data
    missing_passes,
    zeros_for_missing,
    equal_to_bounds,
    unreported_for_none,
    largest_of_nothing,
    mixed_areas,
    # sources
    sources_read_long_ago,
    past_their_review,
    values_from_nowhere,
    # fairness
    groups_in_rules,
    groups_without_minimum,
    minimums_too_small,
    persons_named,
    denominators_differ,
    # clarity
    names_alike,
    names_against_comparisons,
    amounts_written_again,
    same_formulas,
    # testing
    rules_without_case,
    thresholds_without_case,
)
"""Each looks at the whole policy and reports L codes, all of them warnings."""


def lint(
    checked: CheckedPolicy,
    diagnostics: Diagnostics,
    cited: Iterable[str] = (),
    cases: frozenset[str] | None = None,
) -> None:
    """Report what a sound policy had better not say. The policy must have no errors. `cited` are citations from
    elsewhere, such as the cases beside it, and `cases` the words and numbers of those.
    """
    of = linted(checked, diagnostics, cited, cases)
    for find in FINDINGS:
        find(of)
    for one in checked.policy.lint:
        if one.name not in of.excused and one.span.source.name == checked.policy.source.name:
            code, fix = one.code.text, taken_out(one.span)
            diagnostics.report("L012", one.span, help="take it out", fix=fix, name=one.name, accepted=code)
