"""The reading desk: documents, what was read in them, and what people decided about it."""
