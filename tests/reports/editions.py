"""Two editions of each example city: what a revision does, made with the operations of a draft."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from pydantic import TypeAdapter

from sosei.plan.model import Plan
from sosei.plan.operations import Add, Location, Move, Remove, Set, WorkingCopy
from sosei.values import Quantity, parse_quantity

_QUANTITY = TypeAdapter(Quantity)


@dataclass
class Draft:
    """A draft under the officer's hands, with the reasons given."""

    base: Plan
    reasons: dict[tuple[str, str], str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._work = WorkingCopy(self.base)

    @property
    def plan(self) -> Plan:
        return self._work.plan()

    def set(self, key: str, field: str, new: Any, reason: str = "") -> None:
        """Give a field a value; a field that was not printed is from now on."""
        self._print(key, field)
        self._work.apply(Set(key=key, field=field, old=self._work.record(key).get(field), new=new))
        self._give((key, field), reason)

    def add(self, parent: str, collection: str, record: dict[str, Any], after: str, reason: str = "") -> None:
        self._print(parent, collection)
        to = Location(parent=parent, collection=collection, after=after or None)
        self._work.apply(Add(to=to, record=record))
        self._give((record["key"], ""), reason)

    def remove(self, key: str, reason: str = "") -> None:
        self._work.apply(Remove(old=self._work.location(key), record=self._work.record(key)))
        self._give((key, ""), reason)

    def move(self, key: str, parent: str, after: str = "", reason: str = "") -> None:
        """Put an element elsewhere; its KPIs leave the table they stood in."""
        old = self._work.location(key)
        if old.parent != parent:
            for placement in self._work.record(key).get("placements", []):
                if "table" in placement:
                    self.set(placement["key"], "table", None)
        to = Location(parent=parent, collection=old.collection, after=after or None)
        self._work.apply(Move(key=key, old=old, to=to))
        self._give((key, ""), reason)

    def _print(self, key: str, field: str) -> None:
        unprinted = self._work.record(key).get("not_printed", [])
        if field in unprinted:
            left = [name for name in unprinted if name != field]
            self._work.apply(Set(key=key, field="not_printed", old=unprinted, new=left or None))

    def _give(self, what: tuple[str, str], reason: str) -> None:
        if reason:
            self.reasons[what] = reason


def value(text: str, year: str = "") -> dict[str, Any]:
    """A baseline or a target as the file has it."""
    found: dict[str, Any] = {"quantity": quantity(text)}
    if year:
        found["year"] = {"text": year}
    return found


def quantity(text: str) -> Any:
    return _QUANTITY.dump_python(parse_quantity(text), mode="json", exclude_defaults=True)


def revised_hitoyoshi(plan: Plan) -> Draft:
    """人吉市's report with every kind of change an officer makes (サンプル)."""
    draft = Draft(plan)
    draft.set("fmdt5yofyx", "target", value("16,500人"), "目標値を上回ったため。")
    coin = _placement(plan, "きじうまコイン加盟店舗数")
    for key in (coin.key, coin.indicator):
        draft.set(key, "name", "きじうまコイン（地域通貨）加盟店舗数", "制度の名称に合わせる。")
    draft.set("pu0aadumof", "name", "安心して働き続けることができる仕事をつくる")
    draft.set("jl3cwiexx8", "direction", "at_least", "目標に達しているため。")
    draft.set("jl3cwiexx8", "page", 1)
    tourism = next(division.key for division in plan.divisions if division.name == "商工観光課")
    draft.set(tourism, "name", "商工振興課", "機構改革による。")
    draft.add(plan.key, "divisions", {"key": "newdivisio", "name": "観光交流課"}, tourism)
    draft.set("dxooi3t60m", "divisions", [tourism, "newdivisio"])
    activity = plan.elements[0].children[0].children[0].activities[0]
    assert activity.done is not None
    done = activity.done.text.replace("検討を進める", "導入を進め、機械の共同利用を支援する")
    draft.set(activity.key, "done", {"text": done, "summary": True})
    draft.add(
        "q81su9q2sh", "placements", _new_kpi("newplaceme", "newindicat"), "fmdt5yofyx", "新たに進めるため。"
    )
    draft.add(plan.key, "indicators", _new_indicator("newindicat"), plan.indicators[-1].key)
    draft.remove("szt2x1oal2", "統計が廃止されたため。")
    draft.remove("vldn8ta02p", "施策①に統合したため。")
    draft.move("vsymokewzj", "jfqv6zfipn", "un6gx1by1p", "担当課の組替えによる。")
    draft.move("bdgi49xdii", "t3f0ndeo8l")
    draft.add("mbbyec2ni6", "children", _new_measure(), "rm93h28szf")
    draft.set("j2hhbqnop6", "remark", "転記の確認済み")
    draft.set(plan.sources[0].key, "sha256", "0" * 64)
    return draft


def revised_aso(plan: Plan) -> Draft:
    """阿蘇市's strategy with the same kinds of change; it has no projects, so a measure moves (サンプル)."""
    draft = Draft(plan)
    draft.set("offeutc2mk", "target", value("460人", "R10"), "実績の伸びによる。")
    draft.set("xhdyvpg7sf", "name", "耕作放棄地の解消面積", "内容に合わせる。")
    draft.set("rx9mdy5rj2", "direction", "at_most")
    draft.set("hy1fp0j1cx", "continues", "f7xki2h0cj")
    draft.add(plan.key, "divisions", {"key": "newdivisio", "name": "農政課"}, "")
    draft.set("ujqwxi8bit", "divisions", ["newdivisio"])
    draft.remove("kfesnch36c", "完了したため。")
    draft.move("q9meqfjgc7", "k07f2803j8", "mbpycy82z1")
    section = plan.chapters[0].sections[0]
    texts = [
        {"text": paragraph.text.replace("23,953人", "23,801人"), "summary": True}
        for paragraph in section.paragraphs
    ]
    draft.set(section.key, "paragraphs", texts, "最新の値とした。")
    note = plan.notes[0]
    draft.set(note.key, "text", {"text": f"{note.text}県が毎年公表する。", "summary": True})
    draft.set(plan.key, "catchphrase", "大自然とともに、ワクワクする未来へ")
    draft.set(plan.key, "joint_readings", None)
    return draft


def _placement(plan: Plan, name: str) -> Any:
    return next(each for each in plan.elements[0].children[0].placements if each.name == name)


def _new_kpi(key: str, indicator: str) -> dict[str, Any]:
    return {
        "key": key,
        "indicator": indicator,
        "role": "kpi",
        "name": "空き店舗の活用件数",
        "baseline": value("3件", "R6"),
        "target": value("15件／4か年", "R11"),
    }


def _new_indicator(key: str) -> dict[str, Any]:
    return {
        "key": key,
        "name": "空き店舗の活用件数",
        "unit": "件",
        "direction": "raise",
        "counting": "cumulative",
        "source": "商工振興課調べ",
    }


def _new_measure() -> dict[str, Any]:
    project = {
        "key": "newproject",
        "level": "project",
        "no": 1,
        "name": "デジタル講座",
        "divisions": ["newdivisio"],
    }
    return {
        "key": "newmeasure",
        "level": "measure",
        "no": 4,
        "label": "施策④",
        "name": "デジタル人材の育成",
        "description": {"text": "デジタル技術の活用を支える人材を育てる。"},
        "placements": [
            {
                "key": "newplacem2",
                "indicator": "jl3cwiexx8",
                "role": "kpi",
                "name": "利用者数",
                "target": value("200社"),
            }
        ],
        "children": [project],
    }
