"""The pages of a long list: which is asked for, which numbers are shown."""

from __future__ import annotations


def page_numbers(page: int, pages: int) -> list[int | None]:
    """The first, the last and those around ``page``; None for what is left out between."""
    shown = sorted({1, pages, *range(max(1, page - 2), min(pages, page + 2) + 1)})
    found: list[int | None] = []
    for number in shown:
        if found and found[-1] is not None and number - found[-1] > 1:
            found.append(number - 1 if number - found[-1] == 2 else None)
        found.append(number)
    return found


def asked_page(text: str) -> int:
    """The page number in a query string; the first for anything else."""
    return max(1, int(text)) if text.isascii() and text.isdigit() and len(text) < 7 else 1
