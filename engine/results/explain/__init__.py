"""Why a result is what it is: the explanation of one row, by replay of the slice of the plan that made it."""
