"""Years ahead: the data of the next year, what its runs have on record, and what comes of each year."""
