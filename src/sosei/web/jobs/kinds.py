"""The documents a worker makes: what each is called, who may read it, how it is made."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Self

from sosei.checks.finding import Words
from sosei.formats.workbook import plan_workbook
from sosei.reports.documents import (
    Document,
    Told,
    comparison_document,
    kpi_list_document,
    population_chapter_document,
    population_tables_document,
    progress_document,
    public_comment_document,
    review_document,
)
from sosei.values import Problem, When, YearKind, era_text
from sosei.web.comments.content import CommentState
from sosei.web.jobs.subject import Subject
from sosei.web.people.roles import Right
from sosei.web.plans.models import Plan
from sosei.web.plans.reasons import reasons_between
from sosei.web.plans.states import State
from sosei.web.population.state import PopulationState
from sosei.web.workbooks.origins import mark_of_state
from sosei.web.workbooks.years import coming_years


class Shape(StrEnum):
    """The form and paper of a document's file."""

    PDF_A3 = "pdf-a3"
    PDF_A4 = "pdf-a4"
    XLSX = "xlsx"
    ZIP = "zip"

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
        return {"pdf-a3": "PDF A3", "pdf-a4": "PDF A4", "xlsx": "Excel", "zip": "Markdown ZIP"}[self.value]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What somebody wants: a kind of document, of what, in which shape; of a plan also for which fiscal year
    (None: the kind's own choice), and against which older state.
    """

    kind: str
    of: Subject
    shape: Shape
    year: int | None = None
    old: State | None = None

    @property
    def rights(self) -> tuple[Right, ...]:
        """What a reader of the result needs."""
        needed = (*self.of.rights, *(self.old.rights if self.old else ()), *KINDS[self.kind].rights)
        return tuple(dict.fromkeys(needed))

    @property
    def title(self) -> Words:
        """事業進捗報告 令和6年度（第1版、PDF A3）."""
        kind, now = KINDS[self.kind].name, self.of.name
        years = Words(era_text(_fiscal(self.year)), f"FY{self.year}") if self.year else Words("", "")
        old = self.old.name if self.old else None
        return Words(
            f"{kind.ja}{f' {years.ja}' if self.year else ''}"
            f"（{f'{old.ja}→' if old else ''}{now.ja}、{self.shape.label}）",
            f"{kind.en}{f' {years.en}' if self.year else ''} "
            f"({f'{old.en} → ' if old else ''}{now.en}, {self.shape.label})",
        )

    def file_name(self, municipality: str) -> str:
        """人吉市_事業進捗報告_R6_第1版_A3.pdf; the paper stands in it where there is another to choose."""
        kind = KINDS[self.kind]
        year = era_text(_fiscal(self.year), short=True) if self.year else ""
        old = self.old.name.ja if self.old else ""
        papers = sum(shape.form == self.shape.form for shape in kind.shapes)
        paper = self.shape.paper.upper() if papers > 1 else ""
        parts = (municipality, kind.name.ja, year, old, self.of.name.ja, paper)
        return "_".join(filter(None, parts)) + f".{self.shape.form}"

    @property
    def fields(self) -> tuple[tuple[str, str], ...]:
        """What the form on the subject's desk sends to ask for the same again."""
        more = (("year", str(self.year) if self.year else ""), ("old", self.old.version if self.old else ""))
        document = ("document", f"{self.kind}/{self.shape}")
        return (*self.of.desk.fields, *(each for each in more if each[1]), document)

    def make(self, told: Told) -> Document:
        """The finished document; ``told`` is called when its content is there."""
        return KINDS[self.kind].make(self, told)

    def as_json(self) -> dict[str, Any]:
        """Plain data for a job's parameters."""
        return {
            "kind": self.kind,
            "of": self.of.as_json(),
            "shape": self.shape.value,
            "year": self.year,
            "old": self.old.as_json() if self.old else None,
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        """What ``as_json`` wrote."""
        return cls(
            kind=data["kind"],
            of=KINDS[data["kind"]].of.from_json(data["of"]),
            shape=Shape(data["shape"]),
            year=data["year"],
            old=State.from_json(data["old"]) if data["old"] else None,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of document.

    ``says``    what it holds, in a sentence.
    ``thinks``  what is done before the file is written.
    ``of``      what it is made of, and so on which page it is asked for.
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
    of: type[Subject] = State


def checked_shape(kind: str, shape: str, of: type[Subject] = State) -> Shape:
    """The shape that a form names; raises Problem where there is no such document of what the form is about."""
    if kind not in KINDS or shape not in KINDS[kind].shapes or KINDS[kind].of is not of:
        raise Problem(
            "そのような文書はありません。文書のページから選んでください",
            "there is no such document; choose one on the page of documents",
        )
    return Shape(shape)


def _fiscal(year: int) -> When:
    return When(year=year, kind=YearKind.FISCAL)


def _when(asked: Asked) -> When | None:
    return _fiscal(asked.year) if asked.year else None


def _state(asked: Asked) -> State:
    assert isinstance(asked.of, State)  # noqa: S101  (the kind says so)
    return asked.of


def _progress(asked: Asked, told: Told) -> Document:
    return progress_document(asked.of.document(), _when(asked), asked.shape.form, asked.shape.paper, told)


def _kpi_list(asked: Asked, told: Told) -> Document:
    return kpi_list_document(asked.of.document(), _when(asked), asked.shape.form, asked.shape.paper, told)


def _review(asked: Asked, told: Told) -> Document:
    return review_document(asked.of.document(), _when(asked), asked.shape.form, asked.shape.paper, told)


def _comparison(asked: Asked, told: Told) -> Document:
    new, old = _state(asked), asked.old
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
    return public_comment_document(asked.of.document(), asked.shape.form, asked.shape.paper, told)


def _population_chapter(asked: Asked, told: Told) -> Document:
    outlook, goal = asked.of.document()
    return population_chapter_document(outlook, goal, told, form=asked.shape.form)


def _population_tables(asked: Asked, told: Told) -> Document:
    outlook, goal = asked.of.document()
    return population_tables_document(outlook, goal, told)


def _workbook(asked: Asked, told: Told) -> Document:
    document = asked.of.document()
    told()
    mark = mark_of_state(_state(asked))
    return Document(data=plan_workbook(document, asked.of.name.ja, coming_years(document), mark))


_EVALUATES = Words("評価しています", "evaluating")
_PROJECTS = Words("推計しています", "projecting")
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
        of=CommentState,
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
    "population-chapter": Kind(
        name=Words("人口の現状と将来推計", "Population: history and projection"),
        says=Words(
            "総合戦略や人口ビジョンに載せる章。推移、推計、シナリオの比較、目標人口に必要な量、出典を、図と表で",
            "a chapter for the strategy: history, projection, scenarios, what a target needs, sources; in Japanese",
        ),
        thinks=_PROJECTS,
        shapes=(Shape.PDF_A4, Shape.ZIP),
        make=_population_chapter,
        of=PopulationState,
    ),
    "population-tables": Kind(
        name=Words("人口の表", "Tables of the population"),
        says=Words(
            "シナリオの比較、年齢3区分、増減の内訳、目標人口に必要な量を、一枚ずつのシートに",
            "scenarios, age groups, components of change, what a target needs: a sheet each; in Japanese",
        ),
        thinks=_PROJECTS,
        shapes=(Shape.XLSX,),
        make=_population_tables,
        of=PopulationState,
    ),
}
