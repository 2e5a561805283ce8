"""The flat rows of an edition: written on adoption, rebuilt by ``sosei reindex``, read by lists and search."""

from __future__ import annotations

from sosei.plan.model import Plan as Document
from sosei.web.plans.models import Edition


def write_rows(edition: Edition, document: Document) -> None:
    """Write every row of ``edition`` anew."""
