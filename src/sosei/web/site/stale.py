"""Forms made from a row that may have changed since: what stands for its values, and what is said then."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from sosei.values import Problem


class Stale(Problem):
    """A row that somebody else changed after the form was shown."""

    def __init__(self) -> None:
        super().__init__(
            "開いているあいだに、ほかの人がこの内容を変えました。今の内容を確かめてから、もう一度保存してください",
            "somebody else changed this while you were writing; look at what stands there now, then save again",
        )


class TooOld(Problem):
    """A form whose identity belongs to something else."""

    def __init__(self) -> None:
        super().__init__(
            "この画面は古くて使えません。一覧から開き直してください",
            "this form is too old; open it again from the list",
        )


def token(values: Mapping[str, Any]) -> str:
    """What stands for ``values``: a form shown with other values has another."""
    text = json.dumps(dict(values), ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def differing(was: Mapping[str, Any], now: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Old and new of what changed, for the log."""
    names = [name for name in now if was[name] != now[name]]
    return {name: was[name] for name in names}, {name: now[name] for name in names}
