"""A sentence in Japanese and in English, written as one pair."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """A sentence in both languages."""

    ja: str
    en: str

    def of(self, language: str) -> str:
        """The sentence in ``language`` (``"ja"`` or ``"en"``)."""
        return self.en if language == "en" else self.ja
