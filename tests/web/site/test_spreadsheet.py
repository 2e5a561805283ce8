"""Cells of a CSV file: nothing that a spreadsheet would run, figures as printed."""

from __future__ import annotations

import pytest

from sosei.formats.csv_cells import as_typed, harmless


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("=1+1", "'=1+1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0"),
        ("＝1+1", "'＝1+1"),
        ("\t=1", "'\t=1"),
        ("-2+3", "'-2+3"),
        ("-147人", "-147人"),
        ("－10.5%", "－10.5%"),
        ("-", "-"),
        ("△10人", "△10人"),
        ("100人", "100人"),
        ("", ""),
    ],
)
def test_a_spreadsheet_runs_nothing(text: str, shown: str) -> None:
    assert harmless(text) == shown
    assert as_typed(shown) == text
