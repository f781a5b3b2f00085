"""What the pages of the reading desk show, made ready for the templates."""
