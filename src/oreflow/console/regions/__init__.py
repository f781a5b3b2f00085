"""The desk of a region: plan check-up, targets, figures, checks, chain, library, sources."""
