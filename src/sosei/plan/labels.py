"""What a person calls a field, a record or a word of a plan file; one name means one thing in every record."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

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

Pair = tuple[str, str]  # Japanese, English

FIELD_LABELS: Mapping[str, str] = {
    "abbreviation": "略称",
    "about": "対象",
    "action": "対応",
    "actual": "実績値",
    "adopted": "策定",
    "anchors": "注の位置",
    "answer": "市の考え方",
    "as_of": "時点",
    "at": "対象",
    "as_read": "読み取ったままの文字",
    "baseline": "基準値",
    "basis": "推計の基",
    "breakdown_of": "内訳の元",
    "budget": "予算額",
    "by": "発言者",
    "catchphrase": "キャッチフレーズ",
    "causes": "要因",
    "causes_text": "要因の文章",
    "code": "規則の番号",
    "colophon": "奥付",
    "columns": "表の見出し",
    "conditions": "条件",
    "contact": "問い合わせ先",
    "contents": "目次",
    "continues": "引き継ぐ指標",
    "corrected": "訂正日",
    "counting": "数え方",
    "counting_period": "集計期間",
    "counts_in_prose": "文中の件数",
    "cycle": "PDCA",
    "date": "日付",
    "definition": "定義",
    "description": "説明",
    "difference": "違いの種類",
    "direction": "望ましい向き",
    "divisions": "担当課",
    "done": "取組内容",
    "doubts": "読み取りの疑い",
    "earlier": "以前の値",
    "edition": "版",
    "evaluation": "評価・課題",
    "field": "項目",
    "first": "始まり",
    "formula": "計算式",
    "grade": "評価区分",
    "groups": "構成",
    "indicator": "指標",
    "interpreted": "読み取りによる項目",
    "issues": "課題",
    "joint_readings": "読み取りの組合せ",
    "kind": "種類",
    "kpi": "KPIの件数",
    "label": "番号の表記",
    "lag_years": "公表の遅れ（年）",
    "last": "終わり",
    "level": "階層",
    "levels": "階層の名称",
    "mark": "注の印",
    "members": "構成員",
    "method": "推計の方法",
    "missing": "失われた図",
    "municipality": "市町村",
    "name": "名称",
    "name_suffix": "名称の添え書き",
    "next": "今後の方向性",
    "no": "番号",
    "not_printed": "印字のない項目",
    "note": "注記",
    "open_ended": "構成員の「等」",
    "page": "頁",
    "pages": "頁数",
    "paragraphs": "本文",
    "part_of": "うち書きの元",
    "path": "年次目標値",
    "period": "計画期間",
    "plan": "計画",
    "points": "推計値",
    "printed": "印字",
    "published_month": "公表の月",
    "publisher": "発行者",
    "quantity": "値",
    "rate": "達成率",
    "reached": "達成",
    "reason": "理由",
    "relation": "関係",
    "remark": "注記",
    "right": "正",
    "role": "役割",
    "scheme": "評価方式",
    "schemes": "固有の評価方式",
    "settlement": "決算額",
    "sha256": "SHA-256",
    "shows": "文書に示す評価",
    "source": "資料",
    "statement": "出典の説明",
    "status": "確定・速報",
    "step_years": "推計の間隔（年）",
    "subject": "検証の対象",
    "table": "表",
    "target": "目標値",
    "term": "用語",
    "text": "文章",
    "title": "題名",
    "unit": "単位",
    "verdict": "判定",
    "what": "内容",
    "year": "年度",
    "years": "年度",
}


RECORD_LABELS: Mapping[type[Node], Pair] = {
    model.Plan: ("計画の基本事項", "The plan itself"),
    model.Division: ("担当課", "Division"),
    model.Element: ("要素", "Element"),
    model.Table: ("表", "Table"),
    model.Activity: ("取組", "Activity"),
    Placement: ("掲載箇所", "Placement"),
    PrintedYear: ("掲載値", "Printed values"),
    Indicator: ("指標", "Indicator"),
    Observation: ("実績値", "Value"),
    record.Source: ("出典", "Source"),
    record.Edition: ("版", "Edition"),
    record.Predecessor: ("前期の計画", "Earlier plan"),
    record.Reference: ("関係する法令・計画", "Reference"),
    record.Chapter: ("章・節", "Chapter"),
    record.Council: ("検証会議", "Council"),
    record.Verification: ("前期の検証", "Verification"),
    record.VerifiedGoal: ("検証した目標", "Verified goal"),
    record.VerifiedStatement: ("検証した数値目標", "Verified target"),
    record.PopulationFact: ("人口の記述", "Population fact"),
    record.Projection: ("人口推計", "Population projection"),
    record.ReportHead: ("事業進捗報告の見出し", "Head of the progress report"),
    record.Note: ("注", "Note"),
    record.Opinion: ("意見", "Opinion"),
    record.Erratum: ("正誤", "Erratum"),
    record.Waiver: ("点検の除外", "Waiver"),
}

# By kind of word first: two kinds may share a word (text, value) and mean two things.
VALUE_LABELS: Mapping[type[StrEnum], Mapping[str, Pair]] = {
    Role: {
        Role.NUMERIC_TARGET: (Role.NUMERIC_TARGET.label, "Numeric target"),
        Role.KPI: (Role.KPI.label, "KPI"),
        Role.PROJECT_KPI: (Role.PROJECT_KPI.label, "Project KPI"),
    },
    Direction: {
        Direction.RAISE: ("増やす", "Raise"),
        Direction.LOWER: ("減らす", "Lower"),
        Direction.AT_LEAST: ("目標値を下回らない", "Keep at or above the target"),
        Direction.AT_MOST: ("目標値を上回らない", "Keep at or below the target"),
        Direction.WITHIN: ("範囲に収める", "Keep within a range"),
        Direction.RANK: ("順位を上げる", "Improve the rank"),
        Direction.DO: ("実施する", "Get it done"),
        Direction.TEXT: ("言葉で示した目標", "A target in words"),
        Direction.UNDECIDED: ("定めなし", "Not stated"),
    },
    Counting: {
        Counting.STOCK: ("ある時点の数", "Count at a date"),
        Counting.FISCAL_YEAR: ("年度ごとの数", "Count per fiscal year"),
        Counting.CALENDAR_YEAR: ("暦年ごとの数", "Count per calendar year"),
        Counting.ANNUAL: (
            "年ごとの数（年度か暦年かは記載なし）",
            "Count per year (fiscal or calendar not stated)",
        ),
        Counting.CUMULATIVE: ("累計", "Running total"),
        Counting.PER_HEAD: ("1人当たりの数", "Per head"),
        Counting.UNKNOWN: ("記載なし", "Not stated"),
    },
    Status: {
        Status.FINAL: ("確定", "Final"),
        Status.PROVISIONAL: ("速報", "Provisional"),
        Status.FORECAST: ("見込み", "Forecast"),
    },
    Difference: {
        Difference.PRECISION: ("桁の違い", "Other precision"),
        Difference.SUFFIX: ("単位の添え書きの違い", "Other suffix"),
        Difference.CONFLICT: ("食い違い", "Conflict"),
    },
    model.Shown: {
        model.Shown.CLASS: ("評価区分", "Class"),
        model.Shown.READINGS: ("ほかの見方の率", "Other readings"),
    },
    model.LevelKind: {
        model.LevelKind.GOAL: ("基本目標", "Goal"),
        model.LevelKind.DIRECTION: ("基本的方向", "Direction"),
        model.LevelKind.POLICY: ("政策", "Policy"),
        model.LevelKind.MEASURE: ("施策", "Measure"),
        model.LevelKind.PROJECT: ("具体的な事業", "Project"),
    },
    model.ColumnField: {
        model.ColumnField.NAME: ("名称", "Name"),
        model.ColumnField.BASELINE: ("基準値", "Baseline"),
        model.ColumnField.TARGET: ("目標値", "Target"),
        model.ColumnField.ACTUAL: ("実績値", "Actual"),
        model.ColumnField.RATE: ("達成率", "Rate"),
        model.ColumnField.DONE: ("取組内容", "What was done"),
        model.ColumnField.KPI: ("KPI", "KPI"),
        model.ColumnField.EVALUATION: ("評価・課題", "Evaluation"),
        model.ColumnField.DIVISION: ("担当課", "Division"),
    },
    record.NoteKind: {
        record.NoteKind.TERM: ("用語注", "Note on a term"),
        record.NoteKind.VALUE: ("値の注", "Note on a value"),
    },
    record.Relation: {
        record.Relation.BASIS: ("根拠", "Basis"),
        record.Relation.UPPER: ("上位計画", "Upper plan"),
        record.Relation.CONSIDERED: ("勘案", "Considered"),
        record.Relation.PREMISE: ("踏まえ", "Premise"),
        record.Relation.BACKGROUND: ("経緯", "Background"),
        record.Relation.MENTIONED: ("言及", "Mentioned"),
    },
}


def record_label(kind: type[Node], language: str) -> str:
    """What a record of this kind is called."""
    return RECORD_LABELS[kind][language == "en"]


def value_label(value: StrEnum, language: str) -> str:
    """What a word of the plan file (raise, provisional) is called."""
    return VALUE_LABELS[type(value)][value][language == "en"]


def field_label(field: str, language: str) -> str:
    """The field's name for a reader of ``language`` (``"en"``: the name in the file)."""
    return field if language == "en" else FIELD_LABELS.get(field, field)
