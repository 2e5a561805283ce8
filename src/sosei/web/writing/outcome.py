"""What became of a field that was sent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from sosei.checks.finding import Words


class State(StrEnum):
    """What became of it."""

    SAVED = "saved"
    SAME = "same"  # nothing was changed by the one who sent it
    CONFLICT = "conflict"  # somebody else changed it meanwhile
    PROBLEM = "problem"  # it cannot be kept


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """``was`` is the value that the next sending has to be made against, as JSON text (None: as before).

    With a conflict ``theirs`` is the present value as a person reads it, ``inputs`` as one types it,
    ``who`` wrote it, and ``opened`` what stood there when the form was made.  ``successor`` is the key of
    a new indicator that may say instead what this one cannot, because it has values already.
    """

    state: State
    was: str | None = None
    message: Words | None = None
    heard: Mapping[str, Words] = field(default_factory=dict)
    inputs: Mapping[str, str] = field(default_factory=dict)
    theirs: str = ""
    opened: str = ""
    who: str = ""
    successor: str = ""
