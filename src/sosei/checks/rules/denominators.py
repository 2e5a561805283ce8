"""Shares and what they are shares of: the denominator behind a percentage, and its bounds."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from sosei.checks.amounts import FIELDS, Cells, cells_of, field_words, is_percent, number, step
from sosei.checks.dossier import Dossier, Passage, Row
from sosei.checks.finding import Found, Severity, Words
from sosei.checks.registry import rule
from sosei.checks.say import short, shown
from sosei.values import Folded, Quantity, fold
from sosei.values.folding import compact

_BRACKETS = re.compile(r"\([^()]*\)")
_SUBJECT = re.compile(r"([一-龠々]{3,}?)(?:率|の?割合)$")
_EXTENTS = frozenset(
    {"ha", "a", "㎡", "m2", "㎢", "km2", "km", "m", "路線", "橋", "箇所", "か所", "カ所", "ヶ所"}
)
_MOST = 40  # rows of one element that are set against each other


@rule(
    "SUM05",
    Severity.WARNING,
    title=Words(
        "面積や延長とその率から逆算した母数が、欄によって違う",
        "An amount and its rate imply two different denominators",
    ),
    why=Words(
        "同じ母数に対する率のはずなのに、基準と目標を比べることができなくなります。",
        "If the denominator moves, baseline and target of the rate cannot be compared.",
    ),
    mend=Words(
        "率の母数（全体の面積・延長など）を確かめ、量と率を同じ母数で計算し直してください。",
        "Find the whole behind the rate and work out amount and rate with the same one.",
    ),
    case=Words(
        "農地集積が4,965.0ha・58.8%（約8,444ha）から5,423.0ha・62.0%（約8,747ha）になっている。",
        "4,965.0 ha at 58.8% means 8,444 ha of farmland, 5,423.0 ha at 62.0% means 8,747 ha.",
    ),
)
def two_denominators(dossier: Dossier) -> Iterator[Found]:
    """Physical amounts (ha, km, 路線) beside their rate where no one denominator fits every column."""
    cells = cells_of(dossier)
    seen: set[tuple[str, str]] = set()
    for rows in dossier.rows_of_element.values():
        rates = [(row, subject) for row in rows if (subject := _subject(row))][:_MOST]
        if not rates:
            continue
        amounts = [(row, _plain_name(row)) for row in rows if _is_extent(row)][:_MOST]
        for (rate, subject), (amount, name) in itertools.product(rates, amounts):
            pair = (amount.indicator.key, rate.indicator.key)
            if subject in name and _bracket(rate) == _bracket(amount) and pair not in seen:
                seen.add(pair)
                yield from _compared(dossier, cells, amount, rate)


@dataclass(frozen=True, slots=True)
class _Whole:
    """What an amount and a rate in one column say about the whole."""

    field: str
    amount: Quantity
    rate: Quantity

    @property
    def value(self) -> Fraction:
        return number(self.amount) * 100 / number(self.rate)

    @property
    def least(self) -> Fraction:
        return (number(self.amount) - step(self.amount) / 2) * 100 / (number(self.rate) + step(self.rate))

    @property
    def most(self) -> Fraction:
        return (number(self.amount) + step(self.amount)) * 100 / (number(self.rate) - step(self.rate) / 2)


def _compared(dossier: Dossier, cells: Cells, amount: Row, rate: Row) -> Iterator[Found]:
    wholes = list(_wholes(cells, amount, rate))
    if len(wholes) < 2:
        return
    low, high = min(wholes, key=lambda w: w.value), max(wholes, key=lambda w: w.value)
    fits_one = max(whole.least for whole in wholes) <= min(whole.most for whole in wholes)
    if fits_one or high.value - low.value <= low.value / 100:
        return
    sides = [
        (field_words(dossier, w.field), f"{w.amount}÷{w.rate}", f"{shown(w.value, 0)}{w.amount.unit}")
        for w in wholes
    ]
    ja = "、".join(f"{words.ja}（{sum_}）では約{whole}" for words, sum_, whole in sides)
    en = ", ".join(f"{words.en} ({sum_}) about {whole}" for words, sum_, whole in sides)
    yield Found(
        Words(
            f"「{short(amount.name)}」と「{short(rate.name)}」から逆算した母数が、{ja}となり、一致しません。",
            f'"{short(amount.name)}" and "{short(rate.name)}" imply different wholes: {en}.',
        ),
        tuple(row.place(whole.field) for whole in wholes for row in (amount, rate)),
    )


def _wholes(cells: Cells, amount: Row, rate: Row) -> Iterator[_Whole]:
    for field in FIELDS:
        quantity, share = cells.of(amount, field), cells.of(rate, field)
        if quantity is None or share is None or quantity.per or share.per:
            continue
        if number(quantity) > 0 and number(share) > step(share) and is_percent(share):
            yield _Whole(field, quantity, share)


def _plain_name(row: Row) -> str:
    return _BRACKETS.sub("", compact(row.placement.name))


def _bracket(row: Row) -> list[str]:
    return _BRACKETS.findall(compact(row.placement.name))


def _subject(row: Row) -> str:
    """What a rate is the rate of, three kanji or more: 農地集積 of 担い手への農地集積率; else empty."""
    if not any(is_percent(quantity) for _, quantity in row.values):
        return ""
    found = _SUBJECT.search(_plain_name(row)[-40:])
    return found[1] if found else ""


def _is_extent(row: Row) -> bool:
    return any(fold(quantity.unit) in _EXTENTS for _, quantity in row.values)


_BOUNDED = re.compile(
    "(?:割合|"
    "(?:受診|受検|受験|参加|参画|加入|入会|組織|認知|就職|進学|就業|就労|整備|舗装|改良|耐震化|水洗化|接続|"
    "有収|収納|徴収|登用|管理職|実施|策定|認定|保有|所持|高齢化|未婚|空き家|投票|出席|不登校|リサイクル|資源化|"
    "導入|集積|集約化|回答|オンライン化|電子化|定着|完了|改修|更新|活用|締結|設置|保健指導)率)$"
)
_UNBOUNDED = re.compile(
    "増|減|伸|成長|上昇|低下|向上|改善|変化|達成|対する|比べ|比較|前年|当たり|あたり|基準|倍|還元|収支|充足|効果|育児休業|育休|延べ|のべ|利用|来館|来場|貸出"
)


@rule(
    "SUM06",
    Severity.ERROR,
    title=Words("割合なのに100%を超えるか、0%を下回っている", "A share lies above 100% or below 0%"),
    why=Words(
        "全体に占める割合は0%から100%までなので、値か単位か桁が誤っています。",
        "A share of a whole lies between 0% and 100%, so value, unit or digits are wrong.",
    ),
    mend=Words(
        "分子と分母の数を担当課に確かめ、割合を計算し直してください。",
        "Ask the division for numerator and denominator and work the share out again.",
    ),
    case=Words(
        "乳幼児健診受診率の実績が998%（99.8%の小数点の抜け）。",
        "A screening rate of 998% (99.8% without its point).",
    ),
)
def beyond_bounds(dossier: Dossier) -> Iterator[Found]:
    """Percentages of a whole (割合, 受診率 ...) above 100 or below 0; rates that may exceed 100 are left alone."""
    cells = cells_of(dossier)
    seen: set[tuple[str, str, str]] = set()
    for row in dossier.rows:
        if not _is_share(row):
            continue
        for field in FIELDS:
            value = cells.of(row, field)
            if value is None or not is_percent(value) or 0 <= number(value) <= 100:
                continue
            key = (row.indicator.key, field, value.text)
            if key not in seen:
                seen.add(key)
                yield _beyond(dossier, row, field, value)


def _beyond(dossier: Dossier, row: Row, field: str, value: Quantity) -> Found:
    words = field_words(dossier, field)
    over = number(value) > 100
    side = Words("100%を超えています", "above 100%") if over else Words("0%を下回っています", "below 0%")
    return Found(
        Words(
            f"割合である「{short(row.name)}」の{words.ja}{value}が{side.ja}。",
            f'The {words.en} of the share "{short(row.name)}" is {value}, {side.en}.',
        ),
        (row.place(field),),
    )


def _is_share(row: Row) -> bool:
    name = _plain_name(row)
    return len(name) <= 200 and bool(_BOUNDED.search(name)) and not _UNBOUNDED.search(compact(row.name))


_AMONG = re.compile(
    r"(?<![0-9.,])(?P<count>[0-9]{1,5}) ?(?P<counter>[^\s0-9。、,.%()・]{1,4}?)の?(?:うち|内、|中、)"
)
_HEAD = re.compile(r"([一-龠々ァ-ヺー]{2,})[はがのも、:全計約]{0,3}$")
_PROGRESS = re.compile("率|割合|進捗|%")


@rule(
    "SUM07",
    Severity.WARNING,
    title=Words(
        "文中の母数からは出てこない割合が印字されている",
        "A percentage that the denominator in the text cannot give",
    ),
    why=Words(
        "文章の母数と率が合わないと、どちらを信じてよいかわかりません。",
        "Where text and rate do not fit, a reader cannot tell which to trust.",
    ),
    mend=Words(
        "分子と母数を担当課に確かめ、率を計算し直すか、文章の母数を直してください。",
        "Ask the division for numerator and denominator; correct the rate or the text.",
    ),
    case=Words(
        "避難路22路線のうち整備済みは1路線（4.55%）だが、改良率は4.50%と印字されている。",
        "One of 22 evacuation roads is done (4.55%), but the rate is printed as 4.50%.",
    ),
)
def impossible_share(dossier: Dossier) -> Iterator[Found]:
    """Percentages that no whole number out of the denominator named in the same report (22路線のうち) makes."""
    cells = cells_of(dossier)
    for passage in dossier.passages:
        if passage.element is None or passage.year is None or passage.year != dossier.year:
            continue
        rows = [
            (row, value)
            for row in dossier.rows_of_element.get(passage.element.key, ())[:_MOST]
            if (value := cells.of(row, "actual")) is not None and _is_progress(row, value)
        ]
        if rows:
            yield from _in_passage(passage, rows)


def _is_progress(row: Row, value: Quantity) -> bool:
    name = _plain_name(row)
    return (
        is_percent(value)
        and 0 <= number(value) <= 100
        and bool(_PROGRESS.search(compact(row.name)))
        and not _UNBOUNDED.search(name)
    )


def _in_passage(passage: Passage, rows: Sequence[tuple[Row, Quantity]]) -> Iterator[Found]:
    folded = Folded.of(passage.text)
    seen: set[tuple[str, int]] = set()
    for match in _AMONG.finditer(folded.text):
        head = _HEAD.search(folded.text[max(0, match.start() - 16) : match.start()])
        count = int(match["count"])
        if head is None or count < 2:
            continue
        for row, value in rows:
            key = (row.indicator.key, count)
            if key not in seen and _names(head[1], compact(row.name)) and not _makes(value, count):
                seen.add(key)
                said = folded.cut(match.start() - len(head[0]), match.end())
                make = _padded if _makes_padded(value, count) else _impossible
                yield make(passage, row, value, (count, match["counter"], said))


def _names(words: str, name: str) -> bool:
    """Whether a name holds the words before the number, or the last three or more characters of them."""
    return any(words[start:] in name for start in range(max(1, len(words) - 2)))


def _makes(value: Quantity, count: int) -> bool:
    """Whether some whole number out of ``count`` gives ``value`` at its printed digits, rounded or cut."""
    return _fits(number(value), step(value), count)


def _makes_padded(value: Quantity, count: int) -> bool:
    """Whether it does so without the zeros at its end: 4.50% as 4.5%."""
    last = step(value)
    while last < 1 and number(value) % (last * 10) == 0:
        last *= 10
        if _fits(number(value), last, count):
            return True
    return False


def _fits(wanted: Fraction, last: Fraction, count: int) -> bool:
    nearest = int(wanted * count / 100)
    for share in (Fraction(100 * part, count) for part in range(max(0, nearest - 1), nearest + 3)):
        if wanted in (share // last * last, (share / last + Fraction(1, 2)) // 1 * last):
            return True
    return False


def _padded(passage: Passage, row: Row, value: Quantity, said: tuple[int, str, str]) -> Found:
    count, counter, words = said
    digits = value.decimals or 0
    part = max(1, round(number(value) * count / 100))
    exact = Fraction(100 * part, count)
    plain = f"{shown(number(value), digits)}%"
    fine = f"{shown(exact, digits)}%"
    return Found(
        Words(
            f"「{short(row.name)}」の{value}は、文中の「{words}」（母数{count}{counter}）から計算した{part}÷{count}を"
            f"丸めた{plain}に0を付け足した形で、同じ桁まで計算すると{fine}です。",
            f'The {value} of "{short(row.name)}" is {plain}, {part}÷{count} rounded, with a zero added (the text '
            f'names a whole of {count}{counter}: "{words}"); to as many digits it is {fine}.',
        ),
        (row.place("actual"), passage.place(words)),
        Severity.INFO,
    )


def _impossible(passage: Passage, row: Row, value: Quantity, said: tuple[int, str, str]) -> Found:
    count, counter, words = said
    part = max(1, round(number(value) * count / 100))
    nearest = f"{part}÷{count}＝{shown(Fraction(100 * part, count), (value.decimals or 0) + 1)}%"
    return Found(
        Words(
            f"「{short(row.name)}」の{value}は、文中の「{words}」（母数{count}{counter}）からは出てこない割合です"
            f"（最も近いのは{nearest}）。",
            f'The {value} of "{short(row.name)}" is no share of {count}{counter}, the whole that the text names '
            f'("{words}"); the nearest is {nearest}.',
        ),
        (row.place("actual"), passage.place(words)),
    )
