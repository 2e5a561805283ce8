"""A 新旧対照表 as lines of text, changed parts in square brackets: to compare whole tables."""

from __future__ import annotations

from collections.abc import Iterator

from sosei.reports.comparison_content import Comparison, Runs


def lines(table: Comparison) -> list[str]:
    return list(_lines(table))


def _lines(table: Comparison) -> Iterator[str]:
    yield f"{table.municipality} {table.subtitle}: {table.old_name} → {table.new_name}: {table.count}"
    for group in table.groups:
        yield f"# {group.goal}" + (f" > {group.measure}" if group.measure else "")
        for row in group.rows:
            place = row.place.replace("\n", " / ")
            yield f"{row.number} {place} | {row.item} | {bracketed(row.old)} | {bracketed(row.new)}" + (
                f" | {row.reason}" if row.reason else ""
            )
    yield from filter(None, (table.nothing, table.closing))


def bracketed(runs: Runs) -> str:
    text = "".join(f"[{run.text}]" if run.changed else run.text for run in runs)
    return text.replace("\n", " / ")
