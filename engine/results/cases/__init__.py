"""The cases of policies: how they are run, what they have seen, and which changes they would not notice."""
