"""From readings to a region: proposals, merging, packs, reproduction, editions.

>>> from oreflow.core.reading import read
>>> from oreflow.core.reading.packing import statement_values
>>> found = read("到2025年，钛白粉产能达到150万吨以上。").statements[0]
>>> statement_values(found)["low"]
'150'
"""

from .collecting import collect
from .merging import only, region_with
from .model import Accepted, Around, Difference, Held, Left, Merged, Proposal, Reproduction, Source
from .plain import (
    chain_values,
    clause_values,
    duty_values,
    edges_of,
    entity_values,
    number_text,
    read_number,
    statement_values,
)
from .proposals import propose, with_changes
from .reproducing import reproduce

__all__ = [
    "Accepted",
    "Around",
    "Difference",
    "Held",
    "Left",
    "Merged",
    "Proposal",
    "Reproduction",
    "Source",
    "chain_values",
    "clause_values",
    "collect",
    "duty_values",
    "edges_of",
    "entity_values",
    "number_text",
    "only",
    "propose",
    "read_number",
    "region_with",
    "reproduce",
    "statement_values",
    "with_changes",
]
