"""The parts of a plan beside the tree: verification, population, references, chapters, notes, opinions."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field, field_validator

from sosei.plan.base import Key, Model, Node, Prose
from sosei.plan.indicator import Direction
from sosei.values import Problem, Quantity, Span, When, YearLabel, is_lg_code


class Anchor(Model):
    """Where a note is hung: a record, its field and, inside a text, the character offset after the word."""

    at: Key
    field: str
    offset: int | None = Field(default=None, ge=0)


class NoteKind(StrEnum):
    """A note explains a term (用語注) or one value (値の注)."""

    TERM = "term"
    VALUE = "value"


class Note(Node):
    """A note (注) with its mark as printed and the places it is hung on."""

    kind: NoteKind
    mark: str = ""
    term: str = ""
    text: Prose
    anchors: tuple[Anchor, ...] = ()


class Relation(StrEnum):
    """What another document is to the plan."""

    BASIS = "basis"  # 根拠
    UPPER = "upper"  # 上位計画
    CONSIDERED = "considered"  # 勘案
    PREMISE = "premise"  # 踏まえ
    BACKGROUND = "background"  # 経緯
    MENTIONED = "mentioned"  # named in a measure or a note


class Reference(Node):
    """Another law, plan or strategy that the plan names, in the edition it names."""

    name: str
    level: str = ""
    relation: Relation
    role: str = ""
    edition: str = ""
    date: YearLabel | None = None


class Chapter(Node):
    """A chapter or section (章・節); ``missing`` names figures the source had and this record has not."""

    no: str = ""
    title: str
    paragraphs: tuple[Prose, ...] = ()
    missing: tuple[str, ...] = ()
    sections: tuple[Chapter, ...] = ()


class ContentsLine(Model):
    """A line of the printed table of contents (目次), as read and clean."""

    title: str
    level: int = Field(ge=1)
    page: int | None = None
    as_read: str = ""
    remark: str = ""


class Condition(Model):
    """One condition inside a verified statement (転入者数50人増加)."""

    subject: str
    quantity: Quantity
    direction: Direction = Direction.UNDECIDED
    deadline: YearLabel | None = None
    span: Span | None = None
    remark: str = ""


class VerifiedStatement(Node):
    """A numeric target of the closed period, its conditions and the one verdict printed for all of them."""

    text: str
    conditions: tuple[Condition, ...] = ()
    verdict: str
    reached: bool | None = None


class ReachedCount(Model):
    """Counts printed without the rows behind them (4項目/11項目, 36.3%)."""

    text: str
    reached: int = Field(ge=0)
    total: int = Field(ge=0)
    rate: Quantity | None = None


class VerifiedGoal(Node):
    """One goal of the closed period in its verification."""

    label: str
    name: str
    statements: tuple[VerifiedStatement, ...] = ()
    kpi: ReachedCount | None = None


class CountInProse(Model):
    """A count that the text states (KPIを26項目)."""

    text: str
    what: str
    count: int


class Verification(Node):
    """The closing verification of a period (検証): verdicts, counts, causes in words."""

    plan: str
    goals: tuple[VerifiedGoal, ...] = ()
    counts_in_prose: tuple[CountInProse, ...] = ()
    causes_text: Prose | None = None
    causes: tuple[Prose, ...] = ()


class PopulationFact(Node):
    """One statement on the population, with or without a number: statistic, date, source."""

    what: str
    text: str
    quantity: Quantity | None = None
    as_of: YearLabel
    source: str = ""
    kind: str = ""
    indicator: Key | None = None


class ProjectedPoint(Model):
    """A projected population for a year; no quantity where only the year is known."""

    year: YearLabel
    quantity: Quantity | None = None


class Projection(Node):
    """A population projection as printed in the plan."""

    method: str
    basis: str = ""
    first: YearLabel
    last: YearLabel
    step_years: int = Field(ge=1)
    points: tuple[ProjectedPoint, ...] = ()
    paragraphs: tuple[Prose, ...] = ()


class CycleStep(Model):
    """A step of the PDCA cycle as the plan names it."""

    step: str
    text: str


class Council(Node):
    """The council that verifies (検証会議) and the cycle it stands in."""

    name: str
    members: str = ""
    groups: tuple[str, ...] = ()
    open_ended: bool = False
    abbreviation: str = ""
    subject: str = ""
    cycle: tuple[CycleStep, ...] = ()


class Opinion(Node):
    """An opinion (意見) of a council member or a resident, and the answer to it."""

    year: YearLabel | None = None
    about: Key | None = None
    by: str = ""
    text: Prose
    answer: Prose | None = None
    action: str = ""


class Erratum(Node):
    """What was wrong when printed (正誤): where, what it said, what is right, when it was corrected."""

    about: Key
    field: str
    printed: str
    right: str
    corrected: YearLabel | None = None
    note: str = ""


class Waiver(Node):
    """A rule of the review that this plan does not want to hear, and why (点検の除外).

    ``code`` is a rule's code or the beginning of several; with ``at`` only findings at that record
    are kept back.  The reason is compulsory and stays in the plan.
    """

    code: str = Field(pattern=r"^[A-Z]{3}[0-9]{0,2}$")
    reason: str
    at: Key | None = None
    by: str = ""
    date: YearLabel | None = None

    @field_validator("reason")
    @classmethod
    def _says_why(cls, reason: str) -> str:
        if not reason.strip():
            raise Problem(
                "点検の規則を外す理由（reason）がありません。なぜ外すかを書いてください",
                "a waiver has no reason; say why the rule is switched off",
            )
        return reason


class Edition(Node):
    """An adopted state of the plan (版) and why it was made."""

    no: int = Field(ge=1)
    title: str = ""
    adopted: YearLabel | None = None
    reason: str = ""


class Predecessor(Node):
    """The plan of an earlier period (前期の戦略)."""

    no: int = Field(ge=1)
    title: str
    period: Span
    adopted: YearLabel | None = None


class Source(Node):
    """A document this record was taken from, and what of it is a summary."""

    title: str
    publisher: str = ""
    date: YearLabel | None = None
    sha256: str = ""
    statement: str = ""


class ReportHead(Node):
    """The head of a yearly report (事業進捗報告): title, label, pages, headings of its tables."""

    title: str
    label: str = ""
    year: YearLabel
    pages: int | None = Field(default=None, ge=1)
    years: tuple[YearLabel, ...] = ()


class Municipality(Model):
    """The municipality, with its 団体コード of six digits (check digit verified)."""

    code: str
    name: str
    prefecture: str = ""

    @field_validator("code")
    @classmethod
    def _check_digit(cls, code: str) -> str:
        if not is_lg_code(code):
            raise Problem(
                f"団体コード「{code}」が正しくありません（6桁の数字で、最後の1桁は検査数字です）",
                f'"{code}" is no municipality code (six digits, the last a check digit)',
            )
        return code


class Contact(Model):
    """Whom a reader may ask."""

    division: str = ""
    postal: str = ""
    address: str = ""
    lines: str = ""


class PlanPeriod(Model):
    """The years in which the plan is in force, both included, with the words of the source."""

    text: str
    first: When
    last: When
    years_text: str = ""
