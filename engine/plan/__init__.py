"""Floor 4, plan: a `CheckedPolicy` and a date become a `Plan`, stages of columns over entities.

A plan is a graph of a closed list of operators in which equal parts are shared. Parameters, tables and the
as-of date are input cells, bound when it is run, so that another value never means another plan.
"""
