"""One clear sentence for a person, in Japanese and in English."""

from __future__ import annotations


class Problem(ValueError):  # noqa: N818 - what a person reads is called so everywhere
    """Bad input, said in one sentence: where, what was found, what was expected, what to do.

    ``ja`` is what an officer reads, ``en`` the same for an English reader.
    The exception's own text is the English sentence, for logs and tests.
    """

    def __init__(self, ja: str, en: str) -> None:
        super().__init__(en)
        self.ja = ja
        self.en = en

    def sentence(self, language: str) -> str:
        """The sentence in ``language`` (``"en"``; anything else gives Japanese)."""
        return self.en if language == "en" else self.ja


def quoted(text: str, most: int = 48) -> str:
    """The beginning of ``text`` as a sentence can hold it: on one line, nothing in it that a page cannot show."""
    shown = "".join(each if each.isprintable() else " " for each in text[: most + 1])
    return " ".join(shown[:most].split()) + ("…" if len(shown) > most else "")
