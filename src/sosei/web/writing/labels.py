"""What a field is called above its input."""

from __future__ import annotations

from sosei.checks.finding import Words
from sosei.plan.labels import field_label


def label_of(field: str) -> Words:
    """What a field is called."""
    english = field_label(field, "en")
    return Words(field_label(field, "ja"), english[:1].upper() + english[1:])
