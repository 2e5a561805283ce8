"""The chapter as Markdown with its charts as SVG files beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from sosei.reports.charts.population import describe, draw
from sosei.reports.population.chapter_content import (
    Block,
    Chapter,
    List,
    Numbered,
    Paragraph,
    Picture,
)
from sosei.reports.population.tables import Table

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|])")


def chapter_files(chapter: Chapter, stem: str) -> dict[str, bytes]:
    """File names with contents: ``stem.md`` and ``stem-1.svg``, ``stem-2.svg``, ... in the same folder.

    Texts stand as they are: what Markdown would take for its own signs is escaped.
    """
    pictures = [block for block in chapter.blocks if isinstance(block, Picture)]
    names = {id(picture): f"{stem}-{at}.svg" for at, picture in enumerate(pictures, 1)}
    files = {
        names[id(picture)]: draw(picture.chart, f"figure{at}").encode()
        for at, picture in enumerate(pictures, 1)
    }
    return {f"{stem}.md": _text(chapter, names).encode(), **files}


def _text(chapter: Chapter, names: dict[int, str]) -> str:
    lines = [f"# {_safe(chapter.municipality)}の{_safe(chapter.title)}", ""]
    for heading in chapter.headings:
        lines += [f"## {_safe(heading.title)}", ""]
        for section in heading.sections:
            lines += [f"### {_safe(section.title)}", ""] if section.title else []
            for block in section.blocks:
                lines += [*_block(block, names), ""]
    return "\n".join(lines).rstrip("\n") + "\n"


def _block(block: Block, names: dict[int, str]) -> Iterator[str]:
    match block:
        case Paragraph():
            yield _safe(block.text)
        case List():
            yield from (f"- {_safe(point)}" for point in block.points)
        case Picture():
            yield f"**{block.number}　{_safe(block.chart.title)}**"
            yield ""
            yield f"![{_safe(describe(block.chart))}](<{names[id(block)]}>)"
            yield from _notes(block.notes)
        case Numbered():
            yield f"**{block.number}　{_safe(block.table.title)}**"
            yield ""
            yield from _table(block.table)
            yield from _notes(block.table.notes)


def _table(table: Table) -> Iterator[str]:
    rule = [":--"] * table.words + ["--:"] * (len(table.headings) - table.words)
    for cells in (table.headings, rule, *table.rows):
        yield f"| {' | '.join(cells if cells is rule else map(_safe, cells))} |"


def _notes(notes: Sequence[str]) -> Iterator[str]:
    if notes:
        yield ""
        yield from (f"- {_safe(note)}" for note in notes)


def _safe(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))
