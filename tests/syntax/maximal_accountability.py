"""A section `accountability` that uses every key."""

from __future__ import annotations

ACCOUNTABILITY = """
accountability:
  title: Rating
  note: of schools that graduate
  cite: code-12-3 (i)
  for: [school, district]
  rated_when: highest_grade >= 9
  student_groups: [special_education]
  minimum_n:
    count: 10
    of: denominator
    then:
      - pool_earlier_years:
          until: 10
          up_to_years: 3
          at_least: 5
      - not_rated
  indicators:
    graduation:
      title: Graduation
      cohort: students where in_four_year_cohort
      cohort_year: class_of
      rated_year: school_year
      at: accountable_school
      rate: on_time_diploma
      undetermined_students: leave_out
      rate_round: 1
      scale: rate_index
      round: 2
      how: half_even
      applies_when: highest_grade = 12
      weight: 25%
      minimum_n:
        count: 5
    strength:
      cohort: students
      mean: strength_of_diploma
    passed:
      cohort: students
      numerator: exam_pass
      denominator: graduated
    ready:
      cohort: students
      cohort_year: class_of
      rate: exam_pass or internship
      over_years:
        years: 3
        how: mean_of_years
        at_least: 2
        round: 1
      capped:
        interns:
          title: Interns
          note: as a group
          when: internship
          at_most: max(5, floor(20% of n))
          because: not more than so many
          cite: code-12-3 (i)
      steps:
        target: prior.rate + 1
      score: if rate >= target then rate else 0
      zero_when: participation < 95
      at_least: 0
      at_most: 100
      minimum_n:
        count: 5
        then:
          - average_of_years:
              years: 3
              when_sum_is: 10
    participation:
      value: took_part
      weight: none
  weights:
    inputs:
      configuration: grades
    rows: |
      | configuration | participation | strength |
      | K-6           | -             | 100%     |
  missing_indicator:
    chart: |
      | strength |
      | 100%     |
    then: proportional
  domains:
    readiness:
      title: Readiness
      weights:
        passed: 60%
        graduation: 40%
      missing_indicator: proportional
      round: 1
      how: half_up
    best:
      better_of: [readiness, strength]
      at_most:
        - 89: graduation < 60
      weight: none
  index:
    blend:
      all_students: 60%
      student_groups: 40%
      only_if_alone: [special_education]
    round: 1
  cut_scores:
    cite: code-12-3 (i)
    shares:
      A: 10%
    computed_from: 2023-24
    by:
      school: grades
    raise:
      by: 5%
      when_share: 50%
      of: [A]
      from: 2026-27
      until:
        A: 90
      round: 1
  ratings:
    - A: index >= cut_score(A)
    - F: otherwise
  overrides:
    few_tested:
      at_most: F
      when: participation < 90
      because: fewer than 90% took part
    low:
      rating: F
      when: participation < 95
      because: few took part
      cite: code-12-3 (i)
"""
