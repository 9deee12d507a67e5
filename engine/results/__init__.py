"""Floor 6, results: columns become decisions, lists, explanations and what a run leaves behind.

Results are values with names of the field. How they look, as text, pages or workbooks, is the next floor's
affair.
"""
