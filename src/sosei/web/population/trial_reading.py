"""A query string as the setting of a trial and a target, and back; what is wrong stands beside its field."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from sosei.population.scenario import HELD, NATION, Beyond
from sosei.population.scenario_files import compositions
from sosei.reports.population.goals import MOST_TARGET
from sosei.values import Kind, Problem, Words, fold, parse_quantity, quoted
from sosei.values.exact import plain
from sosei.web.population.trial import (
    GROUPS,
    MOST_FAMILIES,
    MOST_SHARE,
    MOST_TFR,
    Ground,
    Setting,
    Shares,
    tidy,
)

Query = Mapping[str, Sequence[str]]
Pairs = list[tuple[str, str]]
MOST_YEARS = 4
LOSSES_CUT = Words("転出超過を減らす割合", "Share of losses cut")
GAINS_GROW = Words("転入超過を増やす割合", "Share by which gains grow")
_YEAR = re.compile(r"([0-9]{4})年?\Z")
_PERCENT = ("", "%", "％", "パーセント")


@dataclass(frozen=True, slots=True)
class Number:
    """A field that holds a number between ``low`` and ``high``, with the units that may stand beside it."""

    label: Words
    low: Decimal
    high: Decimal
    units: tuple[str, ...]


def _share_fields() -> dict[str, Number]:
    low, high = -MOST_SHARE, MOST_SHARE
    fields = {}
    for group in GROUPS:
        ja, en = group.name.ja, group.name.en
        out = Words(f"{ja}の{LOSSES_CUT.ja}", f"{LOSSES_CUT.en}: {en}")
        into = Words(f"{ja}の{GAINS_GROW.ja}", f"{GAINS_GROW.en}: {en}")
        fields[f"{group.key}_out"] = Number(out, low, high, _PERCENT)
        fields[f"{group.key}_in"] = Number(into, low, high, _PERCENT)
    return fields


NUMBERS: Mapping[str, Number] = {
    "tfr": Number(Words("合計特殊出生率", "Total fertility rate"), Decimal(0), MOST_TFR, ("", "人")),
    **_share_fields(),
    "families": Number(
        Words("年あたりの移住世帯", "Families a year"), Decimal(0), MOST_FAMILIES, ("", "世帯", "組")
    ),
    "target": Number(Words("目標人口", "Target population"), Decimal(0), Decimal(MOST_TARGET), ("", "人")),
}
LABELS: Mapping[str, Words] = {
    **{name: number.label for name, number in NUMBERS.items()},
    "tfr_by": Words("出生率が達する年", "Year in which the rate is reached"),
    "move_by": Words("移動の変化が達する年", "Year in which migration is so"),
    "since": Words("移住の始まりの年", "First year of families"),
    "last": Words("移住の終わりの年", "Last year of families"),
    "until": Words("推計の最後の年", "Last year reckoned"),
    "composition": Words("世帯の構成", "Who a family is"),
    "beyond": Words("最後の期間の先", "Beyond the last step"),
    "year": Words("目標の年", "Years of the target"),
    "on": Words("何から始めるか", "What it starts from"),
}
SETTING_NAMES = frozenset(LABELS) - {"target", "year", "on"} | {"closed"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a query asks: the setting, and where ``target`` is given what reaches it in ``years``.

    ``on_trial``: sought from the setting on, else from the rates of the base projection.  ``texts`` are the
    fields as typed, ``problems`` what is wrong with them; a wrong field counts as empty.
    """

    setting: Setting
    target: Decimal | None
    years: tuple[int, ...]
    on_trial: bool
    texts: Mapping[str, str]
    problems: Mapping[str, Problem]

    @property
    def horizon(self) -> int:
        """The last year that has to be reckoned."""
        return max(self.setting.until, *self.years) if self.target is not None else self.setting.until


def typed_number(text: str, units: Sequence[str]) -> Decimal | None:
    """The number that a person typed, without a unit or with one of ``units``; None for anything else."""
    quantity = parse_quantity(text)
    if quantity.kind is not Kind.NUMBER or quantity.qualifiers or quantity.base is None:
        return None
    number, unit = quantity.base
    return number if unit in units else None


def read(query: Query, ground: Ground, start: Setting | None = None) -> Asked:
    """What ``query`` asks; ``start`` is the setting where it says nothing of one."""
    reader = _Reader(query, ground)
    if start is None or SETTING_NAMES & set(query):
        start = reader.setting(Setting.published(ground))
    setting = start
    target = reader.number("target", None)
    years = reader.years(setting.until)
    on_trial = reader.choice("on", "published", ("published", "trial")) == "trial"
    asked = Asked(
        setting=setting,
        target=target,
        years=years,
        on_trial=on_trial,
        texts=_texts(query, setting, target),
        problems=reader.problems,
    )
    if setting.beyond == NATION and not reader.problems.keys() & {"until", "year", "beyond"}:
        reader.check_nation(asked)
    return asked


def pairs_of(asked: Asked, ground: Ground) -> Pairs:
    """The query that asks the same: what differs from the base projection, and the years that matter to it."""
    given, setting = _values(Setting.published(ground)), asked.setting
    always = {"until"}
    always |= {"tfr_by"} if setting.tfr is not None else set()
    always |= {"move_by"} if any((*setting.out, *setting.into)) else set()
    always |= {"since", "composition"} if setting.families else set()
    pairs = [(name, text) for name, text in _values(setting).items() if name in always or text != given[name]]
    if asked.target is not None:
        pairs += [("target", plain(asked.target)), *(("year", str(year)) for year in asked.years)]
        pairs += [("on", "trial")] if asked.on_trial else []
    return pairs


def _values(setting: Setting) -> dict[str, str]:
    """Each field of a setting as text."""
    return {
        "tfr": "" if setting.tfr is None else plain(setting.tfr),
        "tfr_by": str(setting.tfr_by),
        **{f"{group.key}_out": plain(each) for group, each in zip(GROUPS, setting.out, strict=True)},
        **{f"{group.key}_in": plain(each) for group, each in zip(GROUPS, setting.into, strict=True)},
        "move_by": str(setting.move_by),
        "closed": "1" if setting.closed else "",
        "families": plain(setting.families),
        "composition": setting.composition,
        "since": str(setting.since),
        "last": "" if setting.last is None else str(setting.last),
        "beyond": setting.beyond,
        "until": str(setting.until),
    }


def _texts(query: Query, setting: Setting, target: Decimal | None) -> dict[str, str]:
    values = {**_values(setting), "target": "" if target is None else plain(target)}
    return {name: _last(query, name) if name in query else text for name, text in values.items()}


def _last(query: Query, name: str) -> str:
    return (query.get(name) or [""])[-1]


@dataclass
class _Reader:
    """Reads fields one by one; what is wrong is kept, and the given value stands instead."""

    query: Query
    ground: Ground
    problems: dict[str, Problem] = field(default_factory=dict)

    def setting(self, given: Setting) -> Setting:
        """All fields of a setting."""
        ground = self.ground
        since = self.year("since", given.since, ground.base + 1)
        beyond: Beyond = NATION if self.choice("beyond", HELD, (HELD, NATION)) == NATION else HELD
        return Setting(
            tfr=self.number("tfr", None),
            tfr_by=self.year("tfr_by", given.tfr_by, ground.base + 1),
            out=self._shares("out"),
            into=self._shares("in"),
            move_by=self.year("move_by", given.move_by, ground.base),
            closed=bool(_last(self.query, "closed")),
            families=self.number("families", given.families) or Decimal(0),
            composition=self.choice("composition", given.composition, tuple(compositions())),
            since=since,
            last=self.year("last", since, since) if _last(self.query, "last").strip() else None,
            beyond=beyond,
            until=self.end("until", _last(self.query, "until"), ground.furthest(beyond)),
        )

    def number(self, name: str, given: Decimal | None) -> Decimal | None:
        """The number of a field; ``given`` where it is empty or wrong."""
        text = _last(self.query, name)
        if not text.strip():
            return given
        about = NUMBERS[name]
        found = typed_number(text, about.units)
        if found is not None and about.low <= found <= about.high:
            return tidy(found)
        low, high = f"{about.low:,f}", f"{about.high:,f}"
        self._wrong(
            name,
            text,
            Words(f"{low}から{high}までの数を入れてください", f"enter a number from {low} to {high}"),
        )
        return given

    def year(self, name: str, given: int, least: int) -> int:
        """The year of a field, from ``least`` to the last one offered."""
        text = _last(self.query, name)
        if not text.strip():
            return given
        found = _YEAR.match(fold(text).strip())
        most = self.ground.most
        if found and least <= int(found[1]) <= most:
            return int(found[1])
        self._wrong(
            name,
            text,
            Words(f"{least}年から{most}年までで選んでください", f"choose a year from {least} to {most}"),
        )
        return given

    def end(self, name: str, text: str, given: int) -> int:
        """A year in which a step ends."""
        if not text.strip():
            return given
        found = _YEAR.match(fold(text).strip())
        ends = self.ground.ends
        width = ends[0] - self.ground.base
        if found and int(found[1]) in ends:
            return int(found[1])
        self._wrong(
            name,
            text,
            Words(
                f"{ends[0]}年から{ends[-1]}年までの{width}年ごとの年を選んでください",
                f"choose a year from {ends[0]} to {ends[-1]}, {width} years apart",
            ),
        )
        return given

    def years(self, until: int) -> tuple[int, ...]:
        """The years of the target, in order; without any the last published one and the last of the trial."""
        first = min(self.ground.published_to, until)
        texts = [text for text in self.query.get("year", ()) if text.strip()]
        found = sorted({self.end("year", text, first) for text in texts}) or sorted({first, until})
        if len(found) > MOST_YEARS:
            self.problems["year"] = Problem(
                f"「{LABELS['year'].ja}」が{len(found)}年あります。{MOST_YEARS}年までにしてください",
                f'"{LABELS["year"].en}" has {len(found)} years; choose at most {MOST_YEARS}',
            )
        return tuple(found[:MOST_YEARS])

    def choice(self, name: str, given: str, among: tuple[str, ...]) -> str:
        """One of the words that a field offers."""
        text = _last(self.query, name)
        if not text or text in among:
            return text or given
        self._wrong(name, text, Words("選択肢から選び直してください", "choose one of the options"))
        return given

    def check_nation(self, asked: Asked) -> None:
        """The nation can be followed only as far as its projection goes."""
        furthest = self.ground.furthest(NATION)
        if (asked.horizon if asked.on_trial else asked.setting.until) <= furthest:
            return
        name = "until" if asked.setting.until > furthest else "year"
        year = asked.setting.until if name == "until" else asked.horizon
        self.problems[name] = Problem(
            f"「{LABELS[name].ja}」が{year}年です。全国推計の変化を反映できるのは、全国推計のある{furthest}年までです。"
            f"{furthest}年以前の年にするか、「最後の期間の率を固定」を選んでください",
            f'"{LABELS[name].en}" is {year}; the nation can be followed only to {furthest}, where its projection ends; '
            f"choose {furthest} or earlier, or hold the rates of the last step",
        )

    def _shares(self, direction: str) -> Shares:
        young, family, older = (self.number(f"{each.key}_{direction}", None) or Decimal(0) for each in GROUPS)
        return young, family, older

    def _wrong(self, name: str, text: str, wanted: Words) -> None:
        label, found = LABELS[name], quoted(text, 20)
        self.problems[name] = Problem(
            f"「{label.ja}」が「{found}」です。{wanted.ja}", f'"{label.en}" is "{found}"; {wanted.en}'
        )
