"""Cases of PER01 to PER05: values of different length and running totals."""

from __future__ import annotations

from tests.checks.build import Data, city, goal, kpi, one
from tests.checks.case import fires, quiet


def _span(data: Data, first: int, last: int) -> Data:
    """The baseline of ``data`` adds up the years from ``first`` to ``last``."""
    years = {"first": {"year": first, "kind": "fiscal"}, "last": {"year": last, "kind": "fiscal"}}
    data["baseline"]["span"] = {"text": "の累計", "cumulative": True, **years}
    return data


def _doubtful(data: Data, field: str) -> Data:
    data["placement"]["doubts"] = [{"field": field, "note": "読みにくい"}]
    return data


def _noted(data: Data) -> Data:
    data["placement"]["key"] = "p000000001"
    return data


_NOTE = {
    "key": "n000000001",
    "kind": "value",
    "mark": "※",
    "text": {"text": "令和2年度から数えた件数です。"},
    "anchors": [{"at": "p000000001", "field": "baseline"}],
}


CASES = [
    fires(
        "PER01",
        "one year's actual against a target of four",
        lambda: one(kpi("寄附件数", "28件/3か年", "36件／４か年", "17件／１か年", rate="47%")),
        "28件/3か年",
        "36件／４か年",
        "17件／１か年",
        "9件",
        "9.3件",
        "47%",
        "189%",
    ),
    fires(
        "PER01",
        "a span instead of a printed period, and an actual counted by the year",
        lambda: one(
            _span(kpi("雇用創出数", "61人", "250人/4年", "4人", rate="2%", counting="annual"), 2020, 2022)
        ),
        "61人",
        "20.3人",
        "62.5人",
        "6%",
    ),
    fires(
        "PER01", "a month against a year", lambda: one(kpi("利用者数", "100人/月", "1,500人/年")), "1,200人"
    ),
    fires(
        "PER01", "no rate yet", lambda: one(kpi("寄附件数", "28件/3年", "36件/4年")), "28件/3年", "36件/4年"
    ),
    fires(
        "PER01",
        "one value without a period",
        lambda: one(kpi("連携事業", "2件", "2件／4か年", "0件／１か年")),
        "2件／4か年",
    ),
    quiet("PER01", "all for a year", lambda: one(kpi("寄附件数", "9件／年", "12件/年", "10件／１か年"))),
    quiet("PER01", "twelve months are a year", lambda: one(kpi("利用者数", "100人/年", "120人/12月"))),
    quiet(
        "PER01",
        "a running total without its length",
        lambda: one(kpi("累計件数", "", "36件/4年", "9件", counting="cumulative")),
    ),
    quiet("PER01", "a unit with a slash", lambda: one(kpi("人口密度", "20.3人／ha", "21人／ha", "20人／ha"))),
    quiet("PER01", "absent and in words", lambda: one(kpi("計画", "―", "策定/4年", "未策定"))),
    fires(
        "PER02",
        "only the baseline has a period",
        lambda: one(kpi("宿泊客数", "328人／年", "15,000人", "16,125人")),
        "328人／年",
        "15,000人",
        "16,125人",
    ),
    quiet(
        "PER02",
        "every value has one",
        lambda: one(kpi("宿泊客数", "328人／年", "15,000人／年", "16,125人/年")),
    ),
    quiet("PER02", "no value has one", lambda: one(kpi("年間宿泊客数", "328人", "15,000人", "16,125人"))),
    quiet(
        "PER02", "another length is told by PER01", lambda: one(kpi("件数", "9件／年", "36件／4年", "9件"))
    ),
    fires(
        "PER03",
        "below the baseline",
        lambda: one(kpi("登録累計数", "15件", "30件", "14件")),
        "登録累計数",
        "15件",
        "14件",
    ),
    fires(
        "PER03",
        "below the year before",
        lambda: one(kpi("登録数", "5件", "30件", "14件", earlier={"R5": "16件"}, counting="cumulative")),
        "16件",
        "14件",
        "R5",
    ),
    fires(
        "PER03",
        "perhaps counted anew",
        lambda: one(kpi("マッチング累計件数", "50件", "60件", "5件")),
        "50件",
        "5件",
    ),
    quiet("PER03", "stays", lambda: one(kpi("登録累計数", "15件", "30件", "15件"))),
    quiet("PER03", "no running total", lambda: one(kpi("登録数", "15件", "30件", "14件"))),
    quiet("PER03", "a total within each year", lambda: one(kpi("年間累計登録数", "15件", "30件", "14件"))),
    quiet(
        "PER03",
        "the baseline is another period's total",
        lambda: one(_span(kpi("登録累計数", "15件", "30件", "14件"), 2020, 2023)),
    ),
    quiet("PER03", "a balance that is to fall", lambda: one(kpi("累積赤字額", "15億円", "10億円", "14億円"))),
    quiet(
        "PER03",
        "the reading is not confirmed",
        lambda: one(_doubtful(kpi("登録累計数", "15件", "30件", "14件"), "baseline")),
    ),
    quiet("PER03", "another unit", lambda: one(kpi("登録累計数", "15件", "30件", "14団体"))),
    fires(
        "PER04",
        "a year's values under 累計",
        lambda: one(kpi("承継支援累計数", "1件／年", "4件／4年", "1件／年")),
        "承継支援累計数",
        "1件／年",
    ),
    quiet(
        "PER04", "a total of four years", lambda: one(kpi("承継支援累計数", "4件／4年", "4件／4年", "2件"))
    ),
    quiet(
        "PER04", "the name says a year", lambda: one(kpi("年間累計支援数", "1件／年", "4件／年", "1件／年"))
    ),
    fires(
        "PER05",
        "a total of all time",
        lambda: one(kpi("新規就農者数(延べ数)", "224人", "250人", counting="cumulative")),
        "新規就農者数(延べ数)",
        "224人",
        "250人",
    ),
    fires(
        "PER05", "累計 in the name", lambda: one(kpi("登録累計数", "15件", "30件")), "登録累計数", year=None
    ),
    fires(
        "PER05",
        "a project's KPI called 累計",
        lambda: one(kpi("除却支援累計件数", actual="13件", role="project_kpi")),
        "除却支援累計件数",
        "13件",
    ),
    quiet(
        "PER05",
        "a project's KPI for a period",
        lambda: one(kpi("除却支援累計件数", actual="13件/4年", role="project_kpi")),
    ),
    quiet("PER05", "the name says since when", lambda: one(kpi("令和2年度からの登録累計数", "15件", "30件"))),
    quiet(
        "PER05", "visits in a year", lambda: one(kpi("年間のべ利用者数", "15人", "30人", counting="annual"))
    ),
    quiet("PER05", "a period at the target", lambda: one(kpi("登録累計数", "", "30件／4年"))),
    quiet(
        "PER05",
        "a note at the value",
        lambda: city(goal("基本目標1", targets=[_noted(kpi("登録累計数", "15件", "30件"))]), notes=[_NOTE]),
    ),
]
