"""Questions answered from held documents: the passages that answer with their anchors, or a refusal (row L09).

>>> from oreflow.core.knowledge import Held, Index, ask, passages
>>> text = "到2025年，钛白粉产能达到150万吨以上。海绵钛产能达到5万吨。"
>>> index = Index([Held("plan", "示例规划", text, passages(text))])
>>> found = ask("钛白粉产能要到多少万吨？", index)
>>> text[found.passages[0].start : found.passages[0].end]
'到2025年，钛白粉产能达到150万吨以上。'
>>> ask("钨精矿产能是多少？", index).supported
False
"""

from .answering import ask
from .index import Index, Indexed, indexed
from .model import Answer, Fact, Held, Lack, Passage, Support, Vocabulary
from .passages import passages

__all__ = [
    "Answer",
    "Fact",
    "Held",
    "Index",
    "Indexed",
    "Lack",
    "Passage",
    "Support",
    "Vocabulary",
    "ask",
    "indexed",
    "passages",
]
