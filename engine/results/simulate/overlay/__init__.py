"""What scenarios change of rules and data: checked, put together, and made."""
