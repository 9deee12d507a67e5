"""Beside floor 5: a made-up state of any size, the same bytes for the same seed.

Imports the text and the data model only; numpy and pyarrow are loaded when a state is made.
"""
