"""What the page of an indicator shows, as plain records."""

from __future__ import annotations

from dataclasses import dataclass

from sosei.checks.finding import Words
from sosei.plan.indicator import Role
from sosei.web.reading.difficult import Difficulty
from sosei.web.reading.element import Crumb
from sosei.web.reading.figures import Trend
from sosei.web.reading.readings import ReadingLine
from sosei.web.reading.remarks import (
    AsReadLine,
    DoubtLine,
    ErratumLine,
    FindingLine,
    NoteLine,
    OpinionLine,
)
from sosei.web.reading.rows import PlacementRow
from sosei.web.reading.tally import Tone
from sosei.web.reading.words import ROLES


@dataclass(frozen=True, slots=True)
class Link:
    """Another indicator; ``factor`` is its share in a formula (-1: taken away)."""

    key: str
    name: str
    factor: int = 1


@dataclass(frozen=True, slots=True)
class Related:
    """Indicators that hang together with this one, and how."""

    how: Words
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueLine:
    """A baseline or a target as printed, with its own year, span and source; why there is none."""

    name: Words
    text: str
    year: Words
    span: str
    source: str
    absence: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class UseYear:
    """A placement in one year.

    ``own``          the value printed at this place only, ``difference`` how it differs from the adopted one.
    ``rate_text``    as published, else as computed; ``again`` the computed one where they differ.
    ``grade``        the class shown, ``printed_grade`` the published one where that differs.
    ``no_rate``      why there is no rate.
    ``explanation``  the worked calculation (計算の根拠).
    """

    year: int
    name: Words
    own: str
    difference: Words
    tone: Tone
    rate_text: str
    again: str
    grade: str
    printed_grade: str
    reached: bool | None
    verdict: str
    no_rate: Words
    explanation: Words
    readings: tuple[ReadingLine, ...]
    difficulty: Difficulty


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """A place where the indicator is printed: the way to it, its values, its years (newest first)."""

    row: PlacementRow
    role: Role
    crumbs: tuple[Crumb, ...]
    values: tuple[ValueLine, ...]
    years: tuple[UseYear, ...]
    trend: Trend
    doubts: tuple[DoubtLine, ...]
    as_read: tuple[AsReadLine, ...]
    remark: str
    page: int | None

    @property
    def role_name(self) -> Words:
        """What the indicator is there."""
        return ROLES[self.role]


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierLine:
    """A value that was right when published and was later restated."""

    text: str
    published: Words
    reason: str


@dataclass(frozen=True, slots=True)
class OtherValue:
    """A value that one place prints instead of the adopted one: where, what, and how it differs."""

    place: str
    text: str
    difference: Words
    tone: Tone


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryRow:
    """The adopted value of a year: as printed, the number it counts as, how firm it is, where it is from.

    ``label`` is the printed year where it is not simply that fiscal year; rate and class are those of
    the indicator's main place.
    """

    key: str
    year: Words
    label: Words
    text: str
    number: str
    absence: Words
    status: Words
    rate_text: str
    grade: str
    source: str
    earlier: tuple[EarlierLine, ...]
    doubts: tuple[DoubtLine, ...]
    as_read: tuple[AsReadLine, ...]
    others: tuple[OtherValue, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorPage:
    """Everything the page of an indicator shows.

    ``direction_note`` says where an unstated direction was taken from; ``main`` is the use whose
    picture stands at the top, None where the indicator stands nowhere; ``history`` is oldest first;
    ``before`` and ``after`` are the neighbours in the plan's order that are used in the same role.
    """

    key: str
    name: str
    unit: str
    direction: Words
    direction_note: Words
    counting: Words
    counting_note: Words
    counting_period: str
    source: str
    published: Words
    definition: str
    formula: str
    related: tuple[Related, ...]
    divisions: tuple[str, ...]
    main: Use | None
    uses: tuple[Use, ...]
    history: tuple[HistoryRow, ...]
    notes: tuple[NoteLine, ...]
    opinions: tuple[OpinionLine, ...]
    errata: tuple[ErratumLine, ...]
    as_read: tuple[AsReadLine, ...]
    findings: tuple[FindingLine, ...]
    doubts: tuple[DoubtLine, ...]
    remark: str
    scheme: str
    before: Link | None
    after: Link | None

    @property
    def latest(self) -> UseYear | None:
        """The newest evaluation at the main place; None where nothing is evaluated there."""
        return next((year for year in self.main.years if year.explanation.ja), None) if self.main else None

    @property
    def has_own_findings(self) -> bool:
        """Whether some finding is about this indicator above all."""
        return any(not finding.is_wide for finding in self.findings)

    @property
    def has_wide_findings(self) -> bool:
        """Whether some finding speaks of many places at once."""
        return any(finding.is_wide for finding in self.findings)
