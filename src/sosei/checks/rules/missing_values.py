"""Values that are not there or not settled: blank cells, unmeasured years, open readings."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from sosei.checks.cells import TARGETED, called, folded, has_value, indicators_of, reason_of, told
from sosei.checks.dossier import Dossier, Passage, Row
from sosei.checks.finding import Found, Place, Severity, Words
from sosei.checks.registry import rule
from sosei.checks.say import short
from sosei.checks.text import years_in
from sosei.plan.base import Node
from sosei.plan.labels import field_label
from sosei.plan.record import NoteKind
from sosei.plan.walk import observed
from sosei.values import Folded, JointAlternatives, Kind, Reason, When, era_text, fold

_NEAR = 30
_READ_TOGETHER = 6
_READINGS = 6
_BEGINS = re.compile(
    r"以降(?=[)」])|(?:[^。、()も]{0,16}?)(?:開館|開園|開設|開業|開所|開校|開始|再開|供用|オープン)(?:を?予定)?"
)
_UNSAID = frozenset({Reason.NOT_DUE, Reason.UNKNOWN})
_OFTEN = re.compile("[0-9二三四五六七八九十]か?年(?:ごと|毎|おき|周期|に(?:1|一)[回度])|隔年|1年おき")
_GONE = frozenset({Reason.ENDED, Reason.STARTS_LATER})


@rule(
    "ABS15",
    Severity.WARNING,
    title=Words("実績値も理由もない指標", "No value, and no reason"),
    why=Words(
        "空欄では、集計中か、測っていないのか、書き忘れかがわかりません。",
        "A blank may be late, unmeasured or forgotten.",
    ),
    mend=Words(
        "担当課に値を確かめ、ないときは理由（集計中、終了など）を書いてください。",
        "Ask the division for the value, or print the reason.",
    ),
    case=Words(
        "人吉城歴史館年間来館者数のR6実績が空欄。", "The visitors of a museum are blank for the year."
    ),
)
def blank(dossier: Dossier) -> Iterator[Found]:
    """Indicators without a value in the year under review, where others have one and no reason is given.

    Where the report beside it says that the thing begins after that year, only the cell lacks the reason.
    """
    bare = [rows[0] for rows in _without_value(dossier) if _is_unsaid(rows)]
    texts = _reports(dossier) if bare else {}
    later = [(row, start) for row in bare if (start := _later_start(row, texts)) is not None]
    rows = [row for row in bare if all(row is not other for other, _ in later)]
    if later:
        yield Found(
            told(
                f"{dossier.year_text}の実績値が空欄の指標が{len(later)}件あり、始まるのは{dossier.year_text}より後と文章にあるので、"
                "欄にも理由（休館中、開始前など）を書くと伝わります：{}。",
                f"No value for {dossier.year_text} in {len(later)} indicators that the text says begin later; "
                "print the reason in the cell too: {}.",
                [called(row.name, start.text) for row, start in later],
            ),
            tuple(place for row, start in later for place in (_blank_cell(row), start)),
            Severity.INFO,
        )
    if rows:
        yield Found(
            told(
                f"{dossier.year_text}の実績値も値がない理由もない指標が{len(rows)}件あります：{{}}。",
                f"Indicators with neither a value for {dossier.year_text} nor a reason, {len(rows)} in all: {{}}.",
                [called(row.name, row.placed.place) for row in rows],
            ),
            tuple(_blank_cell(row) for row in rows),
        )


def _blank_cell(row: Row) -> Place:
    return row.place("actual", str(row.actual or "") or row.name)


def _reports(dossier: Dossier) -> Mapping[str, Sequence[Passage]]:
    """What each element reports for the year under review, by its key."""
    found: dict[str, list[Passage]] = defaultdict(list)
    for passage in dossier.passages:
        if passage.element is not None and passage.year is not None and passage.year == dossier.year:
            found[passage.element.key].append(passage)
    return found


def _later_start(row: Row, texts: Mapping[str, Sequence[Passage]]) -> Place | None:
    """The words of the element's report that name a start after the year under review."""
    for passage in texts.get(row.element.key, ()):
        folded = Folded.of(passage.text).text
        for mention in years_in(passage.text):
            year = mention.fiscal or (mention.when.year if mention.when else None)
            if year is None or row.year is None or year <= row.year:
                continue
            behind = _BEGINS.match(folded, mention.end, mention.end + _NEAR)
            if behind is not None:
                return passage.place(mention.text + behind[0])
    return None


@rule(
    "ABS16",
    Severity.WARNING,
    title=Words("測っていないKPI・数値目標", "KPIs that were not measured"),
    why=Words(
        "次にいつ測るかがわからないと、目標に届いたかを期間内に言えないおそれがあります。",
        "Unless it is measured in time, nobody will know whether the target was reached.",
    ),
    mend=Words("次に測る年度を注に書いてください。", "Say in a note when it will be measured next."),
    case=Words(
        "「住み続けたいと思う人の割合」のR6実績が「-」。",
        "A survey value is a dash and no survey is announced.",
    ),
)
def unmeasured(dossier: Dossier) -> Iterator[Found]:
    """数値目標 and KPIs that say they were not measured, without a note that says more."""
    explained = {
        anchor.at for note in dossier.plan.notes if note.kind is NoteKind.VALUE for anchor in note.anchors
    }
    rows = [
        rows[0]
        for rows in _without_value(dossier)
        if rows[0].placement.role in TARGETED
        and reason_of(rows[0].actual) is Reason.NOT_MEASURED
        and not explained & _keys(rows)
        and not _says_how_often(rows[0])
    ]
    if rows:
        yield Found(
            told(
                f"{dossier.year_text}に測っていないKPI・数値目標が{len(rows)}件あり、次にいつ測るかが書かれていません：{{}}。",
                f"KPIs not measured in {dossier.year_text}, {len(rows)} in all, and not said when they will be: {{}}.",
                [called(row.name, str(row.actual or "")) for row in rows],
            ),
            tuple(row.place("actual") for row in rows),
        )


@rule(
    "ABS17",
    Severity.WARNING,
    title=Words("2年続けて実績値がない指標", "No value for two years"),
    why=Words(
        "続けて値のない指標は、進行管理の役に立っていません。",
        "An indicator that stays without values does not serve the cycle.",
    ),
    mend=Words("測れる指標に替えるか、測る時期を決めてください。", "Replace it, or fix when it is measured."),
    case=Words("R5もR6も「-」のKPI。", "A KPI with a dash in both years."),
)
def two_years_without(dossier: Dossier) -> Iterator[Found]:
    """Indicators without a value in the year under review and the one before, where most have both."""
    rows = [rows[0] for rows in _silent(dossier, _missing(dossier))]
    if dossier.year is not None and rows:
        before = era_text(When(year=dossier.year - 1), short=True)
        yield Found(
            told(
                f"{before}と{dossier.year_text}の2年続けて実績値のない指標が{len(rows)}件あります：{{}}。",
                f"Indicators without a value in {before} and {dossier.year_text}, {len(rows)} in all: {{}}.",
                [called(row.name, str(row.actual or "")) for row in rows],
            ),
            tuple(row.place("actual", str(row.actual or "") or row.name) for row in rows),
        )


def _missing(dossier: Dossier) -> list[Sequence[Row]]:
    """The rows of each indicator without a value in a year in which others have one."""
    every = list(indicators_of(dossier))
    replaced = {indicator.continues for indicator in dossier.indicators.values()}
    bare = [rows for rows in every if not any(has_value(row.actual) for row in rows)]
    if dossier.year is None or len(bare) * 2 > len(every):
        return []
    return [
        rows
        for rows in bare
        if reason_of(rows[0].actual) not in _GONE and rows[0].indicator.key not in replaced
    ]


def _without_value(dossier: Dossier) -> list[Sequence[Row]]:
    """Those of them that are late for the first time and not by their nature."""
    missing = _missing(dossier)
    silent = {rows[0].indicator.key for rows in _silent(dossier, missing)}
    return [
        rows for rows in missing if not rows[0].indicator.lag_years and rows[0].indicator.key not in silent
    ]


def _says_how_often(row: Row) -> bool:
    """Whether the record says that it is measured every so many years: 3年ごと, 5年に1回, 隔年."""
    indicator = row.indicator
    texts = (row.name, indicator.counting_period, indicator.source, indicator.definition)
    return any(_OFTEN.search(folded(text)) for text in texts)


def _is_unsaid(rows: Sequence[Row]) -> bool:
    return reason_of(rows[0].actual) in _UNSAID


def _silent(dossier: Dossier, missing: list[Sequence[Row]]) -> list[Sequence[Row]]:
    """Those without a value in the year before either, if at least half of all indicators have one."""
    every = dossier.rows_of_indicator.values()
    if dossier.year is None or not missing:
        return []
    before = dossier.year - 1
    if sum(_has(rows[0], before) for rows in every) * 2 < len(every):
        return []
    return [rows for rows in missing if (rows[0].indicator.lag_years or 0) < 2 and not _has(rows[0], before)]


def _has(row: Row, year: int) -> bool:
    observation = observed(row.indicator, year)
    return observation is not None and not observation.quantity.is_absent


def _keys(rows: Sequence[Row]) -> set[str]:
    nodes: list[Node | None] = [rows[0].indicator, rows[0].observation]
    nodes += [node for row in rows for node in (row.placement, row.entry)]
    return {node.key for node in nodes if node is not None}


@rule(
    "ABS18",
    Severity.WARNING,
    title=Words("読み取りが確定していない値", "Readings that are not settled"),
    why=Words(
        "確かめていない値を公表すると、達成率もまちがうおそれがあります。",
        "A value published unconfirmed may be wrong, and its rate with it.",
    ),
    mend=Words(
        "原本か担当課に確かめ、正しい読みを選んで確定してください。",
        "Look at the source or ask the division, choose the right reading and confirm it.",
    ),
    case=Words(
        "基準値370は「37回」の回が0に化けたものかもしれない。",
        "370 may be 37 times, the counter having turned into a zero.",
    ),
)
def unsettled(dossier: Dossier) -> Iterator[Found]:
    """Values with an open doubt, and cells that have to be read together and are not confirmed."""
    joint = [group for group in dossier.plan.joint_readings if not group.confirmed and _of_values(group)]
    covered = {cell.place for group in joint for option in group.options for cell in option.cells}
    where = _cells_by_place(dossier) if joint else {}
    items: list[Words] = []
    places: list[Place] = []
    for group in joint:
        said, at = _joint(group, where)
        items.append(said)
        places += at
    for cell_at, (row, place, alternatives) in _doubted(dossier).items():
        if cell_at not in covered:
            items.append(_labelled(row.name, place, alternatives))
            places.append(place)
    if items and places:
        yield Found(
            told(
                f"読み取りが確定していないところが{len(items)}か所あります：{{}}。",
                f"Readings that are not settled, {len(items)} in all: {{}}.",
                items,
            ),
            tuple(places),
        )


def _labelled(name: str, place: Place, alternatives: Sequence[str]) -> Words:
    """One cell in a list: 「利用者数」（基準値「―」又は「120人」）."""
    label = _cell(place)
    readings = [short(text) for text in (place.text, *alternatives[:4])]
    ja = label.ja + "又は".join(f"「{text}」" for text in readings)
    en = f"{label.en} " + " or ".join(f'"{text}"' for text in readings)
    return Words(called(name, ja).ja, called(name, en).en)


def _cell(place: Place) -> Words:
    """What a person calls the cell: 基準値, R6実績値."""
    field, _, year = fold(place.field).partition(":")
    field = {"quantity": "actual", "printed": "rate"}.get(field, field)
    return Words(year + field_label(field, "ja"), f"{field_label(field, 'en')} {year}".strip())


def _of_values(group: JointAlternatives) -> bool:
    """Whether the cells are values, not names or texts that may belong to each other's rows."""
    fields = {cell.place.rpartition(".")[2] for option in group.options for cell in option.cells}
    return fields <= {"baseline", "target", "actual", "quantity", "rate"}


def _joint(group: JointAlternatives, where: dict[str, Place]) -> tuple[Words, list[Place]]:
    """The readings of a group as one item, and its places as now chosen."""
    chosen = group.options[group.chosen].cells
    places = [
        replace(known, text=cell.text)
        if (known := where.get(cell.place))
        else Place(key=cell.place.partition(".")[0], field=cell.place.partition(".")[2], text=cell.text)
        for cell in chosen
    ]
    cells: dict[str, list[Words]] = {}
    for place in places[:_READ_TOGETHER]:
        cells.setdefault(short(place.indicator or place.path), []).append(_cell(place))
    readings = [
        [cell.text[:12] for cell in option.cells[:_READ_TOGETHER]] for option in group.options[:_READINGS]
    ]
    names = "、".join(f"「{name}」" + "・".join(cell.ja for cell in each) for name, each in cells.items())
    names_en = ", ".join(f'"{name}" ' + ", ".join(cell.en for cell in each) for name, each in cells.items())
    ja, en = (word.join("・".join(reading) for reading in readings) for word in (" 又は ", " or "))
    return Words(f"{names}（{ja}）", f"{names_en} ({en})"), places


def _cells_by_place(dossier: Dossier) -> dict[str, Place]:
    """Where the cells that a joint reading may name stand: key and field of the record."""
    found: dict[str, Place] = {}
    for row in dossier.rows:
        for field in ("baseline", "target"):
            found[f"{row.placement.key}.{field}"] = row.place(field)
        for entry in row.placement.printed:
            found[f"{entry.key}.actual"] = replace(row.place("actual"), key=entry.key)
        for observation in row.indicator.observations:
            place = replace(row.place("actual"), key=observation.key)
            found.setdefault(f"{observation.key}.quantity", place)
    return found


def _doubted(dossier: Dossier) -> dict[str, tuple[Row, Place, tuple[str, ...]]]:
    """Every readable value with an open doubt, by record and field, with what it may be instead."""
    found: dict[str, tuple[Row, Place, tuple[str, ...]]] = {}
    for row in dossier.rows:
        records = (row.placement, *row.placement.printed, *row.indicator.observations)
        if not any(record.doubts for record in records):
            continue
        cells: list[tuple[Node, str, Place]] = [
            (row.placement, field, row.place(field)) for field in ("baseline", "target")
        ]
        cells += [
            (
                entry,
                field,
                replace(row.place(field, str(getattr(entry, field) or "")), field=f"{field}:{entry.year}"),
            )
            for entry in row.placement.printed
            for field in ("actual", "rate")
        ]
        cells += [
            (o, "quantity", replace(row.place("actual", str(o.quantity)), field=f"actual:{o.year.text}"))
            for o in row.indicator.observations
            if o.quantity.kind is not Kind.DAMAGED
        ]
        for node, field, place in cells:
            doubt = node.doubt(field)
            if doubt is not None and not _is_damaged(row, field):
                found.setdefault(
                    f"{node.key}.{field}", (row, replace(place, key=node.key), doubt.alternatives)
                )
    return found


def _is_damaged(row: Row, field: str) -> bool:
    """Whether the cell is unreadable: UNT07 names it then."""
    quantity = {"baseline": row.baseline, "target": row.target}.get(field)
    return quantity is not None and quantity.kind is Kind.DAMAGED
