"""Above the floors, commands: each turns arguments into one call of the api, one view and an exit code.

`cli.py` puts them together; nothing below knows them (docs/decisions/0011-commands.md).
"""
