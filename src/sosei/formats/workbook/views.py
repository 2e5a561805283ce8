"""The sheets of the workbook: which records stand in each, in which columns, in which form."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from sosei.formats.workbook.forms import (
    Choice,
    Divisions,
    Figure,
    Form,
    Moment,
    Paragraphs,
    Passage,
    Range,
    Whole,
    Year,
    YesNo,
)
from sosei.plan import model, record
from sosei.plan.base import Node
from sosei.plan.indicator import (
    Counting,
    Difference,
    Direction,
    Indicator,
    Observation,
    Placement,
    PrintedYear,
    Role,
    Status,
)
from sosei.values import Column

KEY: Final = "キー"
"""The heading of the hidden first column; behind it stand the sheet's name and the plan's key."""

ORIGIN: Final = "書き出した時の名称"
"""The heading of the hidden last column: what the row was called when the workbook was written, in parts.

Behind it stand the columns that the parts come from."""

BETWEEN_PARTS: Final = "｜"

REMOVE: Final = "削除"
"""The word that takes a row's record out of the plan."""

INTRODUCTION: Final = "説明"
BASICS: Final = "基本事項"
TREE: Final = "体系"
PLACEMENTS: Final = "指標・KPI"
ACTIVITIES: Final = "事業・取組"
SAMPLE: Final = "記入例"
LISTS: Final = "選択肢"


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a record in a column: where it stands in the record, its form, the column's width in points."""

    path: str
    form: Form
    width: float
    required: bool = False


@dataclass(frozen=True, slots=True)
class RecordSheet:
    """A sheet of plain records: a row each, a column a field.

    ``fields`` are by heading.  ``names`` are the headings that say which record it is.  ``above`` is the
    heading of the column that names the record it stands in, with that record's kind, where it stands in one.
    ``also`` gives more words for a heading.
    """

    name: str
    kind: type[Node]
    collection: str
    fields: Mapping[str, Field]
    names: tuple[str, ...]
    above: tuple[str, type[Node], str] | None = None
    also: Mapping[str, str] | None = None


LINE = Form()
PROSE = Passage()
LABEL = Year()
DIVISIONS = Divisions()

TREE_FIELDS: Final[Mapping[str, Field]] = {
    "no": Field("no", Whole(), 45),
    "label": Field("label", LINE, 80),
    "element": Field("name", LINE, 250),
    "divisions": Field("divisions", DIVISIONS, 120),
    "description": Field("description", PROSE, 380),
}
PLACEMENT_FIELDS: Final[Mapping[str, Field]] = {
    "role": Field("role", Choice(Role), 65),
    "name": Field("name", LINE, 190, required=True),
    "name_suffix": Field("name_suffix", LINE, 90),
    "baseline": Field("baseline.quantity", Figure(Column.BASELINE), 75),
    "baseline_year": Field("baseline.year", LABEL, 60),
    "baseline_source": Field("baseline.source", LINE, 90),
    "target": Field("target.quantity", Figure(Column.TARGET), 75),
    "target_year": Field("target.year", LABEL, 60),
    "target_source": Field("target.source", LINE, 90),
}
INDICATOR_FIELDS: Final[Mapping[str, Field]] = {
    "registry": Field("name", LINE, 150),
    "unit": Field("unit", LINE, 50),
    "direction": Field("direction", Choice(Direction), 80),
    "counting": Field("counting", Choice(Counting), 85),
    "divisions": Field("divisions", DIVISIONS, 90),
    "source": Field("source", LINE, 110),
    "counting_period": Field("counting_period", LINE, 100),
    "definition": Field("definition", LINE, 130),
    "published_month": Field("published_month", Whole(1, 12), 40),
    "lag_years": Field("lag_years", Whole(0, 99), 50),
}
YEARLY_FIELDS: Final[Mapping[str, tuple[type[Node], Field]]] = {
    "target": (Placement, Field("path", Figure(Column.TARGET), 65)),
    "actual": (Observation, Field("quantity", Figure(Column.ACTUAL), 70)),
    "status": (Observation, Field("status", Choice(Status), 50)),
    "own": (PrintedYear, Field("actual", Figure(Column.ACTUAL), 70)),
    "difference": (PrintedYear, Field("difference", Choice(Difference), 75)),
    "rate": (PrintedYear, Field("rate", Figure(Column.RATE), 60)),
    "grade": (PrintedYear, Field("grade", LINE, 55)),
}
ACTIVITY_FIELDS: Final[Mapping[str, Field]] = {
    "year": Field("year", Year(must=True), 70, required=True),
    "done": Field("done", PROSE, 260),
    "evaluation": Field("evaluation", PROSE, 260),
    "issues": Field("issues", PROSE, 120),
    "next": Field("next", PROSE, 120),
    "budget": Field("budget", Figure(None), 75),
    "settlement": Field("settlement", Figure(None), 75),
    "divisions": Field("divisions", DIVISIONS, 90),
}
BASIC_FIELDS: Final[Mapping[str, Field]] = {
    "題名": Field("title", LINE, 0),
    "キャッチフレーズ": Field("catchphrase", LINE, 0),
    "第何期": Field("no", Whole(1), 0),
    "計画期間": Field("period.text", LINE, 0),
    "計画期間の初めの年度": Field("period.first", Moment(), 0),
    "計画期間の終わりの年度": Field("period.last", Moment(), 0),
    "計画期間の年数の表記": Field("period.years_text", LINE, 0),
    "策定": Field("adopted", LABEL, 0),
    "奥付": Field("colophon", LINE, 0),
    "問い合わせ先の課": Field("contact.division", LINE, 0),
    "問い合わせ先の郵便番号": Field("contact.postal", LINE, 0),
    "問い合わせ先の住所": Field("contact.address", LINE, 0),
    "問い合わせ先の電話など": Field("contact.lines", LINE, 0),
}
LEVEL_ROW: Final = "階層"
"""What begins the label of a row of the basics that names a level (階層1)."""

RECORD_SHEETS: Final[tuple[RecordSheet, ...]] = (
    RecordSheet(
        "章・本文",
        record.Chapter,
        "chapters",
        {
            "番号": Field("no", LINE, 60),
            "題名": Field("title", LINE, 220, required=True),
            "本文": Field("paragraphs", Paragraphs(), 620),
        },
        ("番号", "題名"),
        ("上の章", record.Chapter, "sections"),
        {"題名": "章 節 見出し 名称", "本文": "文章"},
    ),
    RecordSheet(
        "関係計画",
        record.Reference,
        "references",
        {
            "名称": Field("name", LINE, 300, required=True),
            "国・県・市など": Field("level", LINE, 110),
            "関係": Field("relation", Choice(record.Relation), 80, required=True),
            "位置付け": Field("role", LINE, 200),
            "版": Field("edition", LINE, 120),
            "日付": Field("date", LABEL, 180),
        },
        ("名称",),
        None,
        {"名称": "計画名 法令・計画 関係する法令・計画", "日付": "策定 策定年月"},
    ),
    RecordSheet(
        "前期の計画",
        record.Predecessor,
        "predecessors",
        {
            "期": Field("no", Whole(1), 45, required=True),
            "題名": Field("title", LINE, 330, required=True),
            "計画期間": Field("period", Range(), 380, required=True),
            "策定": Field("adopted", LABEL, 180),
        },
        ("題名",),
    ),
    RecordSheet(
        "前期の検証",
        record.Verification,
        "verifications",
        {
            "検証した計画": Field("plan", LINE, 300, required=True),
            "要因の文章": Field("causes_text", PROSE, 450),
            "要因": Field("causes", Paragraphs(), 330),
        },
        ("検証した計画",),
    ),
    RecordSheet(
        "検証した目標",
        record.VerifiedGoal,
        "goals",
        {
            "番号の表記": Field("label", LINE, 110, required=True),
            "名称": Field("name", LINE, 400, required=True),
        },
        ("番号の表記", "名称"),
        ("検証した計画", record.Verification, "goals"),
    ),
    RecordSheet(
        "検証した数値目標",
        record.VerifiedStatement,
        "statements",
        {
            "数値目標": Field("text", LINE, 480, required=True),
            "判定": Field("verdict", LINE, 90, required=True),
            "達成": Field("reached", YesNo(), 60),
        },
        ("数値目標",),
        ("検証した目標", record.VerifiedGoal, "statements"),
        {"数値目標": "文章"},
    ),
    RecordSheet(
        "人口",
        record.PopulationFact,
        "population",
        {
            "内容": Field("what", LINE, 260, required=True),
            "文章": Field("text", LINE, 150, required=True),
            "値": Field("quantity", Figure(None), 110),
            "時点": Field("as_of", LABEL, 160, required=True),
            "資料": Field("source", LINE, 260),
            "種類": Field("kind", LINE, 90),
        },
        ("内容", "文章", "時点"),
        None,
        {"内容": "項目 名称", "資料": "出典"},
    ),
    RecordSheet(
        "注",
        record.Note,
        "notes",
        {
            "印": Field("mark", LINE, 60),
            "種類": Field("kind", Choice(record.NoteKind), 80, required=True),
            "用語": Field("term", LINE, 200),
            "説明": Field("text", PROSE, 640, required=True),
        },
        ("用語", "印"),
        None,
        {"印": "注の印", "説明": "文章"},
    ),
    RecordSheet(
        "担当課",
        model.Division,
        "divisions",
        {"名称": Field("name", LINE, 300, required=True)},
        ("名称",),
        None,
        {"名称": "担当課 課名"},
    ),
)
SHEET_NAMES: Final = (BASICS, TREE, PLACEMENTS, ACTIVITIES, *(sheet.name for sheet in RECORD_SHEETS))


def held_fields() -> Iterator[tuple[type[Node], str]]:
    """Every field that some sheet holds (``baseline.year`` for one inside another)."""
    for kind, fields in (
        (model.Plan, BASIC_FIELDS),
        (model.Element, TREE_FIELDS),
        (Placement, PLACEMENT_FIELDS),
        (Indicator, INDICATOR_FIELDS),
        (model.Activity, ACTIVITY_FIELDS),
    ):
        yield from ((kind, field.path) for field in fields.values())
    yield from ((kind, field.path) for kind, field in YEARLY_FIELDS.values())
    for sheet in RECORD_SHEETS:
        yield from ((sheet.kind, field.path) for field in sheet.fields.values())
    yield from _BY_PLACE


# What is said by where a row stands, by the columns for levels or by the year of a column.
_BY_PLACE: Final = (
    (model.Plan, "levels"),
    (model.Element, "level"),
    (Placement, "indicator"),
    (Placement, "path.quantity"),
    (Placement, "path.year"),
    (Observation, "year"),
    (PrintedYear, "year"),
)
