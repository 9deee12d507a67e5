"""The codes of scenarios and simulations, as `codes.py` has them: Y080 to Y099 and X060 to X099."""

from __future__ import annotations

from .code import Code

SCENARIO_CODES = (
    Code("Y080", "not-a-scenario", "`{path}` is {what}, not a scenario"),
    Code("Y081", "malformed-target", "`{found}` does not say which number is to be what"),
    Code("Y082", "scenario-changes-nothing", "the scenario `{name}` changes nothing"),
    Code("Y083", "more-taken-than-there-is", "`{found}` takes away more rows than there are"),
    Code("Y084", "policy-of-scenario-not-found", "the policy `{policy}` of the scenario is not found"),
    Code("Y085", "scenario-of-no-policy", "the scenario does not say of which policy it is", warning=True),
    Code("Y086", "rows-grow-too-far", "`{found}` makes more than ten copies of each row"),
    Code("Y088", "malformed-step", "`{key}` says how far a value is moved, and `{found}` does not"),
    Code("Y089", "cost-is-reach", "`{name}` is the cost and the reach"),
    Code("Y090", "spread-not-said", "`{name}` does not say how it spreads"),
    Code("Y091", "malformed-error", "`{found}` is neither a percent nor the name of a column"),
    Code("Y094", "years-until-when", "`years` says until when by one of `until` and `ahead`"),
    Code("Y095", "growth-is-no-percent", "`{found}` is no percent by which something grows"),
    Code("Y096", "elasticity-is-no-number", "`{found}` is no number"),
    Code("X056", "years-asked-twice", "years ahead are asked for here, and by the scenario `{scenario}`"),
    Code("X057", "years-lead-nowhere", "the run is of {year}, and {problem}"),
    Code("X058", "response-to-no-number", "`{name}` {problem}, so nothing can respond to it"),
    Code(
        "X059", "more-rows-than-most", "the table `{table}` would have {count} rows or more{when}; {most} is the most"
    ),
    Code("X060", "unknown-measure", "runs of the policy `{policy}` have no number `{name}`"),
    Code("X061", "scenarios-conflict", "`{one}` is set here, and `{other}` by the scenario `{scenario}`"),
    Code("X062", "scenario-of-another-policy", "the scenario is of `{named}`, and the policy is `{found}`"),
    Code("X063", "range-leads-nowhere", "no steps of {step} lead from {first} to {last}"),
    Code("X064", "too-many-runs", "these are {count} runs, and {most} is the most"),
    Code("X065", "range-of-no-number", "`{name}` is {type}, of which there is no range"),
    Code("X066", "parameter-moved-twice", "`{name}` is {one} and {other}"),
    Code("X067", "target-does-not-fit", "`{name}` is {kind}, and is compared with {found}"),
    Code("X068", "unknown-rule-path", "the policy `{policy}` has nothing at `{path}`"),
    Code("X069", "changes-conflict", "`{path}` is {one} here, and {other} by the scenario `{scenario}`"),
    Code("X070", "rule-there-already", "`{path}` stands in the policy already"),
    Code("X071", "block-for-a-text", "at `{path}` stands no text that another could replace"),
    Code("X072", "no-row-to-remove", "the data have no row {key} of `{table}`"),
    Code("X073", "no-cell-is-set", "of a row of `{table}` no cell is set"),
    Code("X074", "rows-cannot-grow", "rows of `{table}` cannot be copied: {problem}"),
    Code("X075", "rows-grow-twice", "{rows} of `{table}` are chosen here and by another part of a scenario"),
    Code("X077", "unknown-moved-parameter", "the policy `{policy}` has no parameter `{name}` to move"),
    Code("X078", "scenarios-ask-otherwise", "the scenario `{scenario}` says `{key}` otherwise"),
    Code("X079", "frontier-of-nothing", "cost and reach are those of the runs of a sweep, and nothing is swept"),
    Code("X080", "draws-conflict", "{one} here, and {other} by the scenario `{scenario}`"),
    Code("X081", "column-cannot-be-drawn", "`{name}` cannot be drawn: {problem}"),
    Code("X082", "numbers-make-no-spread", "`{name}` cannot spread so: {problem}"),
    Code("X083", "column-holds-no-errors", "`{column}` of `{table}` holds no relative standard errors"),
    Code("X084", "too-many-draws", "these are {count} drawn cells, and {most} is the most"),
    Code("X085", "nothing-is-drawn", "no cell and no parameter is drawn"),
    Code("X087", "no-rows-to-move", "`{name}` are no rows of the data that the policy reads"),
    Code(
        "X089", "next-year-does-not-fit", "{what} of {year} does not fit the column `{column}` of the table `{table}`"
    ),
    Code("X098", "moves-without-sweep", "`{name}` is not swept, so that nothing moves from value to value"),
    Code("X099", "moves-not-comparable", "{problem}"),
)
"""One line each, in the order of the numbers."""
