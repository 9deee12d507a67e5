"""Beside floor 5, importers: one file per outside format, from the publisher's file to a table of the model.

They know the text floor and the data model only, so that a new source never touches how policies are
evaluated.
"""
