"""How many requests a minute a token, a session or an address may make.

A token bucket per caller in the memory of the process: a server of several processes allows the limit in each.
"""

from __future__ import annotations

import math
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from oreflow.console.refusals import TooMany

MOST_CALLERS = 10_000


@dataclass(frozen=True, slots=True)
class Allowance:
    """What a caller has left: of how many, how many, and in how many seconds all of them again."""

    limit: int
    remaining: int
    reset: int

    def headers(self) -> dict[str, str]:
        """The headers of an answer."""
        return {
            "RateLimit-Limit": str(self.limit),
            "RateLimit-Remaining": str(self.remaining),
            "RateLimit-Reset": str(self.reset),
        }


class Buckets:
    """Buckets of the callers seen last; a forgotten caller starts with a full one."""

    def __init__(self, clock: Callable[[], float] = time.monotonic, most: int = MOST_CALLERS) -> None:
        self._clock = clock
        self._most = most
        self._lock = threading.Lock()
        self._levels: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._levels)

    def take(self, caller: str, limit: int) -> Allowance:
        """Take one request from a caller's bucket.

        Raises
        ------
        TooMany
            Where the bucket is empty, with the seconds until the next request.
        """
        rate = limit / 60
        with self._lock:
            now = self._clock()
            level, since = self._levels.pop(caller, (float(limit), now))
            level = min(float(limit), level + (now - since) * rate)
            enough = level >= 1
            self._levels[caller] = (level - 1 if enough else level, now)
            while len(self._levels) > self._most:
                self._levels.popitem(last=False)
        if not enough:
            raise TooMany(max(1, math.ceil((1 - level) / rate)))
        return Allowance(limit, int(level - 1), math.ceil((limit - level + 1) / rate))


BUCKETS = Buckets()
