"""Sections as sugar: each file turns one section into computed columns that keep the author's names and paths.

This happens before checking, so that one checker, one planner and one explainer serve every section.
"""
