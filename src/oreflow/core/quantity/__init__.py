"""Exact quantities with unit and basis (face under construction)."""
