"""Pages of the registers, by what they are about."""
