"""Cases of DIR: which way is better."""

from __future__ import annotations

from sosei.plan.model import Plan
from tests.checks.build import Data, kpi, one
from tests.checks.case import fires, quiet


def _lower(name: str, baseline: str, target: str, actual: str = "", rate: str = "") -> Plan:
    return one(kpi(name, baseline, target, actual, rate, direction="lower"))


def _progress(row: Data) -> Plan:
    return one(row).model_copy(update={"scheme": "f3-progress"})


CASES = [
    fires(
        "DIR01",
        "arising and preventing",
        lambda: one(kpi("耕作放棄地の発生・防止", "24.4ha", "30.0ha", direction="undecided")),
        "発生・防止",
        "24.4ha",
        "30.0ha",
        year=None,
    ),
    fires("DIR01", "joined by 及び", lambda: one(kpi("店舗の開設及び閉鎖", "3件", "5件")), "開設及び閉鎖"),
    quiet("DIR01", "preventing only", lambda: one(kpi("耕作放棄地の発生防止面積", "24.4ha", "30.0ha"))),
    quiet("DIR01", "net change", lambda: one(kpi("人口の増減数", "-5人", "10人"))),
    quiet("DIR01", "the target says the way", lambda: one(kpi("耕作放棄地の発生・防止", "30ha", "25ha以下"))),
    fires("DIR02", "fewer members wanted", lambda: one(kpi("会員数", "747人", "700人")), "747人", "700人"),
    fires("DIR02", "more waste wanted", lambda: _lower("ごみの量", "935g", "940g"), "935g", "940g"),
    quiet("DIR02", "the right side", lambda: _lower("ごみの量", "935g", "931g")),
    quiet("DIR02", "a floor below, which TGT01 says", lambda: one(kpi("会員数", "747人", "700人以上"))),
    quiet("DIR02", "another length of time", lambda: one(kpi("受講者数", "747人/3年", "300人/年"))),
    quiet("DIR02", "larger in another scale", lambda: one(kpi("寄附額", "9,000万円", "1億円"))),
    quiet("DIR02", "no direction", lambda: one(kpi("会員数", "747人", "700人", direction="undecided"))),
    fires("DIR03", "a bare target", lambda: _lower("転出者数", "1,030人", "1,000人"), "転出者数", "1,000人"),
    quiet("DIR03", "以下 at the target", lambda: _lower("転出者数", "1,030人", "1,000人以下")),
    quiet("DIR03", "減少 in the name", lambda: _lower("転出者の減少", "1,030人", "1,000人")),
    quiet("DIR03", "more is better", lambda: one(kpi("転入者数", "1,030人", "1,000人"))),
    fires(
        "DIR04", "an aim", lambda: _lower("低出生体重児の減少", "6.7%", "6.5%"), "低出生体重児の減少", "6.7%"
    ),
    fires("DIR04", "a deed in ha", lambda: one(kpi("農地の集積・集約化", "100ha", "120ha")), "集約化"),
    fires("DIR04", "a project", lambda: one(kpi("公民連携事業", "2件", "5件")), "公民連携事業"),
    quiet("DIR04", "a rate", lambda: one(kpi("農地の集積率", "58.8%", "62.0%"))),
    quiet("DIR04", "a number in brackets", lambda: one(kpi("空き家の活用（件数）", "5件", "8件"))),
    quiet("DIR04", "the unit says how often", lambda: one(kpi("研修会の開催", "3回", "6回"))),
    quiet("DIR04", "the unit is in the name", lambda: one(kpi("子ども食堂への支援事業", "3事業", "6事業"))),
    quiet("DIR04", "people", lambda: one(kpi("新規就農者の確保", "3人", "6人"))),
    quiet("DIR04", "the target is the deed", lambda: one(kpi("拠点施設の整備", "", "整備"))),
    fires(
        "DIR05",
        "actual by target where less is better",
        lambda: _lower("ごみの量", "935g", "931g", "980g", "105%"),
        "105%",
        "980g",
    ),
    fires(
        "DIR05",
        "target by actual where more is better",
        lambda: one(kpi("会員数", "747人", "757人", "700人", "108%")),
        "108%",
    ),
    quiet("DIR05", "the right way", lambda: _lower("ごみの量", "935g", "931g", "980g", "95%")),
    quiet(
        "DIR05",
        "the scheme measures from the baseline, by chance the same",
        lambda: _progress(kpi("ごみの量", "200g", "100g", "125g", "75%", direction="lower")),
    ),
    fires(
        "DIR05",
        "the scheme takes actual by target for every indicator",
        lambda: one(kpi("ごみの量", "935g", "931g", "980g", "105%", direction="lower")).model_copy(
            update={"scheme": "f1-ratio"}
        ),
        "105%",
    ),
    quiet("DIR05", "another figure", lambda: _lower("ごみの量", "935g", "931g", "980g", "120%")),
    quiet("DIR05", "both ways print the same", lambda: _lower("ごみの量", "935g", "931g", "931g", "100%")),
    fires(
        "DIR06",
        "printed",
        lambda: one(kpi("社会増減数", "-1人", "65人", "-147人", "-226%")),
        "-226%",
        "65人",
        "-147人",
        "-1人",
    ),
    fires(
        "DIR06",
        "worse than the baseline too",
        lambda: one(kpi("社会増減数", "-1人", "65人", "-147人", "-226%")),
        "-1人",
        "-147人",
    ),
    fires(
        "DIR06",
        "better than the baseline",
        lambda: one(kpi("社会増減数", "-90人", "65人", "-8人", "-12%")),
        "-8人",
    ),
    fires("DIR06", "recomputed", lambda: one(kpi("社会増減数", "-1人", "65人", "-147人")), "-147人"),
    quiet("DIR06", "positive", lambda: one(kpi("社会増減数", "-1人", "65人", "12人", "18%"))),
    quiet(
        "DIR06",
        "measured from the baseline, where it means backward",
        lambda: _progress(kpi("会員数", "50人", "65人", "47人", "-20%")),
    ),
    quiet("DIR06", "both negative", lambda: one(kpi("社会増減数", "-90人", "-65人", "-80人"))),
    fires("DIR07", "以上, to be lowered", lambda: _lower("認定率", "22.6%", "19.5%以上"), "19.5%以上"),
    fires("DIR07", "以下, to be raised", lambda: one(kpi("受診率", "48%", "60%以下")), "60%以下"),
    quiet("DIR07", "以下, to be lowered", lambda: _lower("認定率", "22.6%", "19.5%以下")),
    quiet("DIR07", "no word", lambda: _lower("認定率", "22.6%", "19.5%")),
    quiet("DIR07", "no direction", lambda: one(kpi("認定率", "22.6%", "19.5%以下", direction="undecided"))),
    quiet("DIR03", "a target of 0", lambda: _lower("待機児童の数", "12人", "0人")),
    quiet("DIR04", "a balance", lambda: one(kpi("社会増減", "△210人", "△100人", direction="raise"))),
    fires("DIR04", "less of something", lambda: one(kpi("ごみの減", "210t", "100t")), "ごみの減"),
]
