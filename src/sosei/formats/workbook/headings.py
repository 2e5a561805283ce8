"""Headings of columns as municipalities write them, and what they mean.

目標値（R11）, Ｒ６ 実績, 令和６年度 実績値 and, over two rows, 実績 | R6 | R7 are all read by one table of words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from sosei.plan.indicator import Role
from sosei.plan.model import Level, LevelKind
from sosei.values import Words, YearLabel, parse_when, parse_year_label
from sosei.values.folding import Folded, compact

PATH: Final = "path:"
"""What begins the meaning of a column that names elements of one level (path:goal)."""

YEARLY: Final = ("target", "actual", "status", "own", "difference", "rate", "grade")
"""Meanings that come once a year, in the order of their columns."""

LABELS: Final[Mapping[str, Words]] = {
    "role": Words("役割", "Role"),
    "name": Words("指標名", "Indicator"),
    "name_suffix": Words("名称の添え書き", "Words behind the name"),
    "same": Words("再掲", "Printed before"),
    "registry": Words("台帳での名称", "Name in the registry"),
    "unit": Words("単位", "Unit"),
    "direction": Words("望ましい向き", "Direction"),
    "counting": Words("数え方", "Counting"),
    "divisions": Words("担当課", "Divisions"),
    "source": Words("資料", "Source"),
    "counting_period": Words("集計期間", "Counting period"),
    "definition": Words("定義", "Definition"),
    "published_month": Words("公表の月", "Month of publication"),
    "lag_years": Words("公表の遅れ（年）", "Years until publication"),
    "baseline": Words("基準値", "Baseline"),
    "baseline_year": Words("基準年", "Year of the baseline"),
    "baseline_source": Words("基準値の資料", "Source of the baseline"),
    "target": Words("目標値", "Target"),
    "target_year": Words("目標年", "Year of the target"),
    "target_source": Words("目標値の資料", "Source of the target"),
    "actual": Words("実績", "Actual value"),
    "status": Words("実績の状態", "Status of the value"),
    "own": Words("掲載値", "Value printed here"),
    "difference": Words("違いの種類", "Kind of difference"),
    "rate": Words("達成率（印字）", "Printed rate"),
    "grade": Words("評価区分（印字）", "Printed class"),
    "year": Words("年度", "Year"),
    "done": Words("取組内容", "What was done"),
    "evaluation": Words("評価・課題", "Evaluation"),
    "issues": Words("課題", "Issues"),
    "next": Words("今後の方向性", "What comes next"),
    "budget": Words("予算額", "Budget"),
    "settlement": Words("決算額", "Settlement"),
    "level": Words("階層", "Level"),
    "parent": Words("上の階層", "Element above"),
    "no": Words("番号", "Number"),
    "label": Words("番号の表記", "Label"),
    "element": Words("名称", "Name of the element"),
    "description": Words("説明", "Description"),
    "remove": Words("削除", "Remove"),
}
"""What the columns of the plan's tables are called, in the order of a picker."""

PATH_TARGET: Final = Words("目標", "Target of a year")

_SYNONYMS: Final[Mapping[str, str]] = {
    "role": "種別 指標の種別 指標種別 区分 指標区分",
    "name": "指標 指標の名称 名称 KPI KPI名 KPIの名称 事業KPI 重要業績評価指標 重要業績評価指標名 重要業績評価指数 "
    "重要業績指標 数値目標 成果指標 評価指標 目標指標 指標項目 施策KPI 施策の指標 KPI項目 指標(KPI) 成果目標",
    "same": "再掲の指標",
    "unit": "単位名",
    "direction": "向き 方向 目標の向き",
    "counting": "集計方法 カウント方法",
    "divisions": "担当 所管課 所管 担当部署 担当部課 担当課名 主管課 所属 担当課等 担当部署名 関係課 所管部署",
    "source": "出典 資料出所 データ出典 出所 根拠資料 データの出典",
    "counting_period": "集計時点 調査時点 対象期間",
    "definition": "指標の定義 算出方法 指標の説明 定義・算出方法 算定方法",
    "published_month": "公表月 公表時期",
    "baseline": "現状値 現状 基準 現況値 現況 当初値 策定時 策定時の値 策定時の現状値 基準数値 計画策定時 初期値",
    "baseline_year": "基準年度 基準値の年 基準値の年度 現状年度 基準の年度",
    "target": "目標 最終目標 最終目標値 目標数値 計画値 中間目標 中間目標値 KPI目標値 年次目標 年次目標値",
    "target_year": "目標年度 目標値の年 目標値の年度 達成年度 達成時期",
    "actual": "実績値 実績数値 実績数 実績(値) 最新値 実績値等",
    "status": "確定・速報",
    "own": "掲載の値 掲載箇所の値",
    "rate": "達成率 印字の達成率 目標達成率 公表の達成率 達成率(%)",
    "grade": "評価区分 評価 判定 達成状況 達成度 評価結果 印字の評価区分",
    "year": "年 対象年度 実施年度",
    "done": "取組 取り組み内容 取組の内容 実施内容 取組状況 事業内容 取組実績 実施状況 主な取組内容 具体的な取組内容",
    "evaluation": "評価と課題 評価及び課題 評価・課題等 取組の評価 評価・検証 成果・課題 成果と課題",
    "issues": "課題等",
    "next": "今後の方針 今後の方向 今後の取組 次年度の方向性 今後の対応 今後の展開 改善内容",
    "budget": "予算 当初予算額 予算現額 事業費(予算)",
    "settlement": "決算 決算見込額 事業費(決算) 事業費",
    "level": "階層名",
    "parent": "上位 上位の階層 親",
    "label": "番号表記 施策番号 No NO. 項番",
    "element": "要素名 施策名称",
    "description": "概要 内容 施策の内容 説明文",
    "remove": "削除する 削除印",
}
_LEVEL_SYNONYMS: Final[Mapping[LevelKind, str]] = {
    LevelKind.GOAL: "基本目標 戦略目標 政策目標 目標(基本目標) 基本目標名",
    LevelKind.DIRECTION: "基本的方向 基本的な方向 施策の基本的方向 基本的方向性 方向性",
    LevelKind.POLICY: "政策 基本施策 政策分野 施策分野 政策名",
    LevelKind.MEASURE: "施策 具体的施策 具体的な施策 個別施策 主な施策 施策名 施策項目",
    LevelKind.PROJECT: "具体的な事業 事業 事務事業 事業名 具体的事業 主な事業 具体的な取組 事務事業名 個別事業 取組名 事業名称 主な取組",
}
LEVEL_NAMES: Final[Mapping[str, LevelKind]] = {
    compact(word).upper(): kind for kind, words in _LEVEL_SYNONYMS.items() for word in words.split()
}
_ROLES_IN_HEADINGS: Final = {"数値目標": Role.NUMERIC_TARGET, "事業KPI": Role.PROJECT_KPI}
_VALUED: Final = ("baseline", *YEARLY)  # meanings whose heading may hold a year
_NOISE: Final = "の:・：-、,/"
_LONGEST: Final = 120  # characters; a longer cell is no heading
_KANJI: Final = "〇一二三四五六七八九"
_KANJI_YEAR: Final = re.compile(
    r"((?:令和|平成|昭和)\s*)([二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九])(\s*年)"
)
_PAIRS: Final = {"(": ")", "（": "）", "[": "]", "［": "］", "【": "】", "〔": "〕"}


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a column holds: an entry of LABELS or ``path:`` with a level's code, and the year in its heading.

    ``heading`` is the text of the heading; ``bare`` that nothing but a year stands in it.
    """

    what: str
    year: YearLabel | None = None
    heading: str = field(default="", compare=False)
    bare: bool = field(default=False, compare=False)

    @property
    def id(self) -> str:
        """What tells columns apart: target:2025, name."""
        when = self.year.effective if self.year else None
        return f"{self.what}:{when.year}" if when is not None and self.what in YEARLY else self.what

    @property
    def role(self) -> Role | None:
        """The role that the heading over the names says (数値目標, 事業KPI)."""
        return _ROLES_IN_HEADINGS.get(key_of(self.heading)) if self.what == "name" else None


def key_of(heading: str) -> str:
    """The text by which headings are matched."""
    return compact(heading).upper()


class Vocabulary:
    """The words for columns, with the municipality's own names of its levels."""

    def __init__(self, levels: Iterable[Level] = ()) -> None:
        self._words: dict[str, str] = {}
        for what, label in LABELS.items():
            for word in (label.ja, *_SYNONYMS.get(what, "").split()):
                self._words[key_of(word)] = what
        named = {level.kind: level for level in levels}
        for word, kind in LEVEL_NAMES.items():
            if kind in named or not named:
                self._words.setdefault(word, PATH + (named[kind].code if named else kind.value))
        for level in levels:
            self._words[key_of(level.name)] = PATH + level.code
        valued = [(word, what) for word, what in self._words.items() if what in _VALUED]
        self._valued = sorted(valued, key=lambda pair: len(pair[0]), reverse=True)

    def read(self, text: str) -> Meaning | None:
        """What the heading ``text`` means; None where it is none of ours."""
        if not text.strip() or len(text) > _LONGEST:
            return None
        letters = _Letters(text)
        if what := self._words.get(letters.key) or self._words.get(_without_brackets(letters.key)):
            return Meaning(what, None, text)
        for word, what in self._valued:
            at = letters.key.find(word)
            if at < 0:
                continue
            label = _year(letters.without(at, at + len(word)))
            if label is not None:
                return Meaning(what, label, text)
        label = _year(text)
        return Meaning("actual", label, text, bare=True) if label else None

    def fit(self, first: str, second: str) -> Meaning | None:
        """What a heading over two rows means: 実績 above R6."""
        below = self.read(second)
        if below is not None and not below.bare:
            return below
        return self.read(f"{first} {second}") if first.strip() else below


class _Letters:
    """A heading's letters without spaces, each with its place in the original."""

    def __init__(self, text: str) -> None:
        folded = Folded.of(text)
        kept = [place for place, letter in enumerate(folded.text) if not letter.isspace()]
        self.key = "".join(folded.text[place] for place in kept).upper()
        if len(self.key) != len(kept):  # a letter with a longer upper case: ß
            self.key = "".join(folded.text[place] for place in kept)
        self._spans = [(folded.starts[place], folded.ends[place]) for place in kept]
        self._text = text

    def without(self, start: int, end: int) -> str:
        """The original less the letters from ``start`` to before ``end``."""
        return f"{self._text[: self._spans[start][0]]} {self._text[self._spans[end - 1][1] :]}"


def _year(text: str) -> YearLabel | None:
    """The year that is all of ``text`` but for brackets and joints; None where there is none."""
    words = " ".join(text.split()).strip(_NOISE + " ")
    while (
        words[:1] in _PAIRS and words[-1:] == _PAIRS[words[0]] and not any(c in words[1:-1] for c in "()（）")
    ):
        words = words[1:-1].strip()
    if not words:
        return None
    label = parse_year_label(words)
    if label.when is None:  # 令和六年度
        label = replace(parse_year_label(_KANJI_YEAR.sub(_in_digits, words)), text=words)
    return label if label.when is not None else None


def _in_digits(match: re.Match[str]) -> str:
    """令和十一年 with its number in digits: 令和11年."""
    tens, ten, ones = match[2].rpartition("十")
    number = _KANJI.find(ones) if ones else 0
    if ten:
        number += 10 * (_KANJI.find(tens) if tens else 1)
    return f"{match[1]}{number}{match[3]}"


def _without_brackets(key: str) -> str:
    """``key`` less a bracket at its end that holds no year: 指標(KPI), 実績値(人)."""
    start = key.rfind("(")
    if start <= 0 or not key.endswith(")") or parse_when(key[start + 1 : -1]) is not None:
        return key
    return key[:start]


def default_role(kind: LevelKind) -> Role:
    """What an indicator is at an element of this kind where nobody says."""
    return {LevelKind.GOAL: Role.NUMERIC_TARGET, LevelKind.PROJECT: Role.PROJECT_KPI}.get(kind, Role.KPI)


def heading_of(what: str, year: YearLabel | None = None) -> str:
    """The heading that the workbook itself writes: 目標 R7."""
    word = PATH_TARGET.ja if what == "target" and year else LABELS[what].ja
    return f"{word} {year.text}" if year else word


def meaning_label(meaning: Meaning, levels: Iterable[Level], language: str) -> str:
    """The meaning in words for a picker: 実績 R6, 施策."""
    if meaning.what.startswith(PATH):
        code = meaning.what.removeprefix(PATH)
        return next((level.name for level in levels if level.code == code), code)
    words = PATH_TARGET if meaning.what == "target" and meaning.year else LABELS[meaning.what]
    return f"{words.of(language)} {meaning.year.text}" if meaning.year else words.of(language)
