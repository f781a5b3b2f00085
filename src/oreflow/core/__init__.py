"""The pure engines: no files, no database, no network, no clock, no randomness."""
