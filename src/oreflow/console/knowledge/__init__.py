"""Questions to the documents that a reader may see: passages that answer, or why nothing does (row L09)."""
