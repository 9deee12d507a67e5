"""Floor 7, views: results and diagnostics become text, JSON and pages.

A view takes a finished result and returns a string or writes a file; it computes nothing that a reader could
disagree about.
"""
