"""Pages of the reading desk."""
