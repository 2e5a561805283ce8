"""The ground floor: quantities and years as municipalities write them.

Nothing here imports anything but the standard library, and nothing here
knows a plan, a file format or a clock.
"""

from sosei.values.absence import Column
from sosei.values.bilingual import Words
from sosei.values.body import own_word
from sosei.values.brackets import inner_brackets
from sosei.values.eras import ERAS, Era, era_on
from sosei.values.folding import Folded, fold, same_text
from sosei.values.lgcode import is_lg_code
from sosei.values.problem import Problem, quoted
from sosei.values.quantity import Kind, PartRole, Per, Qualifier, Quantity, Reason
from sosei.values.reading import parse_quantity
from sosei.values.style import HouseStyle, format_number, format_quantity
from sosei.values.uncertain import CellReading, JointAlternatives, JointReading
from sosei.values.year_printing import both_text, era_text, western_text
from sosei.values.year_reading import parse_fiscal_year_option, parse_span, parse_when, parse_year_label
from sosei.values.years import Span, When, YearKind, YearLabel

__all__ = [
    "ERAS",
    "CellReading",
    "Column",
    "Era",
    "Folded",
    "HouseStyle",
    "JointAlternatives",
    "JointReading",
    "Kind",
    "PartRole",
    "Per",
    "Problem",
    "Qualifier",
    "Quantity",
    "Reason",
    "Span",
    "When",
    "Words",
    "YearKind",
    "YearLabel",
    "both_text",
    "era_on",
    "era_text",
    "fold",
    "format_number",
    "format_quantity",
    "inner_brackets",
    "is_lg_code",
    "own_word",
    "parse_fiscal_year_option",
    "parse_quantity",
    "parse_span",
    "parse_when",
    "parse_year_label",
    "quoted",
    "same_text",
    "western_text",
]
