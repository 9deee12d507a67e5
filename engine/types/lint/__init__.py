"""What a policy may say without error and had better not: one finding a file, each a warning with a page."""
