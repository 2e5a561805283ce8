"""幅: how far the population may come out from a projection, by what happened to earlier projections.

No variants of the regional projections are published, so the bands are the differences that the
projection of 2018 turned out to have in municipalities of the same size (``backtest``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np

from sosei.population.backtest import QUANTILES, SIZES, Score, from_csv
from sosei.population.panel import Array
from sosei.values import Problem, Words

_OFF = 1.0
"""Percent by which the middle of the bands may lie off the projection without a word about it."""
_COUNTED = 5
"""How many years ahead the projection of 2018 can be set against a census."""
_BETWEEN_PROJECTIONS = Words(
    "10年後からの帯は次の推計との差なので、実際の人口との差はこれより大きいことがあります。",
    "From 10 years on the bands are differences between two projections; those from the real population may be larger.",
)
_NOT_A_MUNICIPALITY = Words(
    "市区町村の差から作った帯のため、都道府県や全国の推計の幅としては広めです。",
    "The bands are made from municipalities, so they are wider than those of a prefecture or the nation would be.",
)


@dataclass(frozen=True, slots=True)
class Fan:
    """Bands around a projection for ``years``.

    ``bands`` is ``[quantile, year]`` in persons: 10, 25, 50, 75 and 90 percent, so rows 1 and 3 bound the
    50 % band, rows 0 and 4 the 80 % band, and row 2 is its middle, which lies off the projection where
    earlier projections were off to one side.  ``beyond`` are the years for which nothing can be said.
    ``words`` say in one sentence how the bands were made, ``remarks`` what must be known beside it.  The bands
    of a prefecture or the nation (``is_municipality`` false) are those of the largest municipalities.
    """

    years: tuple[int, ...]
    bands: Array
    beyond: tuple[int, ...]
    words: Words
    remarks: tuple[Words, ...]
    is_municipality: bool = True

    def band(self, percent: int) -> tuple[Array, Array]:
        """The lower and upper bound of the 50 or 80 percent band, ``[year]`` each."""
        low, high = {50: (1, 3), 80: (0, 4)}[percent]
        return self.bands[low], self.bands[high]

    def how_sure(self, year: int) -> Words:
        """What the 80 % band of ``year`` says of earlier projections, in plain words and one sentence."""
        ja, en = "人口の多い市区町村", "large municipalities"
        if self.is_municipality:
            ja, en = "同じ規模の市区町村", "municipalities of this size"
        if year - self.years[0] > _COUNTED:
            return Words(
                f"平成30（2018）年推計では、{ja}の10のうち8ほどで、後の値がこの幅に当たる範囲に入りました"
                "（実際の人口はまだ分からないため、次の推計を後の値としています）。",
                f"In about 8 of 10 {en} the later figure lay within such a band around the projection of 2018 (the next "
                "projection stands for it, as the real population is not known yet).",
            )
        return Words(
            f"平成30（2018）年推計では、{ja}の10のうち8ほどで、2020年の国勢調査がこの幅に当たる範囲に入りました。",
            f"In about 8 of 10 {en} the census of 2020 lay within such a band around the projection of 2018.",
        )


@cache
def stored_scores() -> tuple[Score, ...]:
    """The scores of the projection of 2018 that come with the program; the file says how it was made."""
    return from_csv((files("sosei.population") / "data/backtest.csv").read_text(encoding="utf-8"))


def fan(
    years: Sequence[int],
    totals: Array,
    base_year: int,
    scores: Sequence[Score] | None = None,
    *,
    is_municipality: bool = True,
) -> Fan:
    """The bands around ``totals`` (``[year]``, persons) of a projection that starts from ``base_year``.

    Between the horizons of the back-test the quantiles are interpolated; beyond its last one there are
    no bands.  For a prefecture or the nation (``is_municipality`` false) they are those of the largest
    municipalities, which a remark says.  Raises Problem where the base year is missing or nobody lives there then.
    """
    if base_year not in years or not totals[list(years).index(base_year)] > 0:
        raise Problem(
            f"幅を示すには基準年（{base_year}年）の人口が必要です",
            f"the population of the base year ({base_year}) is needed for the bands",
        )
    size = float(totals[list(years).index(base_year)])
    used = _of_size(size, stored_scores() if scores is None else scores)
    horizons = [0, *(row.years_ahead for row in used)]
    ratios = np.array([[1.0] * len(QUANTILES), *(row.ratios for row in used)])
    ahead = [year - base_year for year in years]
    shown = [at for at, step in enumerate(ahead) if 0 <= step <= horizons[-1]]
    beyond = tuple(year for year, step in zip(years, ahead, strict=True) if step > horizons[-1])
    bands = np.array(
        [np.interp([ahead[at] for at in shown], horizons, ratios[:, q]) for q in range(len(QUANTILES))]
    )
    bands = bands * np.asarray(totals, dtype=np.float64)[shown]
    remarks = _remarks(used, beyond, is_municipality=is_municipality)
    return Fan(tuple(years[at] for at in shown), bands, beyond, _words(used), remarks, is_municipality)


def _of_size(size: float, scores: Sequence[Score]) -> list[Score]:
    """The scores of the class of ``size``, by years ahead."""
    low = max(bound for bound in SIZES if bound <= size)
    return sorted((row for row in scores if row.size_from == low), key=lambda row: row.years_ahead)


def _words(used: Sequence[Score]) -> Words:
    """How the bands were made, in one sentence."""
    low, last = used[0].size_from, used[-1].years_ahead
    at = SIZES.index(low)
    high = SIZES[at + 1] if at + 1 < len(SIZES) else None
    size_ja = (f"{low:,}人以上" if low else "") + (f"{high:,}人未満" if high else "")
    least, most = (f"{low:,} or more" if low else ""), (f"fewer than {high:,}" if high else "")
    size_en = " and ".join(filter(None, (least, most)))
    return Words(
        f"濃い帯（5割）と薄い帯（8割）は、基準年の人口が{size_ja}の{used[0].areas:,}市区町村で、平成30（2018）年推計が"
        f"2020年の国勢調査（5年後）と令和5（2023）年推計（10～{last}年後）から実際にどれだけ離れていたかをもとにした幅です。",
        "The dark (50 %) and light (80 %) bands show how far the projection of 2018 was from the census of 2020 (5 years "
        f"ahead) and from the projection of 2023 (10 to {last} years ahead) in the {used[0].areas:,} municipalities "
        f"with {size_en} people in the base year.",
    )


def _remarks(used: Sequence[Score], beyond: Sequence[int], *, is_municipality: bool) -> tuple[Words, ...]:
    """What must be known beside it, a sentence each."""
    remarks = [_BETWEEN_PROJECTIONS]
    last = used[-1].years_ahead
    middle = (used[-1].ratios[2] - 1) * 100
    if abs(middle) >= _OFF:
        low = middle > 0
        remarks.append(
            Words(
                f"この規模では推計が後の値より{'低め' if low else '高め'}だった（{last}年後の中央値で{abs(middle):.1f}％）ため、"
                f"帯は推計の線より{'上' if low else '下'}に寄ります。",
                f"Projections of this size came out too {'low' if low else 'high'} (by {abs(middle):.1f} % in the "
                f"median, {last} years ahead), so the bands lie {'above' if low else 'below'} the projected line.",
            )
        )
    if not is_municipality:
        remarks.append(_NOT_A_MUNICIPALITY)
    if beyond:
        remarks.append(
            Words(
                f"基準年から{last}年より先（{beyond[0]}年から）は比べるものがないため、帯を示していません。",
                f"More than {last} years ahead (from {beyond[0]}) there is nothing to compare, so no band is shown.",
            )
        )
    return tuple(remarks)
