"""Keys of records: random, so that they never depend on numbering and are never reused."""

from __future__ import annotations

import secrets

ALPHABET = "abcdefghijklmnopqrstuvwxyz"
DIGITS_TOO = ALPHABET + "0123456789"


def new_key() -> str:
    """A fresh key: ten characters, the first a letter, some 51 bits."""
    return secrets.choice(ALPHABET) + "".join(secrets.choice(DIGITS_TOO) for _ in range(9))
