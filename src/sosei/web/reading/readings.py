"""Other ways to read a row's figures, as lines beside its rate."""

from __future__ import annotations

from dataclasses import dataclass

from sosei.checks.finding import Words
from sosei.scheme.readings import Reading
from sosei.scheme.result import Result
from sosei.web.reading.words import READINGS


@dataclass(frozen=True, slots=True)
class ReadingLine:
    """A reading: its name, its figure as printed (- where there is none), the sum or the reason in words."""

    kind: str
    name: Words
    text: str
    sentence: Words

    @property
    def has_value(self) -> bool:
        """Whether the reading gives a figure."""
        return self.text != "-"


def all_readings(result: Result) -> tuple[ReadingLine, ...]:
    """Every reading of a result, those without a value with their reason."""
    return tuple(_line(reading) for reading in result.readings())


def other_readings(result: Result) -> tuple[ReadingLine, ...]:
    """The readings that say something the rate does not.

    Where target and actual cover different spans, progress and pace would mislead and are left out.
    """
    readings = [each for each in result.readings() if each.rate is not None and each.kind != "part"]
    if any(each.kind == "period_adjusted" for each in readings):
        readings = [each for each in readings if each.kind not in ("progress", "pace")]
    return tuple(_line(each) for each in readings if each.ratio != result.ratio)


def _line(reading: Reading) -> ReadingLine:
    return ReadingLine(reading.kind, READINGS[reading.kind], reading.text, Words(reading.ja, reading.en))
