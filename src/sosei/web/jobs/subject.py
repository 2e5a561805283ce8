"""What a document is made of: a plan in one state, a public comment, a population; each says the same of itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol, Self

from sosei.values import Words
from sosei.web.people.roles import Right


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """An address below the municipality's code: its name and parts, and the words that lead there."""

    words: Words
    to: str
    parts: Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """Where documents of a subject are asked for.

    ``section``  the entry of the navigation that it stands below.
    ``trail``    the pages from there to the one that asks, which is the last; the way back leads to it.
    ``back``     the words of that way.
    ``takes``    the address that the form is sent to, and ``fields`` what it sends beside the document.
    """

    section: str
    trail: tuple[Link, ...]
    back: Words
    takes: Link
    fields: tuple[tuple[str, str], ...] = ()


class Subject(Protocol):
    """What a document is made of, as it stood when somebody asked."""

    @property
    def content(self) -> str:
        """What stands for all that the document shows of it: another for other content."""
        ...

    @property
    def name(self) -> Words:
        """What titles and file names call it: 第2版, 2070年."""
        ...

    @property
    def rights(self) -> tuple[Right, ...]:
        """What a reader of the document needs."""
        ...

    @property
    def desk(self) -> Desk:
        """Where its documents are asked for."""
        ...

    def document(self) -> Any:
        """What the document shows; raises Problem where it is no longer what was asked for."""
        ...

    def as_json(self) -> dict[str, Any]:
        """Plain data for a job's parameters."""
        ...

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        """What ``as_json`` wrote."""
        ...
