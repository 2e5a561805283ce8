"""The documents a worker makes: what each is called, who may read it, how it is made."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Self
from uuid import UUID

from sosei.checks.finding import Words
from sosei.formats.workbook import plan_workbook
from sosei.reports.documents import (
    Document,
    Told,
    comparison_document,
    kpi_list_document,
    progress_document,
    public_comment_document,
    review_document,
)
from sosei.values import Problem, When, YearKind, era_text
from sosei.web.comments.content import consultation, digest
from sosei.web.comments.models import PublicComment
from sosei.web.people.roles import Right
from sosei.web.plans.models import Plan
from sosei.web.plans.reasons import reasons_between
from sosei.web.plans.states import State
from sosei.web.workbooks.origins import mark_of_state
from sosei.web.workbooks.years import coming_years


class Shape(StrEnum):
    """The form and paper of a document's file."""

    PDF_A3 = "pdf-a3"
    PDF_A4 = "pdf-a4"
    XLSX = "xlsx"

    @property
    def form(self) -> str:
        """The file's ending."""
        return self.value.partition("-")[0]

    @property
    def paper(self) -> str:
        """The paper; a workbook's own page set-up asks for none."""
        return self.value.partition("-")[2] or "a4"

    @property
    def label(self) -> str:
        """As a button says it."""
        return {"pdf-a3": "PDF A3", "pdf-a4": "PDF A4", "xlsx": "Excel"}[self.value]


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What stands beside a plan and a document is made of: its row, its title, what stands for its content
    (another for other content), and whether readers see it.
    """

    pk: UUID
    title: str
    content: str
    is_public: bool

    def as_json(self) -> dict[str, Any]:
        """Plain data for a job's parameters."""
        return {"pk": str(self.pk), "title": self.title, "content": self.content, "is_public": self.is_public}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        """What ``as_json`` wrote."""
        return cls(**{**data, "pk": UUID(data["pk"])})


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What somebody wants: a kind of document, of which state, in which shape, for which fiscal year
    (None: the kind's own choice), against which older state, about what beside the plan.
    """

    kind: str
    state: State
    shape: Shape
    year: int | None = None
    old: State | None = None
    about: About | None = None

    @property
    def rights(self) -> tuple[Right, ...]:
        """What a reader of the result needs."""
        if self.about is not None:
            return (Right.READ_ADOPTED if self.about.is_public else Right.READ_DRAFT,)
        states = (self.state, *((self.old,) if self.old else ()))
        sees = Right.READ_DRAFT if any(state.is_draft for state in states) else Right.READ_ADOPTED
        return (sees, *KINDS[self.kind].rights)

    @property
    def title(self) -> Words:
        """事業進捗報告 令和6年度（第1版、PDF A3）."""
        kind, now = KINDS[self.kind].name, self._name
        years = Words(era_text(_fiscal(self.year)), f"FY{self.year}") if self.year else Words("", "")
        old = self.old.name if self.old else None
        return Words(
            f"{kind.ja}{f' {years.ja}' if self.year else ''}"
            f"（{f'{old.ja}→' if old else ''}{now.ja}、{self.shape.label}）",
            f"{kind.en}{f' {years.en}' if self.year else ''} "
            f"({f'{old.en} → ' if old else ''}{now.en}, {self.shape.label})",
        )

    @property
    def _name(self) -> Words:
        """What the document is of: the state of the plan, or what stands beside it."""
        return Words(self.about.title, self.about.title) if self.about else self.state.name

    def file_name(self, municipality: str) -> str:
        """人吉市_事業進捗報告_R6_第1版_A3.pdf."""
        year = era_text(_fiscal(self.year), short=True) if self.year else ""
        old = self.old.name.ja if self.old else ""
        paper = self.shape.paper.upper() if self.shape.form == "pdf" else ""
        parts = (municipality, KINDS[self.kind].name.ja, year, old, self._name.ja, paper)
        return "_".join(filter(None, parts)) + f".{self.shape.form}"

    def make(self, told: Told) -> Document:
        """The finished document; ``told`` is called when its content is there."""
        return KINDS[self.kind].make(self, told)

    def as_json(self) -> dict[str, Any]:
        """Plain data for a job's parameters."""
        return {
            "kind": self.kind,
            "state": self.state.as_json(),
            "shape": self.shape.value,
            "year": self.year,
            "old": self.old.as_json() if self.old else None,
            "about": self.about.as_json() if self.about else None,
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        """What ``as_json`` wrote."""
        return cls(
            kind=data["kind"],
            state=State.from_json(data["state"]),
            shape=Shape(data["shape"]),
            year=data["year"],
            old=State.from_json(data["old"]) if data["old"] else None,
            about=About.from_json(data["about"]) if data.get("about") else None,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of document.

    ``says``    what it holds, in a sentence.
    ``thinks``  what is done before the file is written.
    ``beside``  it is made of what stands beside the plan, and asked for on that one's page.
    ``yearly``  it is made for a fiscal year; ``needs_values`` and cannot be made without one.
    """

    name: Words
    says: Words
    thinks: Words
    shapes: tuple[Shape, ...]
    make: Callable[[Asked, Told], Document]
    rights: tuple[Right, ...] = ()
    yearly: bool = False
    needs_values: bool = False
    compares: bool = False
    beside: bool = False


def checked_shape(kind: str, shape: str, *, beside: bool = False) -> Shape:
    """The shape that a form names; raises Problem where there is no such document of the plan (``beside`` it)."""
    if kind not in KINDS or shape not in KINDS[kind].shapes or KINDS[kind].beside != beside:
        raise Problem(
            "そのような文書はありません。文書のページから選んでください",
            "there is no such document; choose one on the page of documents",
        )
    return Shape(shape)


def _fiscal(year: int) -> When:
    return When(year=year, kind=YearKind.FISCAL)


def _when(asked: Asked) -> When | None:
    return _fiscal(asked.year) if asked.year else None


def _progress(asked: Asked, told: Told) -> Document:
    return progress_document(asked.state.document(), _when(asked), asked.shape.form, asked.shape.paper, told)


def _kpi_list(asked: Asked, told: Told) -> Document:
    return kpi_list_document(asked.state.document(), _when(asked), asked.shape.form, asked.shape.paper, told)


def _review(asked: Asked, told: Told) -> Document:
    return review_document(asked.state.document(), _when(asked), asked.shape.form, asked.shape.paper, told)


def _comparison(asked: Asked, told: Told) -> Document:
    new, old = asked.state, asked.old
    assert old is not None  # noqa: S101  (the form asks for it)
    plan = Plan.objects.get(drafts=new.draft) if new.draft else Plan.objects.get(editions=new.edition)
    return comparison_document(
        old.document(),
        new.document(),
        asked.shape.form,
        asked.shape.paper,
        old_name=old.name.ja,
        new_name=new.name.ja,
        reasons=reasons_between(plan, old, new),
        told=told,
    )


def _public_comment(asked: Asked, told: Told) -> Document:
    about = asked.about
    assert about is not None  # noqa: S101  (its page gives it)
    content = consultation(PublicComment.objects.select_related("municipality", "plan").get(pk=about.pk))
    if digest(content) != about.content:
        raise Problem(
            "作成を頼んだあとに、意見か考え方が変わりました。もう一度作ってください",
            "an opinion or an answer changed after the document was asked for; make it again",
        )
    return public_comment_document(content, asked.shape.form, asked.shape.paper, told)


def _workbook(asked: Asked, told: Told) -> Document:
    document = asked.state.document()
    told()
    mark = mark_of_state(asked.state)
    return Document(data=plan_workbook(document, asked.state.name.ja, coming_years(document), mark))


_EVALUATES = Words("評価しています", "evaluating")
_ALL_SHAPES = (Shape.PDF_A3, Shape.PDF_A4, Shape.XLSX)

KINDS: Mapping[str, Kind] = {
    "progress": Kind(
        name=Words("事業進捗報告", "Progress report"),
        says=Words(
            "施策ごとのKPIと具体的な事業の一年分。公表・会議資料の様式",
            "KPIs and projects measure by measure for one year, in the official layout",
        ),
        thinks=_EVALUATES,
        shapes=_ALL_SHAPES,
        make=_progress,
        yearly=True,
        needs_values=True,
    ),
    "kpi-list": Kind(
        name=Words("KPI一覧", "List of KPIs"),
        says=Words(
            "数値目標とKPIの基準値・目標値・実績値・達成率を一覧に",
            "numeric targets and KPIs with baseline, target, values and rate",
        ),
        thinks=_EVALUATES,
        shapes=(Shape.PDF_A4, Shape.PDF_A3, Shape.XLSX),
        make=_kpi_list,
        yearly=True,
    ),
    "review": Kind(
        name=Words("点検結果", "Result of the review"),
        says=Words(
            "食い違い・欠け・表記のゆれを、担当課ごとに",
            "contradictions, gaps and slips, division by division",
        ),
        thinks=Words("点検しています", "reviewing"),
        shapes=(Shape.PDF_A4, Shape.XLSX),
        make=_review,
        rights=(Right.READ_FINDINGS,),
        yearly=True,
    ),
    "comparison": Kind(
        name=Words("新旧対照表", "Comparison of editions"),
        says=Words(
            "二つの版の違いを、旧・新・理由の表に",
            "what differs between two editions: old, new, reason",
        ),
        thinks=Words("比べています", "comparing"),
        shapes=(Shape.PDF_A4, Shape.PDF_A3, Shape.XLSX),
        make=_comparison,
        compares=True,
    ),
    "public-comment": Kind(
        name=Words("意見募集の結果", "Result of the public comment"),
        says=Words(
            "意見の概要と考え方、修正の有無を表に",
            "opinions, answers, and whether the draft was changed",
        ),
        thinks=Words("意見を並べています", "putting the opinions in order"),
        shapes=(Shape.PDF_A4, Shape.XLSX),
        make=_public_comment,
        beside=True,
    ),
    "workbook": Kind(
        name=Words("計画のブック", "Workbook of the plan"),
        says=Words(
            "計画の全体を一冊に。Excelで直して、下書きに読み込める",
            "the whole plan in one workbook, to be changed in Excel and read into the draft",
        ),
        thinks=Words("表にしています", "setting the tables"),
        shapes=(Shape.XLSX,),
        make=_workbook,
    ),
}
