"""The figures of a text against the cells of the table."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import accumulate

from sosei.checks.claims import (
    EARLIER,
    Claim,
    Report,
    agree,
    cell_text,
    claims,
    excerpt,
    is_about,
    name_of,
    numbers,
    place_of,
    plain_number,
    reports,
    shares_word,
    subject_of,
    unique,
    unit_class,
)
from sosei.checks.dossier import Dossier, Row, year_of
from sosei.checks.finding import Found, Severity, Words
from sosei.checks.registry import rule
from sosei.checks.say import listed
from sosei.checks.text import years_in
from sosei.plan.indicator import Counting, Indicator
from sosei.values import Quantity, fold

_STRICT = frozenset(("円", "%", "ポイント", "時間", "日", "点", "割", "歳"))
_STOCK = re.compile("会員|登録|加盟|加入|総数|人口|フォロワー|認定.*数$|[師士員]数$")
_CHANGE = re.compile(
    "(?:程度|ほど)?(?:の|が)?(?:増|減|低下|上昇|差|アップ|ダウン)|以上|以下|未満|を?超|を上回|を下回|目|当たり|あたり|ごと|につき|まで|以内|"
    "に比べ|と比べ|と比較|より|から|ずつ|台|を目標|を予定|を見込|を上限|を定員"
)
_PART = re.compile(
    "(?:うち|内訳|毎月|毎週|毎年|毎日|月に?|週に?|各[^、]{0,6}|一?回に?|目標[^、]{0,12}|予定[^、]{0,6}|見込[^、]{0,6}|定員[^、]{0,4}|"
    "新たに[^、]{0,12}|新規[^、]{0,12}|追加[^、]{0,8}|最大|上限|当たり|あたり|につき|残る|残り[はの]?|の(?:合計|総計|計)|"
    "(?:これまで|通算|累計)[^、]{0,16})(?:約|延べ)?$"
)
_ACT_AFTER = re.compile("[のがを]?([一-龥]{2})")
_METRIC = re.compile("(?:数|率|額|量|割合)$")


@rule(
    "TXT01",
    Severity.WARNING,
    title=Words("文中の数値と実績が違う", "The text gives another figure than the cell"),
    why=Words(
        "読み手は文中の数が実績の内訳なのか、別のものの数なのか、誤りなのかを判断できません。",
        "A reader cannot tell whether the text's figure is part of the value, of another thing, or wrong.",
    ),
    mend=Words(
        "文中の数が何の数かを書き添えるか、実績か文章のどちらかを直してください。",
        "Say what the text's figure counts, or mend the cell or the text.",
    ),
    case=Words(
        "市内農家民宿の宿泊者数は１7０人だが、文章には「親子7組21人が参加した」としかない。",
        "Guests of farm inns: 170 in the cell, but the text only speaks of 21 people.",
    ),
)
def other_figure(dossier: Dossier) -> Iterator[Found]:
    """Elements whose text counts in a KPI's unit, but never to the KPI's value."""
    for report in reports(dossier):
        said = [claim for passage in report.passages for claim in claims(passage, dossier.year)]
        if not said:
            continue
        for unit, rows in _rows_by_unit(report).items():
            figures = [claim for claim in said if claim.unit == unit]
            if not figures or any(_tells(figures, value) for row in rows for value in _values(row, unit)):
                continue
            row = rows[0]
            if plain_number(row.actual) == 0:  # TXT04 reads what came about; the figures count other things
                continue
            if (stray := [c for c in figures if _counts(c, row)]) and len(rows) == 1 and not _is_running(row):
                yield _stray(dossier, row, stray)


def _rows_by_unit(report: Report) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in report.rows:
        for unit in {unit_class(each.unit or row.indicator.unit) for each in _numbers(row)}:
            if unit:
                found[unit].append(row)
    return found


def _numbers(row: Row) -> Iterator[Quantity]:
    return numbers(row.actual, row.indicator.unit)


def _values(row: Row, unit: str) -> Iterator[Quantity]:
    return (each for each in _numbers(row) if unit_class(each.unit or row.indicator.unit) == unit)


def _tells(figures: Sequence[Claim], value: Quantity) -> bool:
    """Whether a figure, or figures that stand one after another added up, give the value."""
    if any(agree(claim.figure, value) for claim in figures):
        return True
    assert value.base is not None  # noqa: S101  (numbers() hands out no others)
    for passage in {id(c.passage): c.passage for c in figures}.values():
        seen = {0 * value.base[0]}
        for total in accumulate(c.figure.number for c in figures if c.passage is passage):
            if total - value.base[0] in seen:
                return True
            seen.add(total)
    return False


def _is_running(row: Row) -> bool:
    """Whether the value runs on from year to year, so that a text may tell of one year's share."""
    return row.indicator.counting is Counting.CUMULATIVE or "累計" in row.name or "累計" in row.indicator.name


def _counts(claim: Claim, row: Row) -> bool:
    """Whether the figure seems to count what the row counts, in the same year and as a whole."""
    if claim.other_year or _CHANGE.match(claim.after) or _PART.search(claim.before):
        return False
    if claim.figure.number == 1 and claim.after[:1].isdigit():
        return False
    act = _ACT_AFTER.match(claim.after)
    if act is not None and claim.unit != "人" and act[1] not in row.indicator.name[:200]:
        return False
    label = name_of(claim.label)
    is_stock = _STOCK.search(row.indicator.name[:200]) is not None
    if not label:
        return claim.unit not in _STRICT and not is_stock
    names = (name_of(row.placement.name), name_of(row.indicator.name))
    if _METRIC.search(label):
        return any(label in name or name in label for name in names)
    return not is_stock and shares_word(label[:2], row.indicator.name)  # 登録児童 are no 待機児童


def _stray(dossier: Dossier, row: Row, stray: Sequence[Claim]) -> Found:
    figures = unique(claim.figure.text for claim in stray)
    told = list({claim.sentence: claim for claim in reversed(stray)}.values())[:20]
    first = stray[0]
    said = excerpt(first.sentence, first.figure.start)
    actual = cell_text(row.actual)
    return Found(
        Words(
            f"「{row.name}」の{dossier.year_text}実績は{actual.ja}ですが、{first.passage.path}の文中の数は"
            f"{listed(figures, 'ja')}で、実績と合う数がありません（「{said}」）。",
            f'"{row.name}" is {actual.en} in {dossier.year_text}, but the text at {first.passage.path} '
            f'only has {listed(figures, "en")} ("{said}").',
        ),
        (
            row.place("actual"),
            *(place_of(claim.passage, claim.sentence, claim.figure.start) for claim in told),
        ),
    )


_AGAINST = re.compile("(?:に|と)比べて?|と比較して|から|よりも?|を(?=[^、。]{0,8}[上下]回)")
_OF_A_YEAR = re.compile(rf"、?{EARLIER}[^、。はがも]{{0,12}}$")
_ROSE = re.compile(
    "[^。0-9ずな]{0,12}?(?:(増加|増え|上昇|伸び|上回|急増|微増)|(減少|減っ|減り|低下|下回|急減|微減|落ち込))(?!させ|を|する|策|が見込)"
)


@rule(
    "TXT03",
    Severity.WARNING,
    title=Words(
        "文中の過去の数値との比較が実績と合わない",
        "The text's comparison with an earlier figure does not hold",
    ),
    why=Words(
        "文中の過去の数か、実績か、増減の言葉のどれかが誤っています。",
        "The earlier figure, the cell or the word for the change is wrong.",
    ),
    mend=Words(
        "過去の数と実績を資料で確かめ、合わないものを直してください。",
        "Check the earlier figure and the value, and mend what does not fit.",
    ),
    case=Words(
        "「令和５年度の34,506人に比べ大幅に増加した」とあるのに、実績が30,233人。",
        '"A great increase against 34,506 in the year before", but the cell has 30,233.',
    ),
)
def false_comparison(dossier: Dossier) -> Iterator[Found]:
    """Sentences that compare with a figure of an earlier year, in a direction that the value contradicts."""
    for report in reports(dossier):
        for passage in report.passages:
            for claim in claims(passage, dossier.year):
                way = _way(claim)
                if not way or not claim.other_year:
                    continue
                meant = [row for row in report.rows if _speaks_of(claim, row, report)]
                if meant and all(_fails(claim, row, way) for row in meant):
                    yield _compared(dossier, meant[0], claim, way)


def _way(claim: Claim) -> int:
    """+1 where the sentence says that it rose against the figure, -1 where it fell, else 0."""
    against = _AGAINST.match(claim.after)
    match = _ROSE.match(claim.after, against.end()) if against else None
    return 0 if match is None else 1 if match[1] else -1


def _speaks_of(claim: Claim, row: Row, report: Report) -> bool:
    """Whether the subject of the comparison is what the row counts: 来館者数は令和５年度の34,506人に比べ."""
    before = _OF_A_YEAR.sub("", claim.before)
    subject = subject_of(before)
    if subject is None or not any(True for _ in _values(row, claim.unit)):
        return False
    return is_about(subject, row, before, alone=report.is_single)


def _fails(claim: Claim, row: Row, way: int) -> bool:
    known = [v.base[0] for v in _values(row, claim.unit) if v.base is not None]
    return all((number - claim.figure.number) * way <= 0 for number in known)


def _compared(dossier: Dossier, row: Row, claim: Claim, way: int) -> Found:
    ja, en = ("増えた", "a rise") if way > 0 else ("減った", "a fall")
    said = excerpt(claim.sentence, claim.figure.start)
    return Found(
        Words(
            f"{claim.passage.path}の文章は{claim.figure.text}から{ja}としていますが（「{said}」）、"
            f"「{row.name}」の{dossier.year_text}実績は{row.actual}です。",
            f"The text at {claim.passage.path} tells of {en} from {claim.figure.text} "
            f'("{said}"), but "{row.name}" is {row.actual} in {dossier.year_text}.',
        ),
        (row.place("actual"), place_of(claim.passage, claim.sentence, claim.figure.start)),
    )


@rule(
    "TXT09",
    Severity.WARNING,
    title=Words(
        "本文に出てくる指標の数値が、指標の表にない",
        "A chapter gives an indicator a figure that its table has not",
    ),
    why=Words(
        "本文と指標の表で数値が違うと、どちらが計画の数値かわかりません。",
        "Where text and table differ, nobody knows which figure the plan stands by.",
    ),
    mend=Words(
        "基準値・目標値・実績値と本文を照らし、古い数値を直してください。",
        "Compare the text with baseline, target and values, and mend the outdated figure.",
    ),
    case=Words(
        "本文に「年間宿泊者数は620,000人」とあるが、指標の表の基準値は626,839人。",
        'The text says "620,000 guests a year", the table of indicators has 626,839.',
    ),
)
def figure_in_chapter(dossier: Dossier) -> Iterator[Found]:
    """Sentences that name an indicator in full and give it a figure that the record does not have."""
    names = _Names(dossier)
    own = {id(passage) for report in reports(dossier) for passage in report.passages}
    goals = (goal for verification in dossier.plan.verifications for goal in verification.goals)
    earlier = {statement.key for goal in goals for statement in goal.statements}  # targets of a closed plan
    for passage in dossier.passages:
        if id(passage) in own or passage.field in ("answer", "next") or passage.path in ("意見",):
            continue
        if passage.node.key in earlier:
            continue
        for claim in claims(passage, None):
            indicator = names.before(claim)
            if indicator is not None and not _known(dossier, indicator, claim):
                yield _unknown(dossier, indicator, claim)


class _Names:
    """The indicators by names long enough to be told from a common word."""

    _LEAST, _MOST = 6, 38

    def __init__(self, dossier: Dossier) -> None:
        self._by_name: dict[str, set[str]] = defaultdict(set)
        for row in dossier.rows:
            for name in {fold(row.placement.name[:200]), fold(row.indicator.name[:200])}:
                if self._LEAST <= len(name) <= self._MOST:
                    self._by_name[name].add(row.indicator.key)
        self._indicators = dossier.indicators

    def before(self, claim: Claim) -> Indicator | None:
        """The one indicator whose whole name stands right before the figure: 宿泊者数は年間620,000人."""
        before = re.sub("(?:[(（][^()（）]{0,16}[)）]|[、, ]|年間で?|合計で?|約|延べ)+$", "", claim.before)
        before = re.sub("(?:は|が|を|・+|:)$", "", before)
        for length in range(min(self._MOST, len(before)), self._LEAST - 1, -1):
            keys = self._by_name.get(before[-length:])
            if keys is not None:
                outer = re.search("[一-龥ァ-ヺー]$", before[:-length]) is not None
                return None if outer or len(keys) > 1 else self._indicators[next(iter(keys))]
        return None


def _known(dossier: Dossier, indicator: Indicator, claim: Claim) -> bool:
    """Whether the figure is a value of the indicator, or cannot be compared with one."""
    unit = claim.unit
    if _CHANGE.match(claim.after) or claim.before.endswith(("目標", "うち")):
        return True
    values = [
        (year, number)
        for year, quantity in _recorded(dossier, indicator)
        for number in numbers(quantity, indicator.unit)
        if unit_class(number.unit or indicator.unit) == unit
    ]
    named = {each.fiscal or (each.when.year if each.when else None) for each in years_in(claim.sentence)}
    if named:
        values = [(year, number) for year, number in values if year in named]
    return not values or any(agree(claim.figure, number) for _, number in values)


def _recorded(dossier: Dossier, indicator: Indicator) -> Iterator[tuple[int | None, Quantity]]:
    for observation in indicator.observations:
        yield year_of(observation), observation.quantity
        for earlier in observation.earlier:
            yield year_of(observation), earlier.quantity
    for row in dossier.rows_of_indicator.get(indicator.key, ()):
        for value in (row.placement.baseline, row.placement.target, *row.placement.path):
            if value is not None:
                yield year_of(value), value.quantity
        for entry in row.placement.printed:
            if entry.actual is not None:
                yield year_of(entry), entry.actual


def _unknown(dossier: Dossier, indicator: Indicator, claim: Claim) -> Found:
    row = dossier.rows_of_indicator[indicator.key][0]
    known = unique(str(quantity) for _, quantity in _recorded(dossier, indicator) if not quantity.is_absent)
    return Found(
        Words(
            f"{claim.passage.path}の文中では「{indicator.name}」が{claim.figure.text}ですが、"
            f"指標の値は{listed(known, 'ja')}です（「{excerpt(claim.sentence, claim.figure.start)}」）。",
            f'At {claim.passage.path} the text gives "{indicator.name}" as {claim.figure.text}, but its values '
            f'are {listed(known, "en")} ("{excerpt(claim.sentence, claim.figure.start)}").',
        ),
        (
            *(row.place(field) for field, _ in row.values),
            place_of(claim.passage, claim.sentence, claim.figure.start),
        ),
    )
