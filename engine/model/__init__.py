"""Beside floor 3, the data model: the standard tables, columns, units, keys and meanings, as data.

It is what an agency's files are checked against and what a policy's names are looked up in. It holds no
code that decides anything; the floors above read it.
"""
