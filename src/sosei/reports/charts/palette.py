"""The few colours of our charts and the pairs they may stand in.

Blue family with its alert accent, and the greys, of the Digital Agency's dashboard guide
(ダッシュボードデザインの実践ガイドブック, policy-dashboard-assets v1.0.0).
"""

from __future__ import annotations

PAPER = "#FFFFFF"  # behind bar and series
INK = "#000000"  # text; zero of a bullet
LINE = "#0017C1"  # actual values over time, with markers
BAR = "#3460FB"  # actual values as bars
TARGET = "#FE3939"  # targets: always dashed or a diamond too
MUTED = "#4D4D4D"  # zero line of bars, baseline mark, reason for a missing value
GRID = "#E6E6E6"  # grid lines and the empty part of a bullet; decoration, carries no figure
BAND, WIDE_BAND = "#C5D7FB", "#E8F1FE"  # half and 80 % of what may come; their edges carry the figure

TABLE_BACKGROUNDS = (PAPER, "#F1F1F4", "#F8F8FB")  # where a bullet or sparkline may lie: row, header, page

GRAPH_PAIRS = (
    *((mark, back) for mark in (LINE, BAR, TARGET, MUTED, INK) for back in TABLE_BACKGROUNDS),
    (BAR, GRID),
    (INK, GRID),
    (INK, BAR),
    (MUTED, GRID),
    *((mark, back) for mark in (LINE, BAR, MUTED, INK) for back in (BAND, WIDE_BAND)),
)
"""(mark, what lies behind it): at least 3:1."""

TEXT_PAIRS = (
    *((INK, back) for back in TABLE_BACKGROUNDS),
    (MUTED, PAPER),
    (PAPER, BAR),
    (PAPER, LINE),
    *((INK, back) for back in (GRID, BAND, WIDE_BAND)),
)
"""(text, what lies behind it): at least 4.5:1."""
