"""Requirements of a plan along its chain, compared with what the plan states.

`require` solves a year, `compare` holds it against the plan, `view` gathers the first page,
`explain` and `explain_answer` open a computed figure, `picture` draws the flows.
"""

from .chain import BURDEN_NAMES, BURDEN_UNITS, Chain, base_network, chain_of, years
from .comparison import compare, slider_keys
from .errors import BadScenario, ChainError, NoBalance, NonProductiveLoop, UnknownMaterial, UnknownYear
from .flows import picture
from .loops import Loop, loops, non_productive
from .model import (
    Answer,
    Balance,
    BreakEven,
    Contribution,
    FlowLink,
    FlowNode,
    FlowPicture,
    How,
    Interval,
    Origin,
    PlanView,
    Requirements,
    Scenario,
    Sentence,
    Slider,
    Verdict,
)
from .origin import explain, explain_answer
from .requirements import assumptions, require
from .sentences import sentences
from .view import view
from .wording import amount, places_of, unmarked, with_range

__all__ = [
    "BURDEN_NAMES",
    "BURDEN_UNITS",
    "Answer",
    "BadScenario",
    "Balance",
    "BreakEven",
    "Chain",
    "ChainError",
    "Contribution",
    "FlowLink",
    "FlowNode",
    "FlowPicture",
    "How",
    "Interval",
    "Loop",
    "NoBalance",
    "NonProductiveLoop",
    "Origin",
    "PlanView",
    "Requirements",
    "Scenario",
    "Sentence",
    "Slider",
    "UnknownMaterial",
    "UnknownYear",
    "Verdict",
    "amount",
    "assumptions",
    "base_network",
    "chain_of",
    "compare",
    "explain",
    "explain_answer",
    "loops",
    "non_productive",
    "picture",
    "places_of",
    "require",
    "sentences",
    "slider_keys",
    "unmarked",
    "view",
    "with_range",
    "years",
]
