"""Bulk persistence without the ORM. Empty until the event ledger moves in."""
