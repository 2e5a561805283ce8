"""The reader of the one workbook too large for the ordinary one: stored values only, everything bounded."""

from __future__ import annotations

import pytest

from sosei.formats import population_large
from sosei.formats.population_large import peek, read_large
from sosei.values import Problem
from tests.formats.raw_books import packed, parts


def lines(rows: str) -> list[tuple[int, list[str]]]:
    return [(line.number, list(line.cells)) for line in read_large(packed(parts(rows)), "a.xlsx").lines]


@pytest.mark.parametrize(
    ("rows", "read"),
    [
        ('<row r="2"><c r="A2"><v>1100</v></c><c r="C2"><v>5.0</v></c></row>', [(2, ["1100", "", "5"])]),
        ("<row><c><v>1</v></c><c><v>2</v></c></row>", [(1, ["1", "2"])]),
        ('<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>', [(1, ["2"])]),
        ('<row r="1"><c r="A1"><f>SUM(B1:C1)</f><v>7</v></c></row>', [(1, ["7"])]),
        ('<row r="1"><c r="A1" t="inlineStr"><is><t>男</t></is></c></row>', [(1, ["男"])]),
        ('<row r="1"><c r="A1" t="s"><v>99</v></c><c r="B1"><v>3</v></c></row>', [(1, ["", "3"])]),
        ('<row r="1"><c r="A1" s="1"/></row><row r="3"><c r="A3"><v>1</v></c></row>', [(3, ["1"])]),
        ('<row r="1"><c r="A1"><v>1</v></c><c r="XFD1"><v>2</v></c></row>', [(1, ["1"])]),
    ],
)
def test_cells_are_what_is_stored(rows: str, read: list[tuple[int, list[str]]]) -> None:
    assert lines(rows) == read


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="x"><c r="A1"><v>1</v></c></row>',
        '<row r="-1"><c><v>1</v></c></row>',
        '<row r="1"><c r="1A"><v>1</v></c></row>',
        f'<row r="1">{"<x>" * 200}{"</x>" * 200}</row>',
        '<row r="1"><c r="A1">',
    ],
)
def test_what_excel_never_writes_is_refused(rows: str) -> None:
    with pytest.raises(Problem, match="damaged"):
        lines(rows)


def test_cells_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(population_large, "MOST_CELLS", 10)
    with pytest.raises(Problem):
        lines('<row r="1"><c r="K1"><v>1</v></c></row>')


def test_peeking_reads_the_first_rows_only() -> None:
    rows = "".join(f'<row r="{at}"><c r="A{at}"><v>{at}</v></c></row>' for at in range(1, 100))
    grid = peek(packed(parts(rows + "<broken")), "a.xlsx")
    assert grid is not None
    assert [line.number for line in grid.lines] == list(range(1, 13))
