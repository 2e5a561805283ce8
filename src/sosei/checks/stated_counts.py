"""Counts that a running text states about a plan: 4つの基本目標, KPIを26項目, 68の施策のうち."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from sosei.checks.text import sentences
from sosei.values import fold

KPI = "KPI"
TARGETS = "数値目標"
_LONGEST = 20
_AROUND = 200  # characters of the sentence that are read on either side

_SETS = (
    r"(?:[をとは]? ?(?:それぞれ|新たに|設|定め|掲げ|柱|軸|位置付|位置づ|設定|構成)|を(?:基に|もとに|踏まえ)|"
    r"に(?:基づ|係る|関する|分け|整理|体系)|から(?:な|成|構成)|で構成|のもと|の下|のそれぞれ|ごと|のうち|と(?:数値目標|施策|KPI)"
    r"|及び)"
)
_NUMBER = r"(?<![0-9.,第約のべ])(?P<count>[0-9]{1,3}|[一二三四五六七八九十]{1,3})"
_KANJI = {digit: value for value, digit in enumerate("一二三四五六七八九", 1)}
_SUBSET = re.compile(r"(?:うち|残る|残り|新たに|追加|他に|別に|新規に|廃止|ほか|他の|このうち) ?$")
_OTHER = re.compile(
    r"国の|県の|都道府県|国が|県が|国では|県では|総合計画|基本計画|ビジョンで|分野別|過疎計画|基本構想では|(?:基本目標|施策|政策) ?[0-9①-⑳]|"
    r"未達成|達成でき|達成し[たて]|達成と|上回|下回|遅れ|一部"
)


@dataclass(frozen=True, slots=True)
class Claim:
    """A count as the text states it: ``what`` is counted, ``text`` the words, ``around`` what
    stands beside them in the sentence."""

    what: str
    count: int
    text: str
    around: str

    @property
    def is_vague(self) -> bool:
        """Whether the words may speak of another plan, of one goal or of those that did well or badly."""
        return bool(_OTHER.search(self.around))


class Reader:
    """Finds claims about the given things; ``names`` are what the plan calls its levels."""

    def __init__(self, names: Iterator[str] | list[str]) -> None:
        kinds = [fold(name) for name in names if 1 < len(name) <= _LONGEST]
        things = "|".join(re.escape(name) for name in sorted({*kinds, TARGETS}, key=len, reverse=True))
        kpi = r"重要業績評価指[標数](?:\(KPI\))?|KPI(?:\(重要業績評価指[標数]\))?"
        self._before = re.compile(
            rf"{_NUMBER}(?:つの|個の|項目の|件の|本の|の)(?P<what>{things}|{kpi}){_SETS}"
        )
        self._after = re.compile(
            rf"(?P<what>{things}|{kpi})(?:[をはがも]|として)?、?(?:全部?で?|計|合計で?|合わせて)? ?{_NUMBER}"
            r"(?:項目|個|件|本|つ)(?=を?(?:設|定め|掲げ|位置付|位置づ|のうち|から(?:な|成)|で構成|と(?:し|な)))"
        )

    def claims(self, text: str) -> Iterator[Claim]:
        """The claims of a text, in order."""
        for sentence in sentences(text):
            folded = fold(sentence)
            for pattern in (self._before, self._after):
                for match in pattern.finditer(folded):
                    if not _SUBSET.search(folded[max(0, match.start() - 6) : match.start()]):
                        what = match["what"]
                        yield Claim(
                            what=KPI if "KPI" in what or "重要業績" in what else what,
                            count=_number(match["count"]),
                            text=_words(match),
                            around=folded[max(0, match.start() - _AROUND) : match.end() + _AROUND],
                        )


def _words(match: re.Match[str]) -> str:
    """The claim without the words that only mark it as one."""
    whole = match[0]
    return whole[: match.end("what") - match.start()] if match.start("count") < match.start("what") else whole


def _number(text: str) -> int:
    if text.isdigit():
        return int(text)
    tens, ten, ones = text.partition("十")
    if not ten:
        tens, ones = "", text
    return (_KANJI.get(tens[:1], 1) * 10 if ten else 0) + _KANJI.get(ones[:1], 0)
