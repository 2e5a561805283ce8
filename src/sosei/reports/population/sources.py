"""出典と注: how the figures of a chart or table are cited, by what was done to them.

Untouched figures are cited plainly; whatever was extended, changed or split by us is
「……に準拠して◯◯市が推計」, and rates that were derived are called so wherever they were used.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from sosei.formats.population_origins import REGISTER_NOTE
from sosei.population.panel import How, Origin
from sosei.population.ratios import METHOD
from sosei.population.scenario import BEYOND, HELD, NATION
from sosei.reports.population.known import Known, Series
from sosei.reports.population.outlook import Outlook
from sosei.values import Words

_YEAR_OF_EDITION = re.compile(r"（(\d{4})）")

_FAR = 2070
"""The year to which the national projection goes; extensions beyond it are said to be rough."""
NOT_A_FORECAST = Words(
    "推計は現在の傾向が続いた場合の姿で、予測や目標ではありません。",
    "A projection shows what comes if the present tendency goes on; it is neither a forecast nor a target.",
)
FITTED = Words(
    "内訳の和が総数に合うように端数を調整しています。",
    "Fractions are rounded so that the parts add up to the total.",
)
ROUNDED = Words(
    "四捨五入のため、内訳の和が総数と合わないことがあります。",
    "Because of rounding the parts may not add up to the total.",
)
DERIVED = METHOD
AGEING = Words(
    "死亡率の改善を止める計算のため、20年先の90歳以上の人口は、全国では約12％少なく出ます。",
    "Because mortality no longer improves, the people of 90 and over come out about 12 % low for the nation 20 years on.",
)
PARTS = Words(
    "出生は各期間の終わりの0～4歳の人口（期間中の死亡と移動を含む）、死亡は全国推計のコーホート比を地域の人口に掛けた目安です。"
    "社会増減には、地域と全国の死亡率の差が含まれます。",
    "Births are the children of 0-4 at the end of each step (their deaths and moves included); deaths come from the "
    "cohort ratios of the nation. Social change holds the difference between the area's and the nation's mortality.",
)
IMPUTED = Words(
    "2020年は国勢調査（年齢不詳補完値）です。",
    "2020 is the census with people of unknown age spread over the ages.",
)
UNKNOWN_AGES = Words(
    "国勢調査の年の年齢3区分は年齢不詳を除くため、その和は総人口より少ないことがあります。",
    "The age groups of census years leave out people of unknown age, so their sum may be below the total.",
)
SHARES = Words("図の棒の中の数は割合（％）です。", "The figures in the bars are shares (%).")
UNKNOWN_LEFT_OUT = Words(
    "国勢調査の年の人口ピラミッドは、年齢不詳の人を除いています。",
    "The pyramids of census years leave out people of unknown age.",
)


HOW: Mapping[How, Words] = {
    "published": Words("", ""),
    "derived": Words("地域の値を合計", "regions added up"),
    "entered": Words("出典は職員の記入", "source as written by the office"),
}
"""How a table came to us, where that is to be said."""


def imputed(series: Series) -> list[Words]:
    """The note of a projection that begins with the census of 2020, as the institute's of 2023 does."""
    begins = series.origin.is_of_institute and min(series.totals) == 2020
    return [IMPUTED] if begins else []


def bands(outlook: Outlook) -> tuple[Words, ...]:
    """What must be known of the bands: how they were found, and that an extension beyond the projection has none."""
    fan, last = outlook.fan, max(outlook.main.totals)
    if outlook.until <= last or fan.beyond:
        return fan.remarks
    first, *others = fan.remarks
    ends = Words(
        f"{first.ja}帯は推計のある{last}年までです。",
        f"{first.en} The bands end in {last}, with the projection.",
    )
    return (ends, *others)


def plain(*origins: Origin | None) -> Words:
    """The citation of figures as they came, as charts and documents have it: the names alone, each once."""
    names = list(dict.fromkeys(cited(origin) for origin in origins if origin is not None))
    return Words(f"出典：{'、'.join(names)}", f"Source: {'; '.join(names)}")


def register_name(register: Series) -> Words:
    """What the register's line is called: with its day, where that is the usual one."""
    if _register_note(register) == REGISTER_NOTE:
        return Words("住民基本台帳（1月1日）", "Resident register (1 January)")
    return Words("住民基本台帳", "Resident register")


def another_level(register: Series) -> Words:
    """On which day the register counts, and that it is not to be joined to the census."""
    note = _register_note(register)
    return Words(f"{note.ja}。", f"{note.en[0].upper()}{note.en[1:]}.")


def _register_note(register: Series) -> Words:
    return register.origin.note if register.origin.note.ja else REGISTER_NOTE


def ours(known: Known) -> Words:
    """The citation of what is extended or changed from the published projection."""
    used = cited(known.projection.sources[0])
    nation = cited(known.nation.sources[0])
    return Words(
        f"{used}に準拠して{known.name}が推計（全国の値は{nation}）",
        f"Projected by {known.name} after {used} (national figures: {nation})",
    )


def missed(outlook: Outlook) -> Words:
    """What the derived rates cannot return of the base projection."""
    cells, persons = outlook.missed
    year = outlook.published_to
    return Words(
        f"もとにする推計のうち{cells}個の値は、元の人口が0のため率では再現できず、計算した{year}年の人口はその推計より"
        f"{persons:,.0f}人少なくなっています。",
        f"{cells} figures of the base projection cannot be returned by rates because there was nobody before; the "
        f"computed population of {year} is {persons:,.0f} persons below that projection.",
    )


def in_full(origin: Origin) -> Words:
    """The citation of one table where it is shown itself: also which table it is, and how it came to us."""
    named, how = "　".join(parts(origin)), HOW[origin.how]
    return Words(
        f"出典：{named}" + (f"（{how.ja}）" if how.ja else ""),
        f"Source: {named}" + (f" ({how.en})" if how.en else ""),
    )


def parts(origin: Origin) -> tuple[str, ...]:
    """Source, table and edition, without what the name of the source holds already."""
    more = (part for part in (origin.table, origin.edition) if part not in origin.source)
    return tuple(part for part in (origin.source, *more) if part)


def cited(origin: Origin) -> str:
    """A source as it is named; a file by its name.

    The name of a published table holds the edition; what the office wrote has it beside the name.
    """
    name = origin.source or origin.table
    if origin.how != "entered" or not origin.edition or origin.edition in name:
        return name
    return f"{name}（{origin.edition}）"


def newest(outlook: Outlook) -> Words:
    """What the newest projection is called; one that the office entered need not be published anywhere."""
    if outlook.main.origin.how != "entered":
        return Words("公表された推計", "Published projection")
    if outlook.known.newer is not None:
        return Words("新しい推計", "Newer projection")
    return Words("もとにする推計", "Base projection")


def held(outlook: Outlook) -> Words:
    """How the years beyond the published ones came about."""
    return _beyond(outlook, BEYOND[HELD])


def beyond(outlook: Outlook) -> Words:
    """How the years beyond the published ones came about in the scenarios of ``outlook``."""
    following = [each for each in outlook.scenarios if each.follows_nation]
    if not following:
        return held(outlook)
    how, other = BEYOND[NATION], BEYOND[HELD]
    if len(following) < len(outlook.scenarios):
        ja = "".join(f"「{each.name.ja}」" for each in following)
        en = ", ".join(f'"{each.name.en}"' for each in following)
        how = Words(
            f"{ja}は{how.ja}、ほかは{other.ja}",
            f"{en}: {how.en}; else {other.en}",
        )
    return _beyond(outlook, how)


def _beyond(outlook: Outlook, how: Words) -> Words:
    first, name = outlook.published_to, outlook.known.name
    far = outlook.until > _FAR
    return Words(
        f"{first}年より先は、{name}による延長（{how.ja}）で、公表された値ではありません。"
        + (f"{_FAR}年より先は、率を長く固定するほど実際から離れるため、目安です。" if far else ""),
        f"Beyond {first} the figures are an extension by {name} ({how.en}), not published ones."
        + (f" Beyond {_FAR} they are rough, because rates are carried on for so long." if far else ""),
    )


def edition(origin: Origin, language: str = "ja") -> str:
    """How a projection is called for short: 社人研 令和5（2023）年推計 / IPSS projection of 2023."""
    if not origin.is_of_institute:
        return cited(origin)
    if language == "en" and (year := _YEAR_OF_EDITION.search(origin.edition)):
        return f"IPSS projection of {year[1]}"
    return f"社人研 {origin.edition}"
