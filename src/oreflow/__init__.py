"""Oreflow (矿源流): planning and governing strategic-metal industries.

The engines live in `oreflow.core` (pure values and functions), files come in and go out through
`oreflow.gateway`, built-in regions are plain tables in `oreflow.packs`.
"""

__version__ = "0.1.0"
