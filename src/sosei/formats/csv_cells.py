"""Cells of a CSV file that a spreadsheet shows and does not run."""

from __future__ import annotations

import re

# What begins a formula or is skipped before one; the full-width signs count in a Japanese Excel.
_RUN = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")
# A lone dash, or a signed figure with its unit (-147人, +3.5%): as printed, and nothing to run.
_FIGURE = re.compile(r"[-－]|[-+－＋][0-9０-９][0-9０-９,，.．]*[^-+*/=()|!@&＝＋－＠]*")


def harmless(text: str) -> str:
    """``text`` so that a spreadsheet shows it: an apostrophe before what would be a formula."""
    return f"'{text}" if text.startswith(_RUN) and not _FIGURE.fullmatch(text) else text


def as_typed(cell: str) -> str:
    """The text that ``harmless`` made ``cell`` of."""
    text = cell.removeprefix("'")
    return text if harmless(text) == cell else cell
