"""The log an address names: a municipality's, or the installation's own."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.urls import reverse

from sosei.web.journal.models import Chain, Checkpoint
from sosei.web.people.models import Municipality


@dataclass(frozen=True)
class Log:
    """A chain by its municipality (None: the installation's), with the addresses of its pages."""

    municipality: Municipality | None

    @cached_property
    def chain(self) -> Chain | None:
        """The chain; None before the first act."""
        return Chain.objects.filter(municipality=self.municipality).first()

    @cached_property
    def checkpoint(self) -> Checkpoint | None:
        """What the last cut left."""
        return self.chain.checkpoints.last() if self.chain else None

    @property
    def kept(self) -> int:
        """How many acts are there."""
        return self.chain.length - self.chain.first + 1 if self.chain else 0

    def address(self, name: str = "", **more: Any) -> str:
        """The address of a page of this log: ``act``, ``csv``, ``check``; empty: the list."""
        first = "journal" if self.municipality else "operator_log"
        if self.municipality:
            more["code"] = self.municipality.code
        return reverse(f"{first}_{name}" if name else first, kwargs=more)

    @property
    def list_address(self) -> str:
        """The list, for templates."""
        return self.address()

    @property
    def csv_address(self) -> str:
        """The CSV, for templates."""
        return self.address("csv")

    @property
    def check_address(self) -> str:
        """Verifying, for templates."""
        return self.address("check")
