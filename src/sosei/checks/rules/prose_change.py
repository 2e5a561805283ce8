"""Changes that a text tells of: whether they can be checked, and whether percent means points."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sosei.checks.claims import (
    Movement,
    Report,
    cell_text,
    claims,
    excerpt,
    is_about,
    movements,
    name_of,
    numbers,
    place_of,
    reports,
    unique,
    unit_class,
)
from sosei.checks.dossier import Dossier, Passage, Row, year_of
from sosei.checks.finding import Found, Severity, Words
from sosei.checks.registry import rule
from sosei.checks.say import both
from sosei.checks.text import figures_in
from sosei.values import fold

_LAST_YEAR = re.compile("(?<!一)(?:前年|昨年)")
_OVER_YEARS = re.compile("年々|毎年|近年|過去|前回")


@rule(
    "TXT12",
    Severity.INFO,
    title=Words(
        "前年度との比較が、計画の数値で確かめられない",
        "A comparison with the year before that no figure bears out",
    ),
    why=Words(
        "比べた値がどこにもないと、読み手は増減を確かめられず、評価の根拠になりません。",
        "Without the earlier value a reader cannot check the change, and it proves nothing.",
    ),
    mend=Words(
        "比べた年度の値を文中に添えるか、過年度の実績を表に加えてください。",
        "Give the earlier value in the text, or add the earlier years to the table.",
    ),
    case=Words(
        "評価に「参加率は年々上がっている」とあるが、過年度の参加率も基準値も載っていない。",
        '"The share of those who take part rises every year", but no earlier value is printed.',
    ),
)
def unchecked_comparison(dossier: Dossier) -> Iterator[Found]:
    """Comparisons of an indicator with earlier years where neither plan nor text has their value; folded."""
    told: dict[tuple[str, str], tuple[Row, Passage, Movement]] = {}
    for report in reports(dossier):
        for passage in report.passages:
            for row, claim in _unchecked(dossier, report, passage):
                told.setdefault((row.indicator.key, claim.sentence), (row, passage, claim))
    if told:
        items, items_en = [], []
        for row, passage, claim in told.values():
            said = excerpt(claim.sentence, claim.at, 48)
            actual = cell_text(row.actual)
            items.append(f"{row.name} {actual.ja}（{passage.path}「{said}」）")
            items_en.append(f'{row.name} {actual.en} ({passage.path}: "{said}")')
        yield Found(
            both(
                "文章は前の年度と比べていますが、比べた値が計画にも文章にもなく確かめられません：{}。",
                "The text compares with earlier years, but neither plan nor text gives their value: {}.",
                unique(items),
                unique(items_en),
            ),
            tuple(
                place
                for row, passage, claim in told.values()
                for place in (row.place("actual"), place_of(passage, claim.sentence, claim.at))
            ),
        )


def _unchecked(dossier: Dossier, report: Report, passage: Passage) -> Iterator[tuple[Row, Movement]]:
    for sentence in passage.sentences:
        for claim in movements(sentence):
            is_long = _OVER_YEARS.search(claim.compared) is not None
            if not is_long and _LAST_YEAR.search(claim.compared) is None:
                continue
            for row in report.rows:
                is_known = row.actual is None or row.actual.is_absent or _is_known(dossier, row, is_long)
                if is_known or not is_about(claim.phrase, row, claim.around, alone=report.is_single):
                    continue
                if not _gives_figure(dossier, row, passage, sentence):
                    yield row, claim


def _is_known(dossier: Dossier, row: Row, is_long: bool) -> bool:
    """Whether the plan has the value compared with; over the years any earlier one will do."""
    assert dossier.year is not None  # noqa: S101  (reports() finds nothing without one)
    dated = {year_of(each) for each in row.indicator.observations if not each.quantity.is_absent}
    for each in dossier.rows_of_indicator[row.indicator.key]:
        value = each.placement.baseline
        if value is not None and not value.quantity.is_absent:
            year = year_of(value)
            dated.add(dossier.year - 1 if year is None else year)
        dated |= {year_of(entry) for entry in each.placement.printed if entry.actual is not None}
    years = {year for year in dated if year is not None}
    return any(year < dossier.year for year in years) if is_long else dossier.year - 1 in years


def _gives_figure(dossier: Dossier, row: Row, passage: Passage, sentence: str) -> bool:
    """Whether the text gives an earlier value or the change in the row's unit."""
    own = list(numbers(row.actual, row.indicator.unit))
    units = {unit_class(each.unit or row.indicator.unit) for each in own} | {"ポイント"}
    known = {each.base[0] for each in own if each.base is not None}
    return any(
        claim.unit in units
        and claim.figure.number not in known
        and (claim.other_year or claim.sentence == sentence)
        for claim in claims(passage, dossier.year)
    )


_NEAR = 80
_SHARE = re.compile("(?:率|割合)$")
_NO_SHARE = re.compile(
    "(?:^率|前年比率|対比率|増加率|減少率|増減率|成長率|変化率|効率|能率|倍率|出生率|死亡率|婚姻率|回転率|金利|利率|税率|為替率)$"
)
_SUBJECT = re.compile(
    "(?P<noun>[一-龥々ァ-ヺーA-Za-z0-9]{1,40})(?:だが|であるが|について|に関して|[はがをも]|の$)"
)
_ELSE = re.compile("[高低]い[一-龥]")
_WHEN = re.compile("(?:年度?|月|今回|前回|現在|一方|[0-9])$")
_OF_WHAT = re.compile("(?:し|っ|り)?た(?!ため|こと|もの|結果|一方|状況|[いらが])[一-龥ァ-ヺ]")
_BY_PERCENT = re.compile(
    "(?:程度|ほど|近く|以上)?(?:の|も)?(?P<change>低下|減少|上昇|増加|向上|改善|増|減|アップ|ダウン|下が|上が|下回|上回|伸び)"
)


@rule(
    "TXT13",
    Severity.INFO,
    title=Words(
        "率の増減が「％」で書かれている", "The change of a percentage is given in percent, not in points"
    ),
    why=Words(
        "20％からの4％の低下は、16％（4ポイント減）とも19.2％（4％減）とも読めます。",
        "A fall of 4 % from 20 % may mean 16 % (4 points) or 19.2 % (4 percent of it).",
    ),
    mend=Words(
        "率の差なら「ポイント」と書き、前後の率を添えてください。",
        "Write points where the difference is meant, and give both rates.",
    ),
    case=Words(
        "「モリスポの加入率…約４％の低下」は、４ポイントの低下とみられる。",
        '"The membership rate … fell by 4 %": 4 points, it seems.',
    ),
)
def percent_for_points(dossier: Dossier) -> Iterator[Found]:
    """Sentences that give the change of a share in percent; one finding a sentence, where it stands first."""
    seen: set[str] = set()
    for passage in dossier.passages:
        for sentence in passage.sentences:
            if sentence in seen or not ("%" in sentence or "％" in sentence or "パーセント" in sentence):
                continue
            found = _in_percent(dossier, passage, sentence)
            if found is not None:
                seen.add(sentence)
                yield found


def _in_percent(dossier: Dossier, passage: Passage, sentence: str) -> Found | None:
    text = fold(sentence)
    for figure in figures_in(sentence):
        change = _BY_PERCENT.match(text, figure.end) if unit_class(figure.quantity.unit) == "%" else None
        noun = _share_before(text[max(0, figure.start - _NEAR) : figure.start]) if change else None
        if change is None or noun is None or _OF_WHAT.match(text, change.end()):
            continue
        if not _is_percent(dossier, passage, noun):
            continue
        said = excerpt(sentence, figure.start)
        return Found(
            Words(
                f"{passage.path}の文章は「{noun}」の変化を{figure.text}と書いていますが（「{said}」）、"
                "率の差ならポイントと書かないと、元の率に対する％とも読めます。",
                f'The text at {passage.path} gives the change of "{noun}" as {figure.text} ("{said}"): a '
                "difference of rates is to be given in points, or it reads as percent of the former rate.",
            ),
            (place_of(passage, sentence, figure.start),),
        )
    return None


def _share_before(before: str) -> str | None:
    """The last noun with a particle before a figure, where it is a share: 加入率は, 人口比率を."""
    nouns = [match for match in _SUBJECT.finditer(before) if not _WHEN.search(match["noun"])]
    if not nouns or _ELSE.search(before, nouns[-1].end()):
        return None
    last = nouns[-1]["noun"]
    return last if _SHARE.search(last) and not _NO_SHARE.search(last) else None


def _is_percent(dossier: Dossier, passage: Passage, noun: str) -> bool:
    """Whether no indicator here of that name is measured in something else than percent."""
    key = passage.element.key if passage.element is not None else ""
    return not any(
        row.indicator.unit and unit_class(row.indicator.unit) != "%"
        for row in dossier.rows_of_element.get(key, ())
        if noun in name_of(row.indicator.name)
    )
