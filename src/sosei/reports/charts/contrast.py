"""Contrast of two colours as WCAG 2.2 defines it."""

from __future__ import annotations

import re

from sosei.values import Problem

LEAST_GRAPH = 3.0
"""What a graph's mark needs against its background (WCAG 1.4.11)."""
LEAST_TEXT = 4.5
"""What a text needs against its background (WCAG 1.4.3)."""

_HEX = re.compile(r"#[0-9A-Fa-f]{6}\Z")


def luminance(colour: str) -> float:
    """Relative luminance of ``#RRGGBB``, 0 (black) to 1 (white); raises Problem for another notation."""
    if not _HEX.match(colour):
        raise Problem(
            f"色は「#RRGGBB」の形で書きます（{colour}）", f"a colour is written #RRGGBB, not {colour!r}"
        )
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1 (the same) to 21 (black on white), in either order."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
