"""Built-in regions and the reference library, as plain tables."""
