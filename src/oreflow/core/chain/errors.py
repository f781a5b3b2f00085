"""Errors of the chain: ChainError ← UnknownYear, UnknownMaterial, NonProductiveLoop, NoBalance, BadScenario."""

from __future__ import annotations

from oreflow.core.provenance import Text


class ChainError(ValueError):
    """Base of every error of the chain; `code` is stable, `text` says what is wrong and the way out."""

    code = "chain"

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


class UnknownYear(ChainError):
    """The region has no chain goals for the year asked."""

    code = "chain.year"


class UnknownMaterial(ChainError):
    """The material or group takes no part in the chain of that year."""

    code = "chain.material"


class BadScenario(ChainError):
    """A slider value outside its scale, or for something that is no slider."""

    code = "chain.scenario"


class NonProductiveLoop(ChainError):
    """A loop of processes that needs at least as much of its own product as it makes."""

    code = "chain.loop"

    def __init__(self, text: Text, processes: tuple[str, ...]) -> None:
        super().__init__(text)
        self.processes = processes


class NoBalance(ChainError):
    """By-product credits switch back and forth: no consistent set of balances was found."""

    code = "chain.balance"
