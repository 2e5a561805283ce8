"""What a table should have and has not: targets, baselines, KPIs, 数値目標, names, reports."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from sosei.checks.cells import TARGETED, below, called, has_value, indicators_of, reason_of, told
from sosei.checks.dossier import Dossier, Row
from sosei.checks.finding import Found, Place, Severity, Words
from sosei.checks.registry import rule
from sosei.checks.say import short
from sosei.plan.indicator import Role
from sosei.plan.model import Element, LevelKind
from sosei.plan.walk import Placed
from sosei.values import Kind, Reason
from sosei.values.folding import compact

_ENDED = re.compile(
    "(?:年度?(?:末|で|に|を?もって)?|\\()(?:事業)?(?:終了|廃止|完了|休止)(?:済み?|しました|した)?\\)?$"
)


@rule(
    "ABS01",
    Severity.WARNING,
    title=Words("目標値のないKPI・数値目標", "KPIs without a target"),
    why=Words("目標値がなければ、達成したかどうかを言えません。", "Without a target nothing can be reached."),
    mend=Words(
        "目標値を定めるか、目標を置かない理由を書いてください。", "Set a target, or say why there is none."
    ),
    case=Words("KPIの表で目標値の欄だけが「―」。", "In a table of KPIs one target cell holds a dash."),
)
def no_target(dossier: Dossier) -> Iterator[Found]:
    """数値目標 and KPIs that have a target at none of their places."""
    rows = [rows[0] for rows in indicators_of(dossier, TARGETED) if not any(map(_has_target, rows))]
    if rows:
        yield Found(
            told(
                f"目標値のないKPI・数値目標が{len(rows)}件あります：{{}}。",
                f"KPIs without a target, {len(rows)} in all: {{}}.",
                [called(row.name) for row in rows],
            ),
            tuple(row.place("target") for row in rows),
        )


def _has_target(row: Row) -> bool:
    return has_value(row.target) or bool(row.placement.path) or reason_of(row.target) is Reason.ENDED


@rule(
    "ABS02",
    Severity.WARNING,
    title=Words("KPIのない施策", "Measures without a KPI"),
    why=Words(
        "KPIのない施策は、毎年の検証で進み具合を確かめられません。",
        "A measure without a KPI cannot be verified year by year.",
    ),
    mend=Words(
        "施策ごとに客観的な指標を置くか、どの指標で測るかを書いてください。",
        "Give each measure a KPI, or say which one measures it.",
    ),
    case=Words("68の施策のうち33にKPIがない。", "33 of 68 measures have no KPI."),
)
def measures_without_kpi(dossier: Dossier) -> Iterator[Found]:
    """Measures with no indicator in them, below them or at a direction above, where others have one."""
    measures = list(dossier.of_kind(LevelKind.MEASURE))
    bare = [placed for placed in measures if not _is_measured(dossier, placed)]
    if not bare or len(bare) == len(measures):
        return
    counts: dict[str, list[int]] = {}
    for placed in measures:
        counts.setdefault(placed.path[0].key, [0, 0])[1] += 1
    for placed in bare:
        counts[placed.path[0].key][0] += 1
    tops = {placed.path[0].key: placed.path[0] for placed in measures}
    shares = [
        Words(
            f"{short(tops[key].label or tops[key].name)}は{total}件のうち{without}件",
            f"{without} of {total} at {short(tops[key].label or tops[key].name)}",
        )
        for key, (without, total) in counts.items()
        if without
    ]
    yield Found(
        told(
            f"施策{len(measures)}件のうち{len(bare)}件にKPIがありません（{{}}）。",
            f"{len(bare)} of {len(measures)} measures have no KPI ({{}}).",
            shares,
        ),
        tuple(_named(dossier, placed) for placed in bare),
    )


def _is_measured(dossier: Dossier, placed: Placed) -> bool:
    above = (e for e in placed.path[:-1] if dossier.kind(e) is not LevelKind.GOAL)
    return any(e.placements for e in above) or any(e.placements for e in below(placed.element))


def _named(dossier: Dossier, placed: Placed) -> Place:
    element = placed.element
    return dossier.place(placed, "name", " ".join(part for part in (element.label, element.name) if part))


@rule(
    "ABS03",
    Severity.WARNING,
    title=Words("数値目標のない基本目標", "Goals without a numeric target"),
    why=Words(
        "基本目標には、成果を示す数値目標を置くことが求められています。",
        "Each goal is expected to have a numeric target for its outcome.",
    ),
    mend=Words(
        "基本目標に成果の数値目標を置いてください。", "Give the goal a numeric target for its outcome."
    ),
    case=Words("四つの基本目標のうち一つだけ数値目標がない。", "One goal of four has no numeric target."),
)
def goals_without_target(dossier: Dossier) -> Iterator[Found]:
    """Goals without an indicator of their own and without a 数値目標 below, in a plan with indicators."""
    bare = [placed for placed in dossier.of_kind(LevelKind.GOAL) if not _has_numeric_target(placed.element)]
    if bare and dossier.rows:
        yield Found(
            told(
                f"数値目標のない基本目標が{len(bare)}件あります：{{}}。",
                f"Goals without a numeric target, {len(bare)} in all: {{}}.",
                [called(" ".join((placed.element.label, placed.element.name)).strip()) for placed in bare],
            ),
            tuple(_named(dossier, placed) for placed in bare),
        )


def _has_numeric_target(goal: Element) -> bool:
    return bool(goal.placements) or any(
        placement.role is Role.NUMERIC_TARGET for element in below(goal) for placement in element.placements
    )


@rule(
    "ABS04",
    Severity.WARNING,
    title=Words("KPIのない事業", "Projects without a KPI"),
    why=Words(
        "ほかの事業にあるKPIがないと、書き落としか、測らないのかがわかりません。",
        "Where the others have one, a reader cannot tell an omission from a decision.",
    ),
    mend=Words(
        "担当課に確かめ、KPIを書くか、測らないと書いてください。",
        "Ask the division; add the KPI or say none.",
    ),
    case=Words("一つの事業だけKPIの欄が空いている。", "One project of many has an empty KPI cell."),
)
def projects_without_kpi(dossier: Dossier) -> Iterator[Found]:
    """Projects without an indicator where most projects have one."""
    projects = list(dossier.of_kind(LevelKind.PROJECT))
    bare = [placed for placed in projects if not any(e.placements for e in below(placed.element))]
    if bare and len(bare) * 2 < len(projects):
        yield _projects(
            dossier,
            bare,
            f"事業{len(projects)}件のうち{len(bare)}件にKPIがありません：{{}}。",
            f"{len(bare)} of {len(projects)} projects have no KPI: {{}}.",
        )


def _projects(dossier: Dossier, bare: Sequence[Placed], ja: str, en: str) -> Found:
    items = [called(_words_of(dossier, placed), placed.place) for placed in bare]
    places = [dossier.place(placed, "name", _words_of(dossier, placed)) for placed in bare]
    return Found(told(ja, en, items), tuple(places))


def _words_of(dossier: Dossier, placed: Placed) -> str:
    """What a project is known by: its name, else its label, else what was done in the year."""
    element = placed.element
    activity = dossier.activity(element)
    prose = activity.done or activity.evaluation if activity else None
    return element.name or element.label or (short(prose.text) if prose else "") or "（名称なし）"


@rule(
    "ABS05",
    Severity.INFO,
    title=Words("基準値のないKPI・数値目標", "KPIs without a baseline"),
    why=Words(
        "出発点がわからないと、目標の高さも進み具合も言えません。",
        "Without a start neither the height of the target nor the progress can be told.",
    ),
    mend=Words(
        "基準値を書くか、新規のため無いことを書いてください。", "Print the baseline, or say that it is new."
    ),
    case=Words("4つのKPIの基準値が「―」。", "Four KPIs have a dash for a baseline."),
)
def no_baseline(dossier: Dossier) -> Iterator[Found]:
    """数値目標 and KPIs with a target in figures and without a baseline at any of their places."""
    rows = [
        rows[0]
        for rows in indicators_of(dossier, TARGETED)
        if any(_has_figure(row) for row in rows) and not any(has_value(row.baseline) for row in rows)
    ]
    if rows:
        yield Found(
            told(
                f"基準値のないKPI・数値目標が{len(rows)}件あります：{{}}。",
                f"KPIs without a baseline, {len(rows)} in all: {{}}.",
                [called(row.name, str(row.baseline or "")) for row in rows],
            ),
            tuple(row.place("baseline") for row in rows),
        )


def _has_figure(row: Row) -> bool:
    """Whether the target is more than a word such as 実施, which needs no start."""
    target = row.target
    return target is not None and target.kind not in (Kind.ABSENT, Kind.TEXT)


@rule(
    "ABS06",
    Severity.INFO,
    title=Words("事業名のない事業", "Projects without a name"),
    why=Words(
        "名前がないと、意見や翌年の報告でどの事業かを指せません。",
        "Without a name nobody can refer to the project, this year or the next.",
    ),
    mend=Words("事業の名前を書いてください。", "Print the names of the projects."),
    case=Words(
        "具体的な事業に取組内容だけがあり、事業名がない。", "Projects are told by what was done only."
    ),
)
def projects_without_name(dossier: Dossier) -> Iterator[Found]:
    """Projects that print no name; one finding for the plan."""
    projects = list(dossier.of_kind(LevelKind.PROJECT))
    bare = [placed for placed in projects if not placed.element.name.strip()]
    if bare:
        part = "すべて" if len(bare) == len(projects) else f"うち{len(bare)}件"
        yield Found(
            Words(
                f"事業{len(projects)}件の{part}に事業名がありません。",
                f"{len(bare)} of {len(projects)} projects have no name.",
            ),
            tuple(dossier.place(placed, "name", _words_of(dossier, placed)) for placed in bare),
        )


@rule(
    "ABS07",
    Severity.INFO,
    title=Words("基準値も目標値もない事業KPI", "Project KPIs with neither baseline nor target"),
    why=Words(
        "実績値だけでは、よかったのか悪かったのかが読み手にわかりません。",
        "An actual alone tells nobody whether it is good or bad.",
    ),
    mend=Words(
        "主な事業KPIに目安となる値（前年度の値、目標値）を添えてください。",
        "Add last year's value or a target to the more important ones.",
    ),
    case=Words(
        "事業KPI81のうち52に、実績値しかない。", "52 of 81 project KPIs print nothing but the actual."
    ),
)
def project_kpis_alone(dossier: Dossier) -> Iterator[Found]:
    """Project KPIs whose indicator has no baseline and no target at any of its places."""
    rows = [row for row in dossier.rows if row.is_project]
    bare = [row for row in rows if not any(map(_has_measure, dossier.rows_of_indicator[row.indicator.key]))]
    if bare:
        part = "すべて" if len(bare) == len(rows) else f"うち{len(bare)}件"
        yield Found(
            Words(
                f"事業KPI{len(rows)}件の{part}は、基準値も目標値もどこにもありません。",
                f"{len(bare)} of {len(rows)} project KPIs have neither baseline nor target anywhere.",
            ),
            tuple(row.place("name") for row in bare),
        )


def _has_measure(row: Row) -> bool:
    """Whether the row has anything to hold its actual against."""
    return has_value(row.baseline) or has_value(row.target)


@rule(
    "ABS08",
    Severity.WARNING,
    title=Words("取組内容や評価のない事業", "Projects that report nothing"),
    why=Words(
        "その年度に何をしたか、どうだったかが、検証する人に伝わりません。",
        "Those who verify cannot see what was done and how it went.",
    ),
    mend=Words("担当課に確かめて書き足してください。", "Ask the division and add the text."),
    case=Words("一つの事業だけ評価・課題の欄が空いている。", "One project has no evaluation."),
)
def silent_projects(dossier: Dossier) -> Iterator[Found]:
    """Projects without 取組内容 or without 評価・課題 in the year under review, where most have them."""
    if dossier.year is None:
        return
    projects = [p for p in dossier.of_kind(LevelKind.PROJECT) if not p.element.children]
    projects = [p for p in projects if not _has_ended(dossier, p.element)]
    for fields, ja, en in (
        (("done",), "取組内容", "of what was done"),
        (("evaluation", "issues"), "評価・課題", "evaluation"),
    ):
        bare = [placed for placed in projects if not _tells(dossier, placed.element, fields)]
        if bare and len(bare) * 2 < len(projects):
            yield _projects(
                dossier,
                bare,
                f"{dossier.year_text}の{ja}のない事業が{len(bare)}件あります：{{}}。",
                f"Projects without a text {en} for {dossier.year_text}, {len(bare)} in all: {{}}.",
            )


def _has_ended(dossier: Dossier, element: Element) -> bool:
    """Whether the project is over before the year under review, by its name or by all its values."""
    rows = dossier.rows_of_element.get(element.key, ())
    told = bool(_ENDED.search(compact(element.name[-40:])))
    return told or (bool(rows) and all(reason_of(row.actual) is Reason.ENDED for row in rows))


def _tells(dossier: Dossier, element: Element, fields: tuple[str, ...]) -> bool:
    activity = dossier.activity(element)
    texts = (getattr(activity, field) for field in fields) if activity else ()
    return any(prose is not None and prose.text.strip() for prose in texts)
