"""Pages of a region: they read through `access`, format through `presenters`, and hold no rule."""
