"""The chapter's Markdown with its pictures as one ZIP file."""

from __future__ import annotations

import io
import zipfile

from sosei.reports.population.chapter_content import Chapter
from sosei.reports.population.markdown import chapter_files

STEM = "population"
"""Plain letters, so that every site and program takes the names of the pictures."""
_MADE = (2000, 1, 1, 0, 0, 0)  # the same content gives the same bytes


def chapter_zip(chapter: Chapter) -> bytes:
    """``population.md`` and ``population-1.svg``, ``population-2.svg``, ... beside it."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in chapter_files(chapter, STEM).items():
            archive.writestr(zipfile.ZipInfo(name, _MADE), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()
