"""Sections `tables`, `points` and `bands` that use every key."""

from __future__ import annotations

TABLES = """
tables:
  course_rate:
    title: Dollars per credit hour
    inputs:
      demand: demand_level
      wage: annual_median
    gives: USD/credit_hour
    rows: |
      | wage                   | demand             | rate      |
      | ---------------------- | ------------------ | --------- |
      | >= $70,000             | more than moderate | $1,071    |
      | over $50,000, under $70,000 | any           | $300      |
      | from $1 to under $3    | "a|b"              | not known |
      | up to $50,000          | -                  | $0        |

  color:
    inputs:
      status: status_index
      change: change_level
    across: change
    gives:
      ordered: yes
      values:
        - red
        - light green
    standing: recalled
    versions:
      FY2025: |
        | status           | declined | -           |
        | under 60         | red      | not known   |
        | from 60 up to 70 | red      | light green |
      class 2026:
        inputs:
          status: status_index
        rows: |
          | status | color |
          | -      | red   |
        cite: code-12-3 (k)

points:
  strength_of_diploma:
    of: student
    take: sum
    lines:
      - 160: on_time_diploma and associate_degree
      - 0: otherwise
    add:
      - 5: internship
    at_most: 160

bands:
  rate_index:
    of: points
    gives: points
    rows: |
      | up to 75          | x * 0.9            |
      | over 75, up to 90 | x * 1.111112       |
      | over 90           | 100 + 5 * (x - 90) |
"""
