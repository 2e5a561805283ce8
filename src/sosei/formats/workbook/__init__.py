"""The whole plan as one Excel workbook, and back."""

from sosei.formats.workbook.block import choices, code_of, guess_columns, headings_in, meaning_of, read_block
from sosei.formats.workbook.headings import Meaning, meaning_label
from sosei.formats.workbook.incoming import CellError, Incoming, KeyFor, random_keys, seeded_keys
from sosei.formats.workbook.reading import mark_of, read_workbook
from sosei.formats.workbook.writing import empty_workbook, plan_workbook

__all__ = [
    "CellError",
    "Incoming",
    "KeyFor",
    "Meaning",
    "choices",
    "code_of",
    "empty_workbook",
    "guess_columns",
    "headings_in",
    "mark_of",
    "meaning_label",
    "meaning_of",
    "plan_workbook",
    "random_keys",
    "read_block",
    "read_workbook",
    "seeded_keys",
]
