"""Which changes a reader of the printed plan can see, and which are bookkeeping.

The comparison for a council (新旧対照表) lists the former and counts the latter; the full list of
operations holds both.  Where it is open whether paper shows a field, it is listed: a row too many is
struck out by hand, a row too few is missed.
"""

from __future__ import annotations

from typing import Final

from sosei.plan import model, record
from sosei.plan.base import Node
from sosei.plan.indicator import Indicator, Observation, Placement, PrintedYear

# What every record has besides its key tells of the transcription, not of the plan: the page it was
# found on, the letters before they were cleaned, what the source leaves out, what we read into it,
# what we doubt, what the transcriber noticed.  None of it is set in type again.
_OF_THE_SOURCE: Final = frozenset(Node.model_fields)

# The document the record was taken from; the register of editions, which the head of a comparison names
# anyway; rules of the review that the plan does not want to hear.
_KINDS: Final = frozenset({record.Source, record.Edition, record.Waiver})

# Our reading of words that stand beside it in print, or a guide for programs.  What is printed is:
_FIELDS: Final = frozenset(
    {
        (model.Plan, "joint_readings"),  # the value chosen from the ways to read a group of cells
        (model.Element, "no"),  # label, the number as printed
        (Placement, "table"),  # the headings, which are fields of the table itself
        (record.Chapter, "missing"),  # nothing: figures that the transcription lost
        (record.ReportHead, "pages"),  # nothing: how long the source is
        (record.PopulationFact, "quantity"),  # text
        (record.PopulationFact, "indicator"),  # text
        (record.Verification, "counts_in_prose"),  # the sentences of a chapter
        (record.VerifiedStatement, "conditions"),  # text
        (record.VerifiedStatement, "reached"),  # verdict
        (PrintedYear, "difference"),  # actual
        (Indicator, "published_month"),  # nothing: when a division can be asked
        (Indicator, "lag_years"),  # nothing: the same
    }
)

# Records that documents put in an order of their own (by year, by place), whatever their order in the file.
_UNORDERED: Final = frozenset({Indicator, Observation, PrintedYear, model.Activity, model.Division})


def kind_in_print(kind: type[Node]) -> bool:
    """Whether records of this kind stand in the plan as printed."""
    return kind not in _KINDS


def field_in_print(kind: type[Node], field: str) -> bool:
    """Whether the field stands in the plan as printed."""
    return kind_in_print(kind) and field not in _OF_THE_SOURCE and (kind, field) not in _FIELDS


def order_in_print(kind: type[Node]) -> bool:
    """Whether the order of such records among their siblings is that of the print."""
    return kind_in_print(kind) and kind not in _UNORDERED
