"""What a sentence claims: which figure counts what, whom it speaks of, which way a thing moved.

Everything here looks at no more than a few dozen characters around a word, so that a text of any
length is read in one go.  Where a sentence leaves a doubt, it claims nothing: a miss is better than
a false alarm.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from sosei.checks.dossier import Dossier, Passage, Row
from sosei.checks.finding import Place, Words
from sosei.checks.text import Figure, figures_in, years_in
from sosei.values import Folded, Kind, Qualifier, Quantity, fold
from sosei.values.folding import compact

REPORTED = ("done", "evaluation", "issues")
"""The fields of an activity that tell of the year; ``next`` tells of the years to come."""

_NEAR = 80
_LONGEST_NAME = 200
_LONGEST_SENTENCE = 400
_ENDLESS = 4000
_SAME_UNIT = {"名": "人", "パーセント": "%", "か所": "箇所", "カ所": "箇所", "ヶ所": "箇所", "m3": "㎥"}
_PIECE = re.compile(r"[一-龥々〇]{2,}|[ァ-ヺー]{2,}")
_COMMON = frozenset(
    (
        "件数",
        "者数",
        "人数",
        "回数",
        "総数",
        "年間",
        "年度",
        "割合",
        "累計",
        "実績",
        "事業",
        "市内",
        "本市",
        "数値",
        "指標",
        "目標",
        "達成",
        "取組",
        "推進",
        "施設",
        "整備",
        "活動",
        "支援",
        "実施",
        "関係",
    )
)
_METRIC = re.compile(r"(?:数|率|額|量|割合|人口|面積|延長|高)$")
_GENERIC = frozenset(
    ("件数", "人数", "回数", "利用者", "利用者数", "参加者", "参加者数", "参加人数", "実績", "数値", "割合")
)
_OF_ANYTHING = frozenset(("実績", "数値", "割合"))
_COUNTER = re.compile(
    r"(?:参加|利用|来場|来館|受講|活動|実施|開催)?(?:延べ|総|年間)?(?:[者人件回社組客品店校台戸世]|世帯|団体|事業者|企業|施設)?(?:数|率|額|量|割合|面積|延長|人口|高|累計)|[(・、]|$"
)
_NEUTRAL = frozenset(
    (
        "年間",
        "全体",
        "本市",
        "市",
        "市内",
        "本町",
        "町",
        "村",
        "今年度",
        "本年度",
        "当年度",
        "今年",
        "本事業",
        "当該",
        "総",
        "年",
        "事業",
        "個別",
        "個々",
        "各種",
        "全て",
        "すべて",
    )
)
_SINGLE = frozenset(("個別", "個々"))
_GROUPED = re.compile("集団|合同|団体|グループ")
_BEFORE_LAST = re.compile(r"(?:前年|昨年|一昨年|前回|基準|過去|従来|当初|例年)")
_THIS_YEAR = re.compile(r"(?:今年度|本年度|当年度)")


"""``fold``, remembered: several rules read the same sentence."""


@dataclass(frozen=True, slots=True)
class Report:
    """An element that has KPIs and tells of the year under review: its rows and its texts."""

    rows: Sequence[Row]
    passages: Sequence[Passage]

    @property
    def is_single(self) -> bool:
        """Whether all its rows are of one indicator."""
        return len({row.indicator.key for row in self.rows}) == 1


def reports(dossier: Dossier) -> Iterator[Report]:
    """Every element with rows and with texts of the year under review."""
    texts: dict[str, list[Passage]] = defaultdict(list)
    for passage in dossier.passages:
        is_told = passage.year is not None and passage.year == dossier.year and passage.field in REPORTED
        if is_told and passage.element is not None:
            texts[passage.element.key].append(passage)
    for key, passages in texts.items():
        if rows := dossier.rows_of_element.get(key):
            yield Report(rows, passages)


@lru_cache(maxsize=1024)
def unit_class(unit: str) -> str:
    """A unit by which figures are compared: 名 and 人（社） are 人, ％ is %."""
    bare = compact(unit[:40]).partition("(")[0]
    return _SAME_UNIT.get(bare, bare)


def numbers(quantity: Quantity | None, unit: str = "") -> Iterator[Quantity]:
    """The number of a value, and those of its parts; ``unit`` where none is printed."""
    if quantity is None:
        return
    is_number = quantity.kind in (Kind.NUMBER, Kind.COMPOSITE) and quantity.base is not None
    if is_number and (quantity.unit or unit):
        yield quantity
    if quantity.kind is Kind.COMPOSITE:
        for part in quantity.parts[:20]:
            yield from numbers(part, unit)


def plain_number(quantity: Quantity | None) -> Decimal | None:
    """The one number of a value without scale; None for a change (61人増加), a range, a word."""
    if quantity is None or quantity.kind not in (Kind.NUMBER, Kind.COMPOSITE) or quantity.base is None:
        return None
    if {Qualifier.INCREASE, Qualifier.DECREASE} & set(quantity.qualifiers):
        return None
    return quantity.base[0]


def agree(figure: Figure, value: Quantity) -> bool:
    """Whether a figure of a text can be a cell's value: 約３億５千万円 and 3.5億円, 約31％ and 31.2%."""
    if value.base is None:
        return False
    said, printed = abs(figure.number), abs(value.base[0])  # a text says 18人の転出超過 for ▲18人
    if said == printed:
        return True
    rough = Qualifier.ABOUT in figure.quantity.qualifiers or figure.quantity.scale or value.scale
    if rough or fold(figure.text[:1]) == "約" or figure.text.startswith("およそ"):
        return abs(said - printed) * 20 <= abs(printed)
    first, second = said.as_tuple().exponent, printed.as_tuple().exponent
    if isinstance(first, int) and isinstance(second, int) and first != second and min(first, second) < 0:
        return abs(said - printed) < Decimal(1).scaleb(max(first, second))
    return False


@lru_cache(maxsize=4096)
def name_of(text: str) -> str:
    """A name as it is compared: one width, no white space, no の."""
    return compact(text[:_LONGEST_NAME]).replace("の", "")


@lru_cache(maxsize=4096)
def bigrams(text: str) -> frozenset[str]:
    """The telling pairs of characters in a name: of kanji, of katakana; 件数 and its like are none."""
    return frozenset(
        piece[i : i + 2]
        for piece in _PIECE.findall(compact(text[:_LONGEST_NAME]))
        for i in range(len(piece) - 1)
        if piece[i : i + 2] not in _COMMON
    )


def shares_word(text: str, name: str) -> bool:
    """Whether ``text`` (folded, short) has a telling pair of characters of ``name``."""
    return any(pair in text for pair in bigrams(name))


def is_about(phrase: str, row: Row, around: str, *, alone: bool) -> bool:
    """Whether a noun phrase (相談件数, 受講生, 件数) is what the row counts, and no part of it.

    ``around`` is the text before it; ``alone`` says that the element has no other indicator.
    """
    *before, head = phrase.strip(" ・「」()").split("の")
    name = name_of(row.placement.name) + name_of(row.indicator.name)
    if len(head) < 2 or not all(part in _NEUTRAL or (len(part) > 1 and part in name) for part in before):
        return False
    if not _SINGLE.isdisjoint(before) and _GROUPED.search(name):
        return False
    if head in _GENERIC:
        if (
            head not in _OF_ANYTHING
            and before
            and before[-1] not in _NEUTRAL
            and before[-1] + head not in name
        ):
            return False  # 起業の件数 is no 起業支援件数
        fits = head.removesuffix("数") in name or head in ("実績", "数値")
        return fits and (alone or shares_word(around, row.indicator.name))
    if _METRIC.search(head):
        return head in name
    return _is_counted(head, name) or (len(head) > 2 and _is_counted(head[:-1], name))


def _is_counted(thing: str, name: str) -> bool:
    """Whether a name counts the thing itself: 相談 in 相談件数, but not 転入 in 転入超過数."""
    at = name.find(thing)
    while at >= 0:
        if _COUNTER.match(name, at + len(thing)):
            return True
        at = name.find(thing, at + 1)
    return False


_FIGURE_TAIL = r"(?:約|およそ|延べ)?[0-9][0-9,.]{0,20}[^0-9、。はがもを]{0,4}(?:程度|ほど)?の?"
EARLIER = r"(?:前年|昨年|一昨年|前回|基準|過去|当初|策定時|令和|平成|(?<![A-Z])[RH][0-9]|コロナ)"
_COMPARISON = rf"{EARLIER}[^、。はがも]{{0,24}}(?:より|から|(?:に|と)比べて?|と(?:の)?比較(?:して|では|し)|比で?|に対して?|を)[はも]?"
_ADVERB = (
    "大幅に|大きく|やや|若干|わずかに|少し|年々|毎年|徐々に|着実に|更に|さらに|順調に|急激に|年間で|合計で|全体で|"
    "全体として|結果として|[、, ]"
)
_TAIL = re.compile(rf"(?:{_ADVERB}|{_COMPARISON}|{_FIGURE_TAIL})$")
_PHRASE = re.compile(r"[^はがをにへでも、。,「」()]{1,40}$")
_LED = re.compile(
    rf"(?P<lead>(?:{EARLIER}[^、。はがも]{{0,12}}?(?:よりも?|から|[にと]比べて?|[にと]比較して|比で)|年々|毎年|近年)は?、?)"
    r"(?P<head>[^はがをにへでも、。,「」()]{1,40})$"
)


def stripped(text: str) -> tuple[str, str]:
    """``text`` without the adverbs, comparisons and figures at its end, and what was taken off."""
    rest = text
    for _ in range(12):
        match = _TAIL.search(rest)
        if match is None:
            break
        rest = rest[: match.start()]
    return rest, text[len(rest) :]


def subject_of(before: str, particles: str = "はがも") -> str | None:
    """The noun phrase with its particle at the end of ``before``: 相談件数 of 窓口では相談件数は."""
    phrase = _PHRASE.search(before[:-1]) if before and before[-1] in particles else None
    return phrase[0] if phrase is not None else None


@dataclass(frozen=True, slots=True)
class Movement:
    """What a sentence says moved: ``phrase`` up (+1) or down (-1).

    ``compared`` holds the words it is compared with (前年度より), ``around`` the text before the phrase.
    """

    phrase: str
    way: int
    compared: str
    around: str
    sentence: str
    at: int


_MOVE = re.compile(
    "(?P<up>増加|急増|微増|増大|上昇|向上|伸長|増(?=とな)|増え|伸び|上が|上回)|"
    "(?P<down>減少|急減|微減|低下|下降|減(?=とな)|減っ|減り|下が|下回|落ち込)"
)
_ASSERTED = re.compile(
    "(?:傾向)?(?:し|っ|り|ん)?(?:たことから|た(?![いら])|だ|ました|(?:て|で)(?:いる|います|おり|きて(?:いる|おり)|きた)|"
    "(?:が|も)?(?:見|み)られ(?:た|る|ている|ます|ました)|とな(?:った|っている|っており|っています|りました|り、)|"
    "という結果|でした|であった|にあ(?:る|り)|、|$)"
)
_UNSURE = re.compile(
    "場合|とき|時|れば|懸念|恐れ|おそれ|可能性|見込|予想|予測|想定|期待|ない|ません|おらず|わけ|よう|べき"
)
_NOUN_AFTER = re.compile("(?!一方|結果|状況|傾向|現状|反面|要因|原因)[一-龥ァ-ヺ]|ところ(?!で)|もの[もが]")


def movements(sentence: str) -> Iterator[Movement]:
    """The movements that ``sentence`` asserts: not intended, feared, denied, nor of another year."""
    text = fold(sentence)
    for match in _MOVE.finditer(text):
        tail = _ASSERTED.match(text, match.end())
        if tail is None or _is_unsure(text, tail.end()):
            continue
        before, taken = stripped(text[max(0, match.start() - _NEAR) : match.start()])
        phrase = subject_of(before, "はがもの")
        if phrase is not None and (led := _LED.search(before[:-1])) is not None:
            phrase, taken = led["head"], led["lead"] + taken
        if match[0] in ("上回", "下回") and not re.search(EARLIER, taken):
            continue
        if phrase is not None:
            yield Movement(phrase, 1 if match["up"] else -1, taken, before, sentence, match.start())


def _is_unsure(text: str, end: int) -> bool:
    if _NOUN_AFTER.match(text, end):
        return True
    return _UNSURE.search(re.split("[、。]", text[end : end + 24])[0]) is not None


@dataclass(frozen=True, slots=True)
class Claim:
    """A figure of a text with what stands before and after it (folded), and the years before it."""

    figure: Figure
    before: str
    after: str
    other_year: bool
    passage: Passage
    sentence: str

    @property
    def unit(self) -> str:
        """The unit by which the figure is compared."""
        return unit_class(self.figure.quantity.unit)

    @property
    def label(self) -> str:
        """The noun that names the figure (講師2人, 出店が1件, 相談件数・・・30件); empty without one."""
        before = re.sub(r"(?:[、, ]|年間で?|合わせて|あわせて|合計で?|計|約|延べ|全体で)+$", "", self.before)
        before = re.sub(r"[・…:=\-]{1,10}$", "", before)
        match = re.search(r"([一-龥々ァ-ヺーA-Za-z]{2,30})[はがもを]?$", before)
        if match is None:
            return ""
        return re.sub("^(?:.*年度|今年|年間|合計|実績|市内|全体|最終)(?:実績)?$", "", match[1])


def claims(passage: Passage, year: int | None) -> Iterator[Claim]:
    """The figures of a passage; ``other_year`` where the sentence gives one to another year than ``year``."""
    for sentence in passage.sentences:
        figures = figures_in(sentence)
        if not figures:
            continue
        text = fold(sentence)
        years = list(years_in(sentence))
        at = 0
        last: int | None = None
        for figure in figures:
            while at < len(years) and years[at].end <= figure.start:
                when = years[at].when
                last = years[at].fiscal or (when.year if when else last)
                at += 1
            before = text[max(0, figure.start - 40) : figure.start]
            past = _BEFORE_LAST.search(before) is not None and not _THIS_YEAR.search(before)
            other = past or (last is not None and year is not None and last != year)
            yield Claim(figure, before, text[figure.end : figure.end + 48], other, passage, sentence)


def excerpt(sentence: str, at: int = 0, size: int = 60) -> str:
    """A sentence for a message: where it is long, the clauses around ``at`` (an offset into it folded)."""
    if len(sentence) <= size:
        return sentence
    if len(sentence) > _ENDLESS:
        return f"…{sentence[max(0, at - size // 2) : at + size // 2]}…"
    whole = Folded.of(sentence)
    low, high = max(0, at - size // 2), min(len(whole.text), at + size // 2)
    comma = whole.text.find("、", low, at)
    start = 0 if low == 0 else comma + 1 if comma >= 0 else low
    return ("…" if start else "") + whole.cut(start, high) + ("…" if high < len(whole.text) else "")


def place_of(passage: Passage, sentence: str, at: int = 0) -> Place:
    """The place of a sentence; of one without end, what stands around ``at``."""
    return passage.place(sentence if len(sentence) <= _LONGEST_SENTENCE else excerpt(sentence, at, 200))


def cell_text(quantity: Quantity | None) -> Words:
    """A cell's text for a message: in brackets where it is more than a number with its unit."""
    text = str(quantity)
    if quantity is not None and (quantity.kind is Kind.COMPOSITE or len(text.split()) > 1):
        return Words(f"「{text}」", f'"{text}"')
    return Words(text, text)


def unique(texts: Iterable[str]) -> list[str]:
    """The texts without repetition, in order."""
    return list(dict.fromkeys(texts))
