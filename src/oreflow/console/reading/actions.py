"""What may be done at the reading desk: each act checks permission, opens the transaction, writes a decision.

Documents are handed in and withdrawn by `adding`, items decided about by `deciding`, `accepting` and `reshaping`;
this module is the one door to all of them.
"""

from __future__ import annotations

from .accepting import Bulk, accept, accept_many, carry_over, undo
from .adding import add_document, add_documents, publish, read_again, withdraw_document
from .deciding import correct, reject, reopen
from .reshaping import add_item, merge, split

__all__ = [
    "Bulk",
    "accept",
    "accept_many",
    "add_document",
    "add_documents",
    "add_item",
    "carry_over",
    "correct",
    "merge",
    "publish",
    "read_again",
    "reject",
    "reopen",
    "split",
    "undo",
    "withdraw_document",
]
