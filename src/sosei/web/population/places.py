"""The places of a municipality's tables: what each is for, and under which name one finds it officially."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sosei.values import Words
from sosei.web.population.models import Place


@dataclass(frozen=True, slots=True)
class About:
    """A place in words: ``use`` in a sentence, ``where`` the publication, ``address`` to be typed elsewhere."""

    place: Place
    name: Words
    use: Words
    where: Words
    address: str
    compulsory: bool = False


_ALL = (
    About(
        Place.PROJECTION,
        Words("もとにする推計（男女・年齢別）", "Base projection (by sex and age)"),
        Words(
            "男女・年齢（5歳階級）別の将来推計人口。推計の延長、シナリオ、目標人口からの逆算は、すべてこの表から計算します。",
            "Projected population by sex and five-year age groups: extension, scenarios and target seeking all start "
            "from this table.",
        ),
        Words(
            "国立社会保障・人口問題研究所『日本の地域別将来推計人口』の「男女・年齢（5歳）階級別の推計結果」"
            "（全国の一覧、または都道府県別のExcel）",
            "国立社会保障・人口問題研究所『日本の地域別将来推計人口』: results by sex and five-year age groups "
            "(the list of all areas, or the workbook of the prefecture)",
        ),
        "https://www.ipss.go.jp/pp-shicyoson/",
        compulsory=True,
    ),
    About(
        Place.CENSUS,
        Words("国勢調査", "Census"),
        Words(
            "総人口と年齢3区分の、これまでの推移に使います。",
            "The history of the total and of the three age groups.",
        ),
        Words(
            "総務省統計局『国勢調査』の「男女・年齢（5歳階級）別人口」（政府統計の総合窓口 e-Stat）",
            "総務省統計局『国勢調査』: population by sex and five-year age groups (e-Stat)",
        ),
        "https://www.e-stat.go.jp/",
    ),
    About(
        Place.NEWER,
        Words("新しい推計の総人口・年齢3区分", "Totals and age groups of a newer projection"),
        Words(
            "もとにする推計より新しく、男女・年齢別の値が手元にない推計を、総人口と年齢3区分だけで並べます。",
            "A projection later than the one worked on, of which figures by sex and age are not at hand, is set "
            "beside it by totals and age groups.",
        ),
        Words(
            "国立社会保障・人口問題研究所『日本の地域別将来推計人口』の結果表1（総人口）。年齢3区分も並べるときは、結果表2-1～2-3 を"
            "結果表1と同じブックのシートにまとめます",
            "国立社会保障・人口問題研究所『日本の地域別将来推計人口』: result table 1 (total); for the age groups too, "
            "put result tables 2-1 to 2-3 into the workbook of table 1 as its sheets",
        ),
        "https://www.ipss.go.jp/pp-shicyoson/",
    ),
    About(
        Place.REGISTER,
        Words("住民基本台帳", "Resident register"),
        Words(
            "1月1日の人口を、国勢調査とは別の線で総人口の図に並べます（水準が違うため、つなげません）。",
            "The population on 1 January, as a line of its own in the chart of the total (its level differs from the "
            "census, so the two are not joined).",
        ),
        Words(
            "総務省『住民基本台帳に基づく人口、人口動態及び世帯数』の「年齢階級別人口（市区町村別）」（e-Stat）、"
            "または自治体標準オープンデータセットの「地域・年齢別人口」",
            "総務省『住民基本台帳に基づく人口、人口動態及び世帯数』: by age and municipality (e-Stat), or "
            "地域・年齢別人口 of the municipal open data set",
        ),
        "https://www.e-stat.go.jp/",
    ),
    About(
        Place.NATION,
        Words("全国の推計", "National projection"),
        Words(
            "率を求めるときの、全国の生き残りの割合のもとです。もとにする推計と同じ年に始まる版を使います。",
            "What survival is taken from when rates are derived; use the edition that begins in the same year as the "
            "projection worked on.",
        ),
        Words(
            "国立社会保障・人口問題研究所『日本の将来推計人口』の「男女・年齢（5歳階級）別人口」（出生中位・死亡中位、5年ごと）",
            "国立社会保障・人口問題研究所『日本の将来推計人口』: by sex and five-year age groups (medium fertility and "
            "mortality, every five years)",
        ),
        "https://www.ipss.go.jp/pp-zenkoku/",
    ),
)
ABOUT: Mapping[Place, About] = {each.place: each for each in _ALL}
"""All places in the order in which pages show them."""
