"""Japanese brackets inside brackets."""

from __future__ import annotations

_INNER = {"「": "『", "」": "』"}


def inner_brackets(text: str) -> str:
    """``text`` with 『』 for 「」 inside 「」, as Japanese prints them; a bracket without its pair stays."""
    depth = 0
    letters = []
    for letter in text:
        if letter == "「":
            depth += 1
        letters.append(_INNER.get(letter, letter) if depth > 1 else letter)
        if letter == "」" and depth:
            depth -= 1
    return text if depth else "".join(letters)
