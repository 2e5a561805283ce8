"""Cuts the population facts of the two example cities, and the national table, out of the published statistics.

    python tools/population_facts.py [FOLDER]

FOLDER holds the whole tables (see tools/backtest.py).  Writes examples/*/population/*.csv: the rows of the
area exactly as in the table, under one line that says the source and the terms of use.
"""

from __future__ import annotations

import gzip
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from tools.backtest import ROOT, folder

CITIES = {"aso": "43214", "hitoyoshi": "43203"}
NATION = "national"
_IPSS = "国立社会保障・人口問題研究所『{}』。公共データ利用規約（第1.0版）で公表されているとされ、出典の表示が必要です。"
_H30 = _IPSS.format("日本の地域別将来推計人口（平成30（2018）年推計）")
_R5 = _IPSS.format("日本の地域別将来推計人口（令和5（2023）年推計）")
_H29 = _IPSS.format("日本の将来推計人口（平成29年推計）") + "出生中位・死亡中位"
_CENSUS = (
    "総務省統計局『国勢調査』1980～2015年（2016年の市町村の範囲）。"
    "機械で読める形にしたのは aiseed.dev（統計メモ帳）、CC BY 4.0（年齢の見出し1か所の誤記を直した版から抜き出し）"
)


def facts(data: Path) -> dict[str, bytes]:
    """Every file by its path from the root of the repository."""
    census = gzip.decompress((data / "census_1980_2015_sex_age5_all.csv.gz").read_bytes()).decode("utf-8-sig")
    h30, groups, nation = (
        (data / name).read_text(encoding="utf-8-sig")
        for name in (
            "ipss_h30_results_all.csv",
            "ipss_r5_kumamoto_3ages.csv",
            "ipss_national_h29_medium_sex_age5.csv",
        )
    )
    files: dict[str, bytes] = {}
    for city, code in CITIES.items():
        place = f"examples/{city}/population"
        files[f"{place}/census.csv"] = _file(_CENSUS, _cut(census, code))
        files[f"{place}/ipss_h30.csv"] = _file(_H30, _cut(h30, code))
        files[f"{place}/ipss_r5.csv"] = _file(_R5, _cut(groups, code))
    files[f"examples/{NATION}/population/ipss_h29.csv"] = _file(_H29, _cut(nation))
    return files


def _cut(table: str, code: str | None = None) -> list[str]:
    """The heading and the rows whose first cell is ``code``, all where there is none; unchanged."""
    heading, *rows = table.splitlines()
    return [heading, *(row for row in rows if code is None or row.partition(",")[0].zfill(5) == code)]


def _file(source: str, rows: list[str]) -> bytes:
    return "\n".join([f"# 出典: {source}", *rows, ""]).encode("utf-8-sig")


def main() -> int:
    """Write the files."""
    for name, data in facts(folder(sys.argv[1:])).items():
        path = ROOT / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        print(f"{name}: {len(data):,} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
