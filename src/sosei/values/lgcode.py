"""全国地方公共団体コード: six digits, the last one a check digit (総務省)."""

from __future__ import annotations


def check_digit(five: str) -> str:
    """The sixth digit to the five digits of prefecture and municipality."""
    total = sum(int(digit) * weight for digit, weight in zip(five, (6, 5, 4, 3, 2), strict=True))
    return str((11 - total % 11) % 10)


def is_lg_code(code: str) -> bool:
    """Whether ``code`` is six ASCII digits with the right check digit."""
    return len(code) == 6 and code.isascii() and code.isdigit() and check_digit(code[:5]) == code[5]
