"""Cases of TGT: the target against the baseline."""

from __future__ import annotations

from sosei.plan.model import Plan
from tests.checks.build import Data, city, goal, key, kpi, measure, numeric_target, one, quantity
from tests.checks.case import fires, quiet


def _placed_twice() -> Plan:
    return city(
        goal(
            "基本目標1",
            targets=[numeric_target("出生数", "108人", "100人以上", direction="at_least", of="a")],
            measures=[
                measure(
                    "施策①",
                    "子育て",
                    kpis=[kpi("出生数", "108人", "100人以上", direction="at_least", of="a")],
                )
            ],
        )
    )


def _verified(subject: str, amount: str, row: Data, *, reached: bool = False) -> Plan:
    """A plan with this row, and a verification with one condition of a former target."""
    condition = {"subject": subject, "quantity": quantity(amount), "direction": "raise"}
    statement = {
        "key": key(),
        "text": f"{subject}を{amount}させる。",
        "conditions": [condition],
        "verdict": "達成" if reached else "未達成",
        "reached": reached,
    }
    former = {"key": key(), "label": "基本目標1", "name": "流れ", "statements": [statement]}
    return city(
        goal("基本目標1", measures=[measure("施策①", "暮らし", kpis=[row])]),
        verifications=[{"key": key(), "plan": "第2期", "goals": [former]}],
    )


CASES = [
    fires(
        "TGT01",
        "a floor below the baseline",
        lambda: one(kpi("出生数", "108人", "100人以上", direction="at_least")),
        "108人",
        "100人以上",
        year=None,
    ),
    fires(
        "TGT01",
        "a ceiling above the baseline",
        lambda: one(kpi("待機児童数", "3人", "5人以下", direction="lower")),
        "3人",
        "5人以下",
    ),
    fires(
        "TGT01",
        "a floor without 以上, from the indicator",
        lambda: one(kpi("人口", "2万3,550人", "2万2千人", direction="at_least")),
        "2万2千人",
    ),
    fires("TGT01", "said once for two places", _placed_twice, "108人"),
    fires(
        "TGT01",
        "many in one",
        lambda: one(*(kpi(f"水準{n}の数", "20件", "10件以上", direction="at_least") for n in range(5))),
        "水準0の数",
        "水準4の数",
    ),
    quiet("TGT01", "a floor above the baseline", lambda: one(kpi("出生数", "98人", "100人以上"))),
    quiet("TGT01", "a floor that is the baseline", lambda: one(kpi("出生数", "100人", "100人以上"))),
    quiet("TGT01", "a ceiling below", lambda: one(kpi("待機児童数", "5人", "3人以下", direction="lower"))),
    quiet("TGT01", "another unit", lambda: one(kpi("出生数", "108人", "10%以上"))),
    quiet("TGT01", "other lengths of time", lambda: one(kpi("出生数", "300人/3年", "100人/年以上"))),
    quiet("TGT01", "a change, not a level", lambda: one(kpi("出生数", "108人", "5人以上増加"))),
    fires("TGT02", "the same number", lambda: one(kpi("相談件数", "46件", "46件")), "46件"),
    fires(
        "TGT02", "other lengths of time", lambda: one(kpi("連携事業数", "2件", "2件／4か年")), "2件／4か年"
    ),
    quiet(
        "TGT02",
        "periods that PER01 tells of",
        lambda: one(kpi("連携事業数", "2件", "2件／4か年", "0件／１か年")),
    ),
    quiet("TGT02", "to be kept", lambda: one(kpi("相談件数の維持", "46件", "46件"))),
    quiet("TGT02", "at least the same", lambda: one(kpi("相談件数", "46件", "46件以上"))),
    quiet("TGT02", "all that there can be", lambda: one(kpi("受診率", "100%", "100%"))),
    quiet("TGT02", "nothing left", lambda: one(kpi("死亡事故件数", "0件", "0件", direction="lower"))),
    quiet("TGT02", "printed periods that differ", lambda: one(kpi("連携事業数", "2件／年", "2件／4か年"))),
    fires(
        "TGT03",
        "less a year",
        lambda: one(kpi("寄附件数", "28件/3か年", "36件／4か年")),
        "28件/3か年",
        "9.33",
        "36件／4か年",
    ),
    fires("TGT03", "the same a year", lambda: one(kpi("支援件数", "1件／年", "4件／4年")), "4件／4年"),
    quiet("TGT03", "more a year", lambda: one(kpi("寄附件数", "28件/3か年", "40件／4か年"))),
    quiet("TGT03", "no period at the baseline", lambda: one(kpi("寄附件数", "28件", "36件／4か年"))),
    quiet(
        "TGT03",
        "less is better",
        lambda: one(kpi("事故件数", "28件/3か年", "36件／4か年", direction="lower")),
    ),
    fires(
        "TGT04",
        "46 times",
        lambda: one(kpi("外国人宿泊客数", "328人／年", "15,000人")),
        "45.7",
        "328人／年",
        "15,000人",
    ),
    fires("TGT04", "in other scales", lambda: one(kpi("寄附額", "500千円", "1億円")), "500千円", "1億円"),
    quiet("TGT04", "less than three times", lambda: one(kpi("素材生産量", "360㎥", "1,000㎥"))),
    quiet("TGT04", "a share", lambda: one(kpi("策定率", "3.3%", "100%"))),
    quiet("TGT04", "small numbers", lambda: one(kpi("創業件数", "2件", "8件"))),
    quiet("TGT04", "from nothing", lambda: one(kpi("創業件数", "0件", "800件"))),
    quiet("TGT04", "more years", lambda: one(kpi("相談件数", "100件／年", "400件／4年"))),
    fires("TGT05", "one more", lambda: one(kpi("有畜農家数", "314戸", "315戸")), "314戸", "315戸"),
    fires("TGT05", "a little less", lambda: one(kpi("ごみの量", "935g", "931g", direction="lower")), "931g"),
    fires(
        "TGT09",
        "three times what was missed",
        lambda: _verified("転入者数", "50人増加", kpi("見本市への転入者数", "1,020人", "1,170人")),
        "50人増加",
        "1,020人",
        "1,170人",
        "150人",
        year=None,
    ),
    fires(
        "TGT09",
        "less is wanted",
        lambda: _verified("転出者数", "20人減少", kpi("転出者数", "1,030人", "1,000人", direction="lower")),
        "20人減少",
        "30人",
    ),
    quiet(
        "TGT09", "no more", lambda: _verified("転入者数", "50人増加", kpi("転入者数", "1,020人", "1,070人"))
    ),
    quiet(
        "TGT09",
        "it was reached",
        lambda: _verified("転入者数", "50人増加", kpi("転入者数", "1,020人", "1,170人"), reached=True),
    ),
    quiet("TGT09", "percent", lambda: _verified("転入者数", "5%増加", kpi("転入者数", "1,020人", "1,170人"))),
    quiet(
        "TGT09", "another", lambda: _verified("転入者数", "50人増加", kpi("転入世帯数", "1,020人", "1,170人"))
    ),
    quiet("TGT05", "one more of few", lambda: one(kpi("入居企業数", "11件", "12件"))),
    quiet("TGT05", "near the end of the scale", lambda: one(kpi("受診率", "99.8%", "100%"))),
    quiet("TGT05", "a stock of roads", lambda: one(kpi("道路改良延長", "429.7km", "431.0km"))),
    quiet("TGT05", "one percent", lambda: one(kpi("会員数", "747人", "757人"))),
]
