"""Rows of a table evaluated by a shipped scheme."""

from __future__ import annotations

import csv
import io

from sosei.formats.table_reading import load_table
from sosei.scheme.evaluate import evaluate_cases
from sosei.scheme.presets import preset
from sosei.scheme.result import Result
from sosei.scheme.table_cases import case_of_row
from sosei.values import parse_fiscal_year_option


def evaluated(name: str, year: str, *rows: dict[str, str]) -> list[Result]:
    """The results of ``rows`` (columns of TABLE.csv) by the preset ``name``."""
    columns = [
        "name",
        "target",
        *dict.fromkeys(key for row in rows for key in row if key not in ("name", "target")),
    ]
    if f"actual:{year}" not in columns:
        columns.append(f"actual:{year}")
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, restval="")
    writer.writeheader()
    writer.writerows({"name": f"指標{number}", **row} for number, row in enumerate(rows, 1))
    table = load_table(out.getvalue().encode())
    assert not table.errors
    cases = [case_of_row(row) for row in table.rows]
    return evaluate_cases(cases, preset(name), parse_fiscal_year_option(year).year)


def one(name: str, year: str, **row: str) -> tuple[str, str]:
    """Rate as printed and class of one row; ``actual`` is that of ``year``, ``due`` its target."""
    renamed = {"actual": f"actual:{year}", "due": f"target:{year}"}
    (result,) = evaluated(name, year, {renamed.get(key, key): value for key, value in row.items()})
    return result.text, result.grade or ""
