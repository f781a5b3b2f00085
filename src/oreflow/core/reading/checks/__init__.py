"""Checks of what was read: inside one text (row A03) and between texts (row A04).

>>> from oreflow.core.reading import read
>>> from oreflow.core.reading.checks import check_document
>>> text = "2020年，示例市粗钢产量由500万吨提高到600万吨，增长30%。"
>>> [f.kind.value for f in check_document(read(text), text)]
['error']
"""

from .check import RULES, check_document
from .conformity import compare_documents
from .matrix import ConformityMatrix, Pair, Relation

__all__ = ["RULES", "ConformityMatrix", "Pair", "Relation", "check_document", "compare_documents"]
