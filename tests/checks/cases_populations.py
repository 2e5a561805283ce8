"""Cases of TWN: populations."""

from __future__ import annotations

from sosei.plan.model import Plan
from tests.checks.build import Data, chapter, city, key, label, quantity
from tests.checks.case import fires, quiet


def _fact(number: str, year: str, source: str, what: str = "総人口", kind: str = "実績") -> Data:
    return {
        "key": key(),
        "what": what,
        "text": number,
        "quantity": quantity(number),
        "as_of": label(year),
        "source": source,
        "kind": kind,
    }


_CENSUS = "国勢調査"
_REGISTER = "住民基本台帳"
_FALLING = [_fact("41,617人", "昭和30年", _CENSUS), _fact("24,930人", "令和2年", _CENSUS)]
_RISING = [_fact("21,617人", "昭和30年", _CENSUS), _fact("23,000人", "令和2年", _CENSUS)]
_ESTIMATE = _fact("23,550人", "令和6年10月1日", "県の推計人口", "推計人口")
_LATER = _fact("23,953人", "令和7年8月末", _REGISTER)


def _kept(level: str, counted: str, year: str = "令和2年") -> Plan:
    period = {
        "text": "令和2年度～令和5年度",
        "first": {"year": 2020, "kind": "fiscal"},
        "last": {"year": 2023, "kind": "fiscal"},
    }
    statement = {
        "key": key(),
        "text": f"人口は、{level}を維持する。",
        "conditions": [{"subject": "人口", "quantity": quantity(level), "direction": "within"}],
        "verdict": "未達成",
    }
    return city(
        population=[_fact(counted, year, _CENSUS)],
        predecessors=[{"key": key(), "no": 2, "title": "第2期", "period": period}],
        verifications=[
            {
                "key": key(),
                "plan": "第2期",
                "goals": [{"key": key(), "label": "基本目標4", "name": "", "statements": [statement]}],
            }
        ],
    )


CASES = [
    fires(
        "TWN07",
        "two chapters",
        lambda: city(
            chapters=[
                chapter(
                    "1", "趣旨", "令和2年（2020年）の国勢調査で24,930人となった本市の人口は減っています。"
                ),
                chapter("2", "人口", "令和2年国勢調査における見本市の総人口は24,390人でした。"),
            ]
        ),
        "24,930人",
        "24,390人",
        year=None,
    ),
    fires(
        "TWN07",
        "a fact and a chapter",
        lambda: city(
            population=[_LATER],
            chapters=[
                chapter("1", "趣旨", "令和7年8月末における本市の人口（住民基本台帳）は、23,935人です。")
            ],
        ),
        "23,953人",
        "23,935人",
    ),
    quiet(
        "TWN07",
        "the same figure in another width",
        lambda: city(
            population=[_fact("24,930人", "令和2年", _CENSUS)],
            chapters=[chapter("1", "趣旨", "令和２年国勢調査の人口は２４，９３０人です。")],
        ),
    ),
    quiet(
        "TWN07",
        "another statistic",
        lambda: city(population=[_ESTIMATE, _fact("23,953人", "令和6年10月1日", _REGISTER)]),
    ),
    quiet(
        "TWN07",
        "a part of the population, and a decrease",
        lambda: city(
            population=[
                _fact("24,930人", "令和2年", _CENSUS),
                _fact("2,500人", "令和2年", _CENSUS, "年少人口"),
            ],
            chapters=[
                chapter(
                    "1",
                    "趣旨",
                    "令和2年国勢調査の人口のうち老年人口は9,800人です。",
                    "令和2年国勢調査では人口は2,100人減少しました。",
                    "令和2年国勢調査の人口は約25,000人です。",
                )
            ],
        ),
    ),
    quiet(
        "TWN07",
        "another month",
        lambda: city(population=[_LATER, _fact("23,990人", "令和7年6月末", _REGISTER)]),
    ),
    fires(
        "TWN08",
        "the register after the estimate",
        lambda: city(population=[*_FALLING, _ESTIMATE, _LATER]),
        "23,550人",
        "23,953人",
    ),
    quiet("TWN08", "a city that grows", lambda: city(population=[*_RISING, _ESTIMATE, _LATER])),
    quiet(
        "TWN08",
        "the later one is smaller",
        lambda: city(population=[*_FALLING, _ESTIMATE, _fact("23,150人", "令和7年8月末", _REGISTER)]),
    ),
    quiet("TWN08", "no course is known", lambda: city(population=[_ESTIMATE, _LATER])),
    fires(
        "TGT08", "below in the first year", lambda: _kept("25,000人台", "24,930人"), "25,000人台", "24,930人"
    ),
    quiet("TGT08", "above in the first year", lambda: _kept("25,000人台", "25,430人")),
    quiet("TGT08", "a count of a later year", lambda: _kept("25,000人台", "24,930人", "令和4年")),
]
