"""Reading running text: its sentences, the figures in it and the years it names.

Patterns run on folded text (one width); what is handed out is cut from the original.  They are
linear in the length of the text, for a text may be hostile.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from itertools import islice

from sosei.values import Folded, Quantity, When, fold, parse_quantity, parse_when

_MOST = 2000  # figures or years read in one text: more is no text that a person wrote
_SENTENCE = re.compile(r"[^。\n\r]+")

_COUNTER = (
    "店舗|施設|団体|世帯|町内|地区|路線|事業体|経営体|行政区|事業者|事業|項目|品目|箇所|か所|カ所|ヶ所|ポイント|社|人|名|件|回|戸|組|校|台|本|冊|"
    "棟|橋|筆|頭|羽|区(?!分|域|間|画)|基(?![本準礎盤])|者|点|%|パーセント|割|時間|円|ha|km|㎡|㎥|m|kg|g|t|歳|泊|日(?!本)"
)
_NUMBER = r"(?<![0-9.,])[0-9]++(?:,[0-9]{3})*+(?:\.[0-9]++)?"
_SCALES = r"(?:[兆億万千百]{1,2}(?:[0-9][0-9,]*+(?:\.[0-9]++)?)?){0,4}+"
_FIGURE = re.compile(rf"(?:約|およそ|延べ|のべ)?{_NUMBER} ?{_SCALES} ?(?:{_COUNTER})(?![ァ-ヺ])")
_ERA = "(?:明治|大正|昭和|平成|令和|[MTSHR])"
_ONE_YEAR = rf"(?:{_ERA} ?(?:[0-9]{{1,2}}|元)|(?<![0-9,.])(?:1[89]|20|21)[0-9]{{2}})"
_MENTION = re.compile(
    rf"(?P<first>{_ONE_YEAR})(?P<kind>年度?)?(?: ?\((?P<second>{_ONE_YEAR})(?:年度?)?\))?(?P<kind2>年度?)?"
    r"(?:(?P<month>[0-9]{1,2})月)?(?P<end>末)?"
)


def sentences(text: str) -> list[str]:
    """The sentences of ``text``, cut at 。 and at line ends, without white space around them."""
    return [part for match in _SENTENCE.finditer(text) if (part := match[0].strip())]


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure with its counter inside a text: 7組, 約３億５千万円, 21人.

    ``start`` and ``end`` are offsets into the folded text that was searched.
    """

    text: str
    quantity: Quantity
    start: int
    end: int

    @property
    def number(self) -> Decimal:
        """The number without scale: 350000000 for 約３億５千万円."""
        base = self.quantity.base
        assert base is not None  # noqa: S101  (only figures that were read are handed out)
        return base[0]

    @property
    def unit(self) -> str:
        """The counter, folded."""
        return fold(self.quantity.unit)


@dataclass(frozen=True, slots=True)
class Mention:
    """A year or month that a text names: 令和6年度, R4年度, 平成26年(2014年)11月, 令和7年2月.

    ``when`` is None where the two calendars disagree; ``first`` and ``second`` are the years of the
    two as printed (``second`` None where only one is).
    """

    text: str
    when: When | None
    first: When | None
    second: When | None
    start: int
    end: int

    @property
    def fiscal(self) -> int | None:
        """The fiscal year meant, where the text leaves no doubt: 令和7年2月 lies in 2024."""
        when = self.when
        if when is None:
            return None
        if when.month is not None:
            return when.year - (1 if when.month < 4 else 0)
        return when.year if self.text.endswith("年度") or "年度" in self.text else None


@lru_cache(maxsize=4096)
def figures_in(text: str) -> tuple[Figure, ...]:
    """Every figure with a counter in ``text``, in order; years, months, days and ordinals are none."""
    return tuple(islice(_figures(text), _MOST))


@lru_cache(maxsize=4096)
def years_in(text: str) -> tuple[Mention, ...]:
    """Every year or month with a year that ``text`` names, in order."""
    return tuple(islice(_mentions(text), _MOST))


def _figures(text: str) -> Iterator[Figure]:
    folded = Folded.of(text)
    for match in _FIGURE.finditer(folded.text):
        before = folded.text[max(0, match.start() - 1) : match.start()]
        if before in {"第", "~"} or (before == "月" and match[0].endswith("日")):
            continue
        original = folded.cut(match.start(), match.end())
        quantity = parse_quantity(original)
        if quantity.base is not None:
            yield Figure(original, quantity, match.start(), match.end())


def _mentions(text: str) -> Iterator[Mention]:
    folded = Folded.of(text)
    for match in _MENTION.finditer(folded.text):
        kind = match["kind"] or match["kind2"] or ""
        bare_number = match["first"][:1].isdigit()
        if bare_number and not kind and match["second"] is None:
            continue
        first = parse_when(match["first"] + kind)
        second = parse_when(match["second"] + kind) if match["second"] else None
        yield Mention(
            text=folded.cut(match.start(), match.end()),
            when=parse_when(match[0]),
            first=first,
            second=second,
            start=match.start(),
            end=match.end(),
        )
