"""The registry of receivers: which path takes which wire format. A receiver translates; it never cleans or writes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from mien.batch import Envelope
from mien.collector.receivers import sdk

RECEIVERS: dict[str, Callable[[bytes, Counter[str]], Envelope]] = {"/v1/batch": sdk.parse}
