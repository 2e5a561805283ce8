"""The words around a number: what may stand before it and after it.  Works on folded text.

Both readers are given only the words, never the number, so their answers are
few and are remembered.  Every place in an answer is an offset into the words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from sosei.values.quantity import Qualifier


class Stretch(NamedTuple):
    """From ``start`` to before ``end``."""

    start: int
    end: int


class Period(NamedTuple):
    """A period (／4か年): where it stands, how many units, of what."""

    place: Stretch
    length: int
    unit: str


@dataclass(slots=True)
class Around:
    """What the words before or after a number say.

    ``name`` is where the label (before) or the unit (after) stands.
    """

    name: Stretch
    negative: bool = False
    qualifiers: list[Qualifier] = field(default_factory=list)
    period: Period | None = None
    year: Stretch | None = None
    marks: list[Stretch] = field(default_factory=list)


_QUALIFIERS: dict[str, Qualifier] = {
    word: qualifier
    for qualifier, words in {
        Qualifier.AT_LEAST: "以上",
        Qualifier.AT_MOST: "以下",
        Qualifier.LESS_THAN: "未満",
        Qualifier.MORE_THAN: "超 超え",
        Qualifier.WITHIN: "以内",
        Qualifier.BRACKET: "台",
        Qualifier.ABOUT: "約 およそ おおよそ 概ね おおむね ほぼ",
        Qualifier.ROUGHLY: "程度",
        Qualifier.TOTAL: "延べ のべ 延 延べ数",
        Qualifier.CUMULATIVE: "累計 累積 累計値",
        Qualifier.INCREASE: "増加 の増加 増 純増",
        Qualifier.DECREASE: "減少 の減少 減 純減",
        Qualifier.PROVISIONAL: "速報 速報値 暫定値",
        Qualifier.EXPECTED: "見込 見込み 見込値 見込み値",
        Qualifier.ESTIMATED: "推計 推計値",
        Qualifier.FINAL: "確定 確定値",
    }.items()
    for word in words.split()
}


def _any(words: str) -> str:
    return "(?:" + "|".join(sorted(words.split(), key=len, reverse=True)) + ")"


_LETTER = "A-Za-zμΩ°"
_KANJI = "々〆一-鿿"
_KATAKANA = "ァ-ヺー"
_SQUARE = "㌀-㏿"  # ㎡, ㎥: kept by folding, for NFKC would bring in a digit

_MARK = re.compile(
    r"(?:\(※[0-9]{0,2}\)|※[0-9]{0,2}|\(\*+[0-9]{0,2}\)|\*+[0-9]{0,2}\)?|\(注[0-9]{0,2}\)|\[注?[0-9]{1,2}\]|[†‡]+"
    rf"|(?<![受発外])注[0-9]{{1,2}}\)?|(?<=[{_KANJI}%])[¹²³⁴-⁹]+\)?|\((?:参考値?|再掲)\))$"
)
_LEADING_MARK = re.compile(r"(?:\(※\)|※|\*|\(注\)) ?")

_MANY = "[かヶケカヵ箇]?"
_PERIOD = re.compile(
    rf"/(?:([1-9][0-9]{{0,2}}){_MANY})?([年月週日])[間度]?$"
    rf"|/{_MANY}([年月])間?$"
    rf"|\((?:([1-9][0-9]{{0,2}}){_MANY})?([年月週])間\)$|\(([1-9][0-9]{{0,2}})[かヶケカヵ箇](年)\)$"
)
_PERIOD_TOTAL = re.compile(rf"\(([1-9][0-9]{{0,2}}){_MANY}(年)間?の?累計\)$")
_YEAR = re.compile(
    r"\(((?:(?:令和|平成|昭和|令|平|昭|[RHS]) ?(?:[0-9]{1,2}|元)|(?:19|20)[0-9]{2}(?=年))"
    r"(?:年度?)?末?(?:時点|現在)?)\)$"
)
_QUALIFIER_BRACKET = re.compile(rf"\(({_any(' '.join(_QUALIFIERS))})\)$")
# 増減, 半減, 倍増 and their like are words of their own, not a bound of the number.
_QUALIFIER_END = re.compile(
    r"(?:以上|以下|未満|以内|程度|超え?|(?:の|純)?増加|の?減少|純増|純減|(?<![増減倍急微激])増"
    r"|(?<![増半軽削加急微激])減|見込(?:み|値|み値)?|速報値?|暫定値|推計値?|確定値|累計値?|累積)$"
)
# 25,000人台 is a band; 25台 are 25 vehicles and 屋台, 灯台 are things, so 台 must follow a counter.
_BAND = re.compile(rf"(?<![{_KANJI}])(?:人|名|円|件|%|位|点|歳|世帯|戸|社|回|店舗|ポイント)台$")

_ATOM = (
    rf"(?:[{_LETTER}](?:[23](?![0-9])|[²³])?|%|‰|[{_SQUARE}{_KANJI}{_KATAKANA}]"
    r"|か(?=[所国月年])|つ$|-(?=[A-Za-z]))"
)
_NOTE_IN_UNIT = rf" ?\([{_LETTER}{_KANJI}{_KATAKANA}・/]{{1,10}}\)"
_UNIT = re.compile(rf"{_ATOM}+(?:{_NOTE_IN_UNIT})?(?:[/・]{_ATOM}+(?:{_NOTE_IN_UNIT})?)*")
_LONGEST_UNIT = 20
_TOO_LONG = 60

_DEEDS = _any(
    "実施 開催 参加 予定 達成 策定 整備 完了 設置 導入 実現 維持 継続 向上 推進 確保 受講 採用 作成 発行 "
    "配布 支援 対応 検討 協議 活動 超過 不足 改善 拡大 縮小 上昇 低下 悪化 中止 終了 廃止 休止 強 弱 済 "
    "(?<=.)(?:目標|基準|実績|計画)"
)
_TIMES = _any(
    "以降 以前 以後 前後 時点 現在 年度 年目 年生 年前 年後 年末 月末 月頃 末 中 号線 丁目 番地 "
    "(?<![項品種科演費細])目"
)
_NEVER = _any(
    "以上 以下 未満 程度 増加 減少 増 減 超 累計 見込 推計 速報 "
    "令和 平成 昭和 目標値 基準値 実績値 現状値 不明 未 第 ^[十百千万億兆](?!貨)"  # 5百点 are 500, 3百貨店 three
)
# Deeds (3回実施), moments (8月末), ordinals (3号) and era letters are no units of an amount.
_NO_UNIT = re.compile(
    rf"(?:{_DEEDS}|{_TIMES})\)?(?=$|[(/・])|{_NEVER}|[%‰][{_KANJI}]|^(?:[RHSTX月時番号次期代条項章節]|年(?!間?$|分$).*"
    rf"|月.+|時(?!間).+|日(?!間?$|分$|[/・(]).+)$"
)

_SIGN = re.compile(r"([△▲] *|(?:^|(?<=[ (:約べ計])|(?<=[年月週]間)|(?<=^[年月週]))-|マイナス)$")
_PLUS = re.compile(r"(?:^|(?<=[ (:約べ計]))\+$")
# 契約120件 are contracts, not about 120.
_PREFIX = re.compile(
    r"(?:およそ|おおよそ|概ね|おおむね|ほぼ|(?<![契予成規公制集節誓要婚協条解特違確密])約"
    r"|延べ|のべ|(?:^|(?<= ))延|累計|累積|推計|見込み?|速報値?)$"
)
_PREFIX_PERIOD = re.compile(r"(?:^|(?<= ))(?:毎(日)|毎?([年月週])間?)$")
_LABEL = re.compile(
    rf"(?!ー)(?:[{_LETTER}{_KANJI}{_KATAKANA}ぁ-ん〇①-⑳「『〔]|\([^()]*\))"
    rf"(?:[{_LETTER}{_KANJI}{_KATAKANA}ぁ-ん〇①-⑳ ・&'/〔〕「」『』-]|\([^()]*\))*"
)
_LONGEST_LABEL = 30
# A particle or an inflected end makes a sentence of it; 第, 令和, No make an ordinal or a date.
_NO_LABEL = re.compile(
    r"(?:[をがはにでともへのてたるす]|から|より|まで|第|令和|平成|昭和|大正|明治|令|平|昭|前後|最大|最低|最高|最小|少なくとも"
    r"|\b(?:[MTSHRmtshr]|FY|No|NO|no|Vol|vol|p|P))$|を|年度$|(?:時点|現在|不明)$|^(?:から|より|まで|以上|以下|未満|増加?|減少?|超|台)"
)
_ORDINAL_NAME = re.compile(
    r"(?:目標|施策|資料|表|図|別表|様式|事業|指標|政策|方針|方向|章|節|項|号|番|番号|回|期)$"
)
# 千5百人 are 1,500 people and no 500 with a name.
_KANJI_NUMERALS = "〇零一二三四五六七八九十百千万億兆"
_SHORT_NAMES = re.compile(r"(?:男|女|男性|女性|計)$")
_BULLETS = " ・●■◆▪"


@lru_cache(maxsize=4096)
def read_after(words: str) -> Around | None:
    """What stands after a number: unit, qualifiers, period, marks.  None where it is anything else.

    The answer is shared: treat it as read-only.
    """
    if len(words) > _TOO_LONG:
        return None
    end = len(words.rstrip())
    around = Around(Stretch(0, 0))
    while end and (left := _peel(words[:end], around)) is not None:
        end = len(words[:left].rstrip())
    start = end - len(words[:end].lstrip())
    around.name = Stretch(start, end)
    around.qualifiers.reverse()
    around.marks.reverse()
    unit = words[start:end]
    if not unit:
        # 10/4年 may be anything; 3/年 is three a year.
        return None if around.period and around.period.length > 1 else around
    return around if _is_unit(unit) else None


@lru_cache(maxsize=4096)
def read_before(words: str, has_unit: bool) -> Around | None:
    """What stands before a number: sign, qualifiers, period, label.  None where it is anything else.

    Without a unit behind the number fewer words pass as its label: 施策3 is a name, 男80 a value.

    The answer is shared: treat it as read-only.
    """
    if len(words) > _TOO_LONG:
        return None
    around = Around(Stretch(0, 0))
    start = _leading_marks(words, around)
    end = len(words)
    if sign := _SIGN.search(words, start, end):
        around.negative = True
        end = sign.start()
    elif plus := _PLUS.search(words, start, end):
        end = plus.start()
    number = end
    end = _prefixes(words, start, end, around, has_unit)
    around.qualifiers.reverse()
    end = start + len(words[start:end].rstrip(" :"))
    start = end - len(words[start:end].lstrip(_BULLETS))
    around.name = Stretch(start, end)
    label = words[start:end]
    return around if not label or _is_label(label, end == number, has_unit) else None


def trailing_mark(words: str) -> int | None:
    """Where a note mark at the end of ``words`` begins; None where there is none, or nothing else."""
    match = _MARK.search(words)
    return match.start() if match and match.start() else None


def _peel(words: str, around: Around) -> int | None:
    """Take the last suffix off ``words``: note it in ``around``, return where it began; None if none."""
    if match := _MARK.search(words):
        around.marks.append(Stretch(*match.span()))
    elif around.period is None and (match := _PERIOD.search(words)):
        around.period = _period(match)
    elif around.period is None and (match := _PERIOD_TOTAL.search(words)):
        around.period = _period(match)
        around.qualifiers.append(Qualifier.CUMULATIVE)
    elif around.year is None and (match := _YEAR.search(words)):
        around.year = Stretch(*match.span(1))
    elif match := _QUALIFIER_BRACKET.search(words):
        around.qualifiers.append(_QUALIFIERS[match[1]])
    elif match := _QUALIFIER_END.search(words):
        around.qualifiers.append(_QUALIFIERS[match[0]])
    elif _BAND.search(words):
        around.qualifiers.append(Qualifier.BRACKET)
        return len(words) - 1
    else:
        return None
    return match.start()


def _period(match: re.Match[str]) -> Period:
    texts = [group for group in match.groups() if group]
    length = int(texts[0]) if texts[0].isdecimal() else 1
    return Period(Stretch(*match.span()), length, texts[-1])


def _is_unit(words: str) -> bool:
    return len(words) <= _LONGEST_UNIT and bool(_UNIT.fullmatch(words)) and not _NO_UNIT.search(words)


def _leading_marks(words: str, around: Around) -> int:
    start = 0
    while match := _LEADING_MARK.match(words, start):
        around.marks.append(Stretch(start, match.end()))
        start = match.end()
    return start


def _prefixes(words: str, start: int, end: int, around: Around, has_unit: bool) -> int:
    """Take qualifiers and a period off the end of ``words[start:end]``; return where they began."""
    while True:
        end = start + len(words[start:end].rstrip())
        rest = words[start:end]
        if match := _PREFIX.search(rest) or _QUALIFIER_BRACKET.search(rest):
            around.qualifiers.append(_QUALIFIERS[match[match.lastindex or 0]])
        elif around.period is None and has_unit and (match := _PREFIX_PERIOD.search(rest)):
            place = Stretch(start + match.start(), start + match.end())
            around.period = Period(place, 1, match[1] or match[2])
        else:
            return end
        end = start + match.start()


def _is_label(label: str, touching: bool, has_unit: bool) -> bool:
    """Whether ``label`` names the number behind it, rather than begin a sentence, a date or an ordinal."""
    if len(label) > _LONGEST_LABEL or not _LABEL.fullmatch(label) or _NO_LABEL.search(label):
        return False
    if touching and (label[-1].isascii() or label[-1] in _KANJI_NUMERALS):  # CO2, R8, PM2.5; 千5百
        return False
    if not label.strip(_KANJI_NUMERALS):
        return False
    if has_unit:
        return True
    return bool(_SHORT_NAMES.search(label)) if touching else not _ORDINAL_NAME.search(label)
