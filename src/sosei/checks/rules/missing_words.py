"""Words that are missing: what a goal promises and nothing takes up, counts that do not say of what stretch."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from sosei.checks.cells import TARGETED, below, called, folded, indicators_of, tail, told
from sosei.checks.dossier import Dossier, Row
from sosei.checks.finding import Found, Severity, Words
from sosei.checks.lengths import span_of
from sosei.checks.registry import rule
from sosei.plan.indicator import Counting
from sosei.plan.model import Element, LevelKind
from sosei.values import fold

_KEYWORDS: Mapping[str, str] = {
    "結婚": "結婚|婚活|婚姻|出会い|未婚|縁結び|マッチング",
    "出産": "出産|妊娠|妊産|妊婦|産後|産前|産科|周産期|出生|母子|不妊|乳幼児",
    "子育て": "子育て|育児|保育|子ども|こども|子供|児童|幼児|乳児|学童|待機|放課後",
    "移住": "移住|転入|[UIJ]・?ターン|空き?家バンク|お試し|定住",
    "定住": "定住|移住|転入|転出|住み続け|住ま|住宅|[UIJ]・?ターン",
    "雇用": "雇用|就業|就職|就労|就農|求人|採用|人材|働|担い手|従業",
    "仕事|しごと": "仕事|しごと|雇用|就[業職労農]|働|求人|採用|産業|農|林業|漁業|商工|企業|創業|起業|経営|経済",
    "観光": "観光|誘客|宿泊|来訪|旅行|ツーリズム|インバウンド|入込",
    "教育": "教育|学校|学習|学び|学力|授業|生徒|探究|給食|人材育成",
    "防災": "防災|災害|減災|避難|消防|耐震|治水|浸水",
    "関係人口": "関係人口|ふるさと納税|二地域|ワーケーション|副業|応援団|ファン",
    "交流": "交流|連携|姉妹都市|友好都市|イベント|観光|国際",
}
"""A key word of a goal's name, and the words that take it up."""
_PROMISES = {word: (re.compile(word), re.compile(f"{word}|{taken}")) for word, taken in _KEYWORDS.items()}
_LONGEST = 20_000
_FLOW = re.compile("(?:件|者|回)数$")
_DEEDS = re.compile("新規|出店|創業|相談|利用|閲覧|参加|受講|就業")
_TOLD = re.compile(
    "年間|年度|毎年|単年|各年|月間|毎月|[0-9]日|一日|週|期間|累計|累積|通算|延べ|のべ|総数|登録|会員|現在|時点|当たり|あたり|平均|年内|から|以降"
)


@rule(
    "ABS22",
    Severity.INFO,
    title=Words("基本目標の名前にある語に、取組がない", "A word of a goal's name that nothing takes up"),
    why=Words(
        "掲げたことに対応する取組や指標がないと、何をするのかと議会や住民に問われます。",
        "Council and residents will ask what is done about a promise that nothing takes up.",
    ),
    mend=Words(
        "対応する施策やKPIを加えるか、どの施策が受け持つかを書いてください。",
        "Add a measure or KPI for it, or say which one covers it.",
    ),
    case=Words(
        "「結婚・出産・子育ての希望をかなえる」の下に、結婚に関する施策もKPIもない。",
        "A goal promises support for marriage, and no measure or KPI below it mentions it.",
    ),
)
def promises(dossier: Dossier) -> Iterator[Found]:
    """Key words of a goal's name that no text, name or KPI below the goal takes up, in one finding."""
    texts: dict[str, list[str]] | None = None
    found = []
    for placed in dossier.of_kind(LevelKind.GOAL):
        name = fold(placed.element.name[:_LONGEST])
        wanted = [(match[0], taken) for word, taken in _PROMISES.values() if (match := word.search(name))]
        if not wanted or not placed.element.children:
            continue
        texts = _texts(dossier) if texts is None else texts
        under = [text for each in below(placed.element) for text in _under(each, placed.element, texts)]
        found += [(placed, word) for word, taken in wanted if not any(taken.search(text) for text in under)]
    if found:
        yield Found(
            told(
                "基本目標の名前にある次の語は、その下の基本的方向・施策・事業・KPIに一度も出てきません：{}。",
                "Words of a goal's name that no direction, measure, project or KPI below it takes up: {}.",
                [called(word, placed.element.label or placed.element.name) for placed, word in found],
            ),
            tuple(dossier.place(placed, "name", word) for placed, word in found),
        )


def _texts(dossier: Dossier) -> dict[str, list[str]]:
    """The running texts of each element, by its key, folded."""
    found: dict[str, list[str]] = defaultdict(list)
    for passage in dossier.passages:
        if passage.element is not None:
            found[passage.element.key].append(fold(passage.text[:_LONGEST]))
    return found


def _under(element: Element, goal: Element, texts: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """What an element says; of the goal itself only its indicators."""
    yield from (fold(placement.name[:_LONGEST]) for placement in element.placements)
    if element is not goal:
        yield fold(element.name[:_LONGEST])
        yield from texts.get(element.key, ())


@rule(
    "ABS23",
    Severity.INFO,
    title=Words("1年分か累計かわからない件数・人数", "Counts that do not say of one year or in total"),
    why=Words(
        "1年分か累計かで、目標の高さも毎年の達成率も変わります。",
        "Whether a year's count or a total, decides how high the target is and how rates come out.",
    ),
    mend=Words(
        "指標名に「年間」か「累計（令和○年度から）」を加えてください。",
        "Add 年間 or 累計 (with its first year) to the name.",
    ),
    case=Words(
        "「空き店舗への出店件数」の164件が、年間の件数か累計か書かれていない。",
        "Shops opened in empty premises, 164: in a year or altogether?",
    ),
)
def unsaid_stretch(dossier: Dossier) -> Iterator[Found]:
    """Counts of what happens (相談件数, 参加者数 ...) that no value is observed of yet, in one finding."""
    rows = [rows[0] for rows in indicators_of(dossier, TARGETED) if all(map(_is_unsaid, rows))]
    if rows:
        yield Found(
            told(
                f"年間の数か累計かが書かれていない件数・人数の指標が{len(rows)}件あります：{{}}。",
                f"Counts that do not say whether of a year or in total, {len(rows)} in all: {{}}.",
                [
                    called(row.name, "→".join(str(q) for q in (row.baseline, row.target) if q is not None))
                    for row in rows
                ],
            ),
            tuple(row.place("name") for row in rows),
        )


def _is_unsaid(row: Row) -> bool:
    indicator, name = row.indicator, folded(row.name)
    if indicator.counting is not Counting.UNKNOWN or indicator.observations:
        return False
    if indicator.definition or indicator.counting_period or indicator.source or indicator.formula:
        return False
    values = [quantity for _, quantity in row.values]
    has_period = any(quantity.per or "/" in fold(quantity.unit) for quantity in values)
    has_span = any(span_of(row, field) is not None for field in ("baseline", "target"))
    if not values or has_period or has_span or _TOLD.search(name):
        return False
    return bool(_FLOW.search(tail(row.name)) and _DEEDS.search(name))
