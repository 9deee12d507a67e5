"""Policies for the tests of this folder: one with every section, and short ways to read a text."""

from __future__ import annotations

from engine.syntax.parse_policy import parse_policy
from engine.syntax.policy import Policy
from engine.text.diagnostic import Diagnostic, Diagnostics
from engine.text.document import Document
from engine.text.read import read_document
from engine.text.source import Source
from tests.syntax.maximal_accountability import ACCOUNTABILITY
from tests.syntax.maximal_list import PRIORITY_LIST
from tests.syntax.maximal_tables import TABLES


def document(text: str) -> Document:
    """The tree of a text that is in order as YAML."""
    diagnostics = Diagnostics()
    found = read_document(Source("policy.yaml", text), diagnostics)
    assert found is not None and not diagnostics.sorted(), diagnostics.sorted()
    return found


def parse(text: str) -> tuple[Policy, tuple[Diagnostic, ...]]:
    """The policy in a text and what is complained of."""
    diagnostics = Diagnostics()
    policy = parse_policy(document(text), diagnostics)
    assert policy is not None
    return policy, diagnostics.sorted()


def parsed(text: str) -> Policy:
    """The policy in a text of which nothing is complained."""
    policy, said = parse(text)
    assert said == ()
    return policy


def codes(text: str) -> list[str]:
    """The codes of all complaints about a text, in order of place."""
    return [told.code for told in parse(text)[1]]


WITHOUT_ACCOUNTABILITY = """\
policy: xx/credentials
title: Credentials of value
note: not a real state's law
jurisdiction: [US-XX, US]
school_year: 2026-27
school_year_begins: 08-15
fiscal_year:
  begins: 07-01
  named_for: the year it ends
extends: [common/labor-market]

sources:
  code-12-3:
    title: State Code § 12-3
    url: https://example.gov/12-3
    read: 2026-09-01

data:
  occupation:
    columns:
      apprenticeable: truth
      wage_level:
        values: [low, middle, high]
        ordered: yes
        title: Level of wages
      hourly_entry:
        type: number
        unit: USD/hour
        scale: 2
        at_least: $0.00
        at_most: $500.00
        bounded: yes
      growth_share:
        type: number
        stored: percent
        required: true
  site_visit:
    title: Site visit
    key: [program, visited_on]
    rows_name: site_visits
    complete: no
    columns:
      program: program
      visited_on: date
      visitor:
        type: text
        personal: yes
        required: no
  audit:
    key: [audit_id]
    columns:
      audit_id: text

parameters:
  wage_floor:
    title: Family-sustaining wage
    unit: USD/year
    cite: code-12-3 (a)
    note: one adult and one child
    values:
      2026-07-01: $43,900
      2024-07-01: $41,250
  share_needed:
    cite: code-12-3 (a)
    values:
      2026-27: 60%
      FY2025:
        value: 55.5%
        standing: proposed
        cite: code-12-3 (b)
        note: as introduced
  bonus_per_graduate:
    unit: USD
    by: student_group
    cite: code-12-3 (g)
    values:
      FY2025:
        economically_disadvantaged: $5,000
        special_education: $2,000
      FY2027:
        value:
          special_education: none
        standing: recalled
  courses_needed:
    unit: count
    cite: code-12-3 (g)
    in_force_by: student.class_of
    values:
      class 2024: 1
    review_by: 2028-07-01
    deferred:
      first_course:
        from: class 2023
        to: class 2024
        decided_by: Commissioner of Education
        decided_on: 2023-01-10
        because: the first proposal came a class earlier
  minimum_rounding:
    type: rounding_mode
    standing: assumed
    values:
      FY2025: up
  deadline:
    type: date
    cite: code-12-3 (h)
    values:
      2024-07-01: 2026-10-01
      2025-07-01: none
  least_change:
    cite: code-12-3 (h)
    values:
      2024-07-01: -2.50

relations:
  occupation:
    statewide_market:
      title: Market of the state
      to: labor_market
      where:
        occupation: this
        area: jurisdiction.area

student_groups:
  special_education:
    title: Special education
    when: special_education
  all_students:
    everyone: yes
  high_needs:
    any_of: [special_education]

definitions:
  credential:
    employers_for: count(endorsements where decision = endorse)
    short:
      title: Short credentials
      value: clock_hours < 150
      cite: code-12-3 (i)
    weight:
      because: it weighs {weight}
      cite: code-12-3 (j)
      versions:
        2026-07-01:
          value: 2
          cite: code-12-3 (k)
        2024-07-01: 1

record_checks:
  attainment:
    grade_range:
      title: A grade of middle or high school
      not_applicable_when: route = b
      test: grade between 6 and 12
      because: it is of grade {grade}
      cite: code-12-3 (d)

criteria:
  program:
    hours:
      title: Hours
      test: clock_hours from 150 to under 600
      because: it has {clock_hours} clock hours
      cite: code-12-3 (d)
    tuition:
      from: FY2030
      until: 2035-07-01
      not_applicable_when: completers < 16
      test: tuition_and_fees <= value_added_earnings
      because: tuition is within value-added earnings
      cite: code-12-3 (e)
    placement:
      because: enough are placed
      cite: code-12-3 (f)
      until: 2032-07-01
      versions:
        2029-07-01:
          test: placed_in_occupation_rate >= 70%
          because: enough are placed in their occupation
          cite: code-12-3 (f) 2
        2026-07-01: placed_rate >= 70%

entities:
  district_group:
    cross: [district, student_group]
    at_most: 20000
  yearly:
    group: attainment
    by: [credential, school]
  wage_step:
    group: occupation
    by:
      step: floor(annual_median / $10,000)
  completion:
    union: [attainment, program]

years:
  earned: school_year of award_date
  paid:
    value: earned + 2 years
    title: Year of payment
  amounts_of: paid

determinations:
  governor_approval:
    of: program
    by: Governor, after consulting the state board
    needs: [decided_on, document]
    expires: 2 years
    findings: [aligned]
    granted_when: decision and aligned
    deemed:
      verdict: approved
      after: 90 days
      counted_from: submitted_on
    cite: code-12-3 (f)

eligibility:
  workforce_program:
    of: program
    when: hours and tuition
    keep_last_verdict_when: unmeasured
    verdicts:
      met: eligible
      not_met: not eligible
      undetermined: cannot tell
      not_applicable: not asked

appropriations:
  incentive_fund:
    title: Credential incentive
    cite: code-12-3 (h)
    standing: enacted
    amounts:
      FY2027: $12,500,000
    set_aside:
      administration: 3%
      audit: $10,000
    pay_in_order:
      - credentials: prorate
      - trips: first_come received_on desc
    pending_claims: reserve
    unspent: lapses

funding:
  credentials:
    title: Incentive for credentials earned
    claim: attainment
    when: grade >= 9
    quantity: 2
    amount: $500
    limits:
      one_per_student:
        title: One a student
        within: [student, school_year]
        keep: 1
        by: amount desc then award_date
      teacher_cap:
        within: [teacher]
        at_most: $3,500
    order: [limits, appropriation]
    pay: school.district
    draws_on: incentive_fund
    minimum:
      each: district
      amount: $25,000
      beyond_claim: no
      to: claimants
      short: prorate
    maximum: 10% of appropriation
    hold_harmless: 95% of prior.payment
    round:
      what: payment
      to: cent
      how: down
      remainder: unspent
    pass_on:
      program:
        at_least: 80%
    spend:
      readiness:
        at_least: 55%
        for: the readiness of students
        cite: code-12-3 (y)
    paid_by: the district
    settle_up: yes
    split:
      teacher: 10%
      district: the rest
  trips:
    claim: attainment
    paid_in: fiscal_year of award_date
    not_with: [credentials]
    stages:
      begun:
        when: grade >= 9
        pays: 50%
      done:
        when: award_date is known
        pays: 50%
        paid_in: fiscal_year of award_date
        if_missed: owes back begun
    owed: subtract
    amount: $25
    pay: school.district
    draws_on: incentive_fund
totals:
  all_grants:
    title: All grants
    value: credentials + trips
    cite: code-12-3 (y)
lint:
  no_minimum_in_the_rule:
    title: No minimum in the rule
    code: L005
    of: [accountability.indicators]
    until: 2027-07-01
    because: the rule itself sets no minimum
    note: to be asked again
"""
MAXIMAL = WITHOUT_ACCOUNTABILITY + TABLES + PRIORITY_LIST + ACCOUNTABILITY
"""A policy that uses every section and, in each, every key."""
