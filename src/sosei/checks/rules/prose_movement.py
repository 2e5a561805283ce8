"""What a text says moved, against the numbers and against itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from sosei.checks.claims import (
    Movement,
    Report,
    excerpt,
    is_about,
    movements,
    place_of,
    plain_number,
    reports,
    unit_class,
)
from sosei.checks.dossier import Dossier, Passage, Row
from sosei.checks.finding import Found, Place, Severity, Words
from sosei.checks.registry import rule
from sosei.checks.text import Mention, years_in
from sosei.values import Quantity, When, era_text, fold

_LAST_YEAR = re.compile("(?<!一)(?:前年|昨年)")
_LONG_AGO = re.compile("コロナ|災害|豪雨|震災|一昨年|前々年|過去|前回|以前")
_ELSEWHERE = re.compile("県内|県全体|全県|全国|国全体|国内|他の?(?:市|町|村|県|自治体)|近隣|周辺|管内|圏域")


@dataclass(frozen=True, slots=True)
class _Earlier:
    """The value that a year is compared with: the last one before, else the baseline."""

    label: Words
    quantity: Quantity
    year: int | None
    place: Place


def _earlier(dossier: Dossier, row: Row) -> _Earlier | None:
    if row.before is not None:
        when = row.before.year.effective
        year = when.year if when else None
        short = era_text(When(year=year), short=True) if year is not None else row.before.year.text
        place = row.place(f"actual:{short}", str(row.before.quantity))
        return _Earlier(Words(f"{short}実績", f"the value of {short}"), row.before.quantity, year, place)
    for each in dossier.rows_of_indicator[row.indicator.key]:
        value = each.placement.baseline
        if value is None or value.span is not None or each.placement.doubt("baseline"):
            continue
        when = value.year.effective if value.year is not None else None
        return _Earlier(
            Words("基準値", "the baseline"),
            value.quantity,
            when.year if when else None,
            each.place("baseline"),
        )
    return None


def _same_period(first: Quantity, second: Quantity) -> bool:
    """Whether neither is a total over several years (36件／4か年)."""
    return all(each.per is None or each.per.count == 1 for each in (first, second))


def _moved(dossier: Dossier, row: Row, claim: Movement) -> tuple[int, _Earlier] | None:
    """Which way the number went, and from where; None where that cannot be said."""
    earlier, actual = _earlier(dossier, row), row.actual
    if earlier is None or actual is None or not _same_period(earlier.quantity, actual):
        return None
    before, now = plain_number(earlier.quantity), plain_number(actual)
    if before is None or now is None or unit_class(earlier.quantity.unit) != unit_class(actual.unit):
        return None
    if not _compares(dossier, claim, earlier):
        return None
    return (now > before) - (now < before), earlier


def _compares(dossier: Dossier, claim: Movement, earlier: _Earlier) -> bool:
    """Whether the sentence can mean the year that the earlier value is of."""
    if _LONG_AGO.search(claim.compared):
        return False
    if earlier.year is None or dossier.year is None:
        return not any(_year(each) != dossier.year for each in years_in(claim.sentence))
    if _LAST_YEAR.search(claim.compared) and earlier.year != dossier.year - 1:
        return False
    named = {_year(each) for each in years_in(claim.sentence)} - {None}
    return named <= {dossier.year, earlier.year}


def _year(mention: Mention) -> int | None:
    return mention.fiscal or (mention.when.year if mention.when else None)


@rule(
    "TXT02",
    Severity.WARNING,
    title=Words(
        "文章の増減と数値の増減が逆", "The text says it rose where the number fell, or the other way"
    ),
    why=Words(
        "文章か数値のどちらかが、別の年度か別のものを指している疑いがあります。",
        "Either the text or the number may be of another year or of another thing.",
    ),
    mend=Words(
        "どの年度のどの数と比べた増減かを確かめ、文章か数値を直してください。",
        "Find out which figures the text compares, and mend the text or the number.",
    ),
    case=Words(
        "人吉しごとサポートセンター相談件数は625件／年から630件／年なのに、評価は「件数が減少している」。",
        "Consultations went from 625 to 630 a year, and the evaluation says that they fell.",
    ),
)
def other_way(dossier: Dossier) -> Iterator[Found]:
    """Sentences about an indicator whose number moved the other way; one finding an indicator."""
    found: dict[tuple[str, int], tuple[Row, _Earlier, list[tuple[Passage, Movement]]]] = {}
    for report in reports(dossier):
        for passage in report.passages:
            for row, claim, earlier in _contradicted(dossier, report, passage):
                entry = found.setdefault((row.indicator.key, claim.way), (row, earlier, []))
                entry[2].append((passage, claim))
    for (_, way), (row, earlier, told) in found.items():
        yield _reversed(dossier, way, row, earlier, told)


def _contradicted(
    dossier: Dossier, report: Report, passage: Passage
) -> Iterator[tuple[Row, Movement, _Earlier]]:
    for sentence in passage.sentences:
        said = list(movements(sentence))
        for row in report.rows if said else ():
            own = [m for m in said if is_about(m.phrase, row, m.around, alone=report.is_single)]
            own = [m for m in own if not _is_elsewhere(m, row)]
            if len({m.way for m in own}) != 1:
                continue
            moved = _moved(dossier, row, own[0])
            if moved is not None and moved[0] == -own[0].way:
                yield row, own[0], moved[1]


def _is_elsewhere(claim: Movement, row: Row) -> bool:
    """Whether the clause speaks of other places than the row: 県内では死者数が."""
    place = _ELSEWHERE.search(claim.around.rpartition("、")[2])
    return place is not None and place[0] not in fold(row.indicator.name[:200])


def _reversed(
    dossier: Dossier, way: int, row: Row, earlier: _Earlier, told: list[tuple[Passage, Movement]]
) -> Found:
    passage, claim = told[0]
    said = excerpt(claim.sentence, claim.at)
    ja, en = ("増えた", "rose") if way > 0 else ("減った", "fell")
    really, really_en = ("減って", "fell") if way > 0 else ("増えて", "rose")
    places = (
        earlier.place,
        row.place("actual"),
        *(place_of(each, moved.sentence, moved.at) for each, moved in told),
    )
    if earlier.year is None and all(_LAST_YEAR.search(moved.compared) for _, moved in told):
        words = Words(
            f"{passage.path}の文章は「{row.name}」が前年度より{ja}としていますが（「{said}」）、前年度の値が"
            f"この計画になく確かめられず、{earlier.label.ja}{earlier.quantity}からは"
            f"{dossier.year_text}実績{row.actual}に{really}います。",
            f'The text at {passage.path} says that "{row.name}" {en} against the year before ("{said}"); the '
            f"plan has no value of that year to check it by, and from {earlier.quantity} ({earlier.label.en}) "
            f"it {really_en} to {row.actual}.",
        )
        return Found(words, places, Severity.INFO)
    return Found(
        Words(
            f"「{row.name}」は{earlier.label.ja}{earlier.quantity}から{dossier.year_text}実績{row.actual}に"
            f"{really}いますが、{passage.path}の文章は{ja}としています（「{said}」）。",
            f'"{row.name}" {really_en} from {earlier.quantity} ({earlier.label.en}) to {row.actual}, '
            f'but the text at {passage.path} says that it {en} ("{said}").',
        ),
        places,
    )


_UP, _DOWN = "増加|増え|上昇|上が|伸び|向上", "減少|減っ|低下|下が|下回|落ち込"
_EVERY = "(?:年々|毎年|年を追うごとに|年を経るごとに)"
_LAST = "(?:前年|昨年)度?"
_VERSUS = rf"{_LAST}[^。がは]{{0,12}}(?:では?|より|比べ|比較し)[^。がは]{{0,12}}"
_TRENDS = tuple(
    re.compile(rf"{_EVERY}(?:{trend})[^。、]{{0,40}}(?:が|ものの)、{_VERSUS}(?:{then})")
    for trend, then in ((_UP, _DOWN), (_DOWN, _UP))
)


@rule(
    "TXT06",
    Severity.INFO,
    title=Words("一つの文の中で増減が食い違う", "One sentence says both that it rises and that it fell"),
    why=Words(
        "「年々増加」と「昨年度より低下」が並ぶと、読み手はどちらの傾向なのかわかりません。",
        "A reader cannot tell the trend where a sentence says that it rises every year and fell last year.",
    ),
    mend=Words(
        "いつまでの傾向で、今年度はどうだったのかを分けて書いてください。",
        "Say until when the trend held, and what this year brought.",
    ),
    case=Words(
        "「年々増加傾向にあるモリスポの加入率だが、昨年度の実績との比較では約４％の低下」。",
        "A membership rate that rises year by year, but fell by 4 % against last year.",
    ),
)
def rises_and_falls(dossier: Dossier) -> Iterator[Found]:
    """Sentences that name a trend over the years and then the opposite for the last one."""
    for passage in dossier.passages:
        for sentence in passage.sentences:
            if "年々" not in sentence and "毎年" not in sentence and "ごとに" not in sentence:
                continue
            match = _contradiction(fold(sentence))
            if match is not None:
                said = excerpt(sentence, match.start() + 30, 90)
                yield Found(
                    Words(
                        f"{passage.path}の文章は、年々の傾向と前年度からの増減が逆です（「{said}」）。",
                        f'The text at {passage.path} names a trend and, against last year, its opposite ("{said}").',
                    ),
                    (place_of(passage, sentence, match.start()),),
                )


def _contradiction(text: str) -> re.Match[str] | None:
    return next((match for pattern in _TRENDS if (match := pattern.search(text))), None)
