"""What a reader needs to check a value and does not find: sources, years, divisions, names that say of what."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from sosei.checks.cells import TARGETED, called, folded, has_value, indicators_of, table_of, told
from sosei.checks.dossier import Dossier, Row
from sosei.checks.finding import Found, Place, Severity, Words
from sosei.checks.registry import rule
from sosei.plan.indicator import Value
from sosei.plan.model import ColumnField, LevelKind
from sosei.plan.record import Reference, Relation
from sosei.values.folding import compact

_GENERIC = re.compile(
    "(?:年間|延べ|のべ|累計|総|新規)*"
    "(?:参加|実施|開催|広報|登用|採用|利用|登録|相談|受講|来場|来館|入館|会員|届出|申請|交付|支援|整備|達成|進捗|加入|普及|受診|策定|"
    "情報提供|勧奨|締結|協定締結|応募|回答|閲覧|配布|発行|補助|助成|派遣|研修|訪問|面談|販売|契約|成立|KPI達成)?"
    "(?:者数|人数|件数|回数|企業数|団体数|事業者数|店舗数|数|率|額|人員)(?:累計)?"
)
_PER_PEOPLE = re.compile(
    "(?:人口|市民|町民|村民|区民|住民)(?:に占める|(?:1|一|千|万|[0-9]+万|[0-9]+)人(?:当|あ)たり)"
)
_EDITION = re.compile("第?[0-9一二三四五六七八九十]+(?:次|期|版|年)|改訂|改定|(?:令和|平成|20[0-9])[0-9元]")


@rule(
    "ABS09",
    Severity.INFO,
    title=Words("担当課のない施策・事業", "Measures and projects without a division"),
    why=Words(
        "誰が進め、誰が実績を報告するのかがわかりません。",
        "Nobody can tell who acts and who reports the values.",
    ),
    mend=Words("施策・事業ごとに担当課を書いてください。", "Print the division that answers for each."),
    case=Words("68の施策のどれにも担当課が書かれていない。", "None of 68 measures names its division."),
)
def no_division(dossier: Dossier) -> Iterator[Found]:
    """The lowest measures and projects for which no division answers; one finding for the plan."""
    acting = [
        placed
        for placed in dossier.of_kind(LevelKind.MEASURE, LevelKind.PROJECT)
        if not placed.element.children
    ]
    bare = [
        placed
        for placed in acting
        if not dossier.named(placed)
        and not any(activity.divisions for activity in placed.element.activities)
        and not any(row.indicator.divisions for row in dossier.rows_of_element.get(placed.element.key, ()))
    ]
    if bare:
        whole = len(bare) == len(acting)
        yield Found(
            Words(
                f"施策・事業{len(acting)}件の{'すべて' if whole else f'うち{len(bare)}件'}に担当課がありません。",
                f"{len(bare)} of {len(acting)} measures and projects name no division.",
            ),
            tuple(dossier.place(placed, "divisions", placed.element.name or placed.place) for placed in bare),
        )


@rule(
    "ABS10",
    Severity.INFO,
    title=Words("資料（出典）のない指標", "Indicators without a source"),
    why=Words(
        "出典がないと、値を確かめることも翌年同じ値を集めることもできません。",
        "Without a source a value can neither be checked nor collected again in the same way.",
    ),
    mend=Words(
        "指標ごとに資料名と集計の時期を書いてください。", "Print source and counting period for each."
    ),
    case=Words(
        "数値目標には資料があり、KPIには一つもない。", "The numeric targets have sources, the KPIs none."
    ),
)
def no_source(dossier: Dossier) -> Iterator[Found]:
    """数値目標 and KPIs for which neither record, cell nor table names a source."""
    groups = list(indicators_of(dossier, TARGETED))
    bare = [rows[0] for rows in groups if not _has_source(rows)]
    if not bare:
        return
    some = len(groups) - len(bare)
    message = (
        told(
            f"資料（出典）のある指標は{some}件、ない指標は{len(bare)}件です：{{}}。",
            f"{some} indicators have a source, {len(bare)} have none: {{}}.",
            [called(row.name) for row in bare],
        )
        if some
        else Words(
            f"KPI・数値目標{len(bare)}件のすべてに資料（出典）がありません。",
            f"None of the {len(bare)} KPIs and numeric targets has a source.",
        )
    )
    yield Found(message, tuple(row.place("name") for row in bare))


def _has_source(rows: Sequence[Row]) -> bool:
    indicator = rows[0].indicator
    if indicator.source or indicator.formula or any(o.source for o in indicator.observations):
        return True
    return any(_row_source(row) for row in rows)


def _row_source(row: Row) -> bool:
    table = table_of(row)
    values = (row.placement.baseline, row.placement.target)
    return bool(table and table.source) or any(value and value.source for value in values)


@rule(
    "ABS11",
    Severity.INFO,
    title=Words("いつの値かわからない基準値・目標値", "Baselines and targets without a year"),
    why=Words(
        "いつの値かがわからないと、何年分の変化かを言えません。",
        "Without the year nobody can tell over how many years a value changed.",
    ),
    mend=Words(
        "表の見出しか欄に、基準値と目標値の年度を書いてください。",
        "Print the years of baseline and target in the heading or the cell.",
    ),
    case=Words("見出しが「基準値」「目標値」だけで年度がない。", "The headings say no year."),
)
def no_year(dossier: Dossier) -> Iterator[Found]:
    """Baselines without a year, and targets too where the plan does not say when it ends."""
    hits = [
        (rows[0], cells) for rows in indicators_of(dossier, TARGETED) if (cells := _undated(dossier, rows[0]))
    ]
    counts = Counter(field for _, cells in hits for field in cells)
    ja = "と".join(
        f"{name}{counts[field]}件"
        for field, name in (("baseline", "基準値"), ("target", "目標値"))
        if counts[field]
    )
    en = " and ".join(f"{counts[field]} {field}s" for field in ("baseline", "target") if counts[field])
    if hits:
        yield Found(
            told(
                f"{ja}に、いつの値かが書かれていません：{{}}。",
                f"The year is not said of {en}: {{}}.",
                [called(row.name, "／".join(row.place(f).text for f in cells)) for row, cells in hits],
            ),
            tuple(row.place(field) for row, cells in hits for field in cells),
        )


def _undated(dossier: Dossier, row: Row) -> list[str]:
    """The fields of the row with a value whose year is not said; a plan's end says that of its targets."""
    cells = [("baseline", row.placement.baseline)]
    if dossier.plan.period is None:
        cells.append(("target", row.placement.target))
    return [
        field
        for field, value in cells
        if value is not None and has_value(value.quantity) and not _is_dated(row, field, value)
    ]


def _is_dated(row: Row, field: str, value: Value) -> bool:
    if (value.year and value.year.effective) or value.span or value.quantity.year:
        return True
    table = table_of(row)
    columns = [column for column in table.columns if column.field is ColumnField(field)] if table else []
    return any(column.year and column.year.effective for column in columns)


@rule(
    "ABS12",
    Severity.INFO,
    title=Words("何の数かわからない指標名", "Names that do not say of what"),
    why=Words(
        "名前だけでは、何について数えた値かが、読み手にも翌年の担当者にもわかりません。",
        "From the name alone neither a reader nor next year's officer knows what was counted.",
    ),
    mend=Words("何の数かを名前に入れてください。", "Say in the name what is counted."),
    case=Words(
        "事業名のない事業のKPIが「実施回数」「採用人数」。", "Nameless projects have KPIs like 実施回数."
    ),
)
def bare_names(dossier: Dossier) -> Iterator[Found]:
    """Generic names of one indicator each, where no name of a project says of what."""
    uses = Counter(
        name
        for rows in dossier.rows_of_indicator.values()
        for name in {compact(row.name) for row in rows if len(row.name) <= 16}
    )
    hits = [
        rows[0]
        for rows in dossier.rows_of_indicator.values()
        if all(_is_bare(row) and uses[compact(row.name)] == 1 for row in rows)
    ]
    if hits:
        yield Found(
            told(
                f"何の数かわからない指標名が{len(hits)}件あります：{{}}。",
                f"Names that do not say of what, {len(hits)} in all: {{}}.",
                [called(row.name, row.placed.place) for row in hits],
            ),
            tuple(row.place("name") for row in hits),
        )


def is_generic(name: str) -> bool:
    """Whether a folded name says a deed and a counter only: 参加者数, 相談件数."""
    return len(name) <= 16 and _GENERIC.fullmatch(name) is not None


def _is_bare(row: Row) -> bool:
    return len(row.name) <= 16 and is_generic(compact(row.name)) and not (row.is_project and row.element.name)


@rule(
    "ABS13",
    Severity.INFO,
    title=Words("分母の人口がわからない割合", "Shares of a population that is not named"),
    why=Words(
        "住民基本台帳か推計人口か、いつの時点かで割合が変わります。",
        "The share depends on which count of the population is used, and of which day.",
    ),
    mend=Words("分母にする人口とその時点を書いてください。", "Name the population and its date."),
    case=Words(
        "「人口に占める生涯学習受講者の割合」に人口の出典がない。", "Of which population is not said."
    ),
)
def no_denominator(dossier: Dossier) -> Iterator[Found]:
    """Shares of the population and values per head with neither definition nor source."""
    hits = [
        rows[0]
        for rows in indicators_of(dossier)
        if _PER_PEOPLE.search(folded(rows[0].name))
        and not rows[0].indicator.definition
        and not _has_source(rows)
    ]
    if hits:
        yield Found(
            told(
                f"分母の人口が書かれていない指標が{len(hits)}件あります：{{}}。",
                f"Indicators per population that do not say which, {len(hits)} in all: {{}}.",
                [called(row.name) for row in hits],
            ),
            tuple(row.place("name") for row in hits),
        )


@rule(
    "ABS14",
    Severity.INFO,
    title=Words("版も日付もない上位計画", "An upper plan without edition and date"),
    why=Words(
        "どの期の計画と整合しているのかがわかりません。",
        "A reader cannot tell with which edition the strategy agrees.",
    ),
    mend=Words(
        "上位計画の正式な名称と期・策定年を書いてください。", "Print its full name, edition and year."
    ),
    case=Words("上位計画が「総合計画」とだけ書かれている。", "The upper plan is called 総合計画 only."),
)
def undated_upper(dossier: Dossier) -> Iterator[Found]:
    """Upper plans that are named without edition, date or a number in the name."""
    hits = [
        reference
        for reference in dossier.plan.references
        if reference.relation is Relation.UPPER
        and reference.name
        and not reference.edition
        and reference.date is None
        and not _EDITION.search(folded(reference.name))
    ]
    if hits:
        yield Found(
            told(
                "上位計画の期（第何次か）も策定年も書かれていません：{}。",
                "The upper plan is named without edition and date: {}.",
                [called(reference.name) for reference in hits],
            ),
            tuple(_reference(reference) for reference in hits),
        )


def _reference(reference: Reference) -> Place:
    return Place(
        key=reference.key, field="name", text=reference.name, page=reference.page, path="関連する計画"
    )
