"""Charts of invented populations (サンプル) to test with."""

from __future__ import annotations

from sosei.reports.charts.population import (
    PLACES,
    Band,
    Contribution,
    Curve,
    Flow,
    Flows,
    GroupBars,
    Mark,
    Part,
    PopulationChart,
    Pyramid,
    Pyramids,
    YearLines,
    draw,
)

YEARS = (2010, 2015, 2020, 2025, 2030, 2040)
AGES = (*tuple(f"{low}～{low + 4}歳" for low in range(0, 90, 5)), "90歳以上")
MALE = tuple(float(300 + 40 * (at % 5)) for at in range(19))
FEMALE = tuple(float(320 + 30 * (at % 7)) for at in range(19))

TOTAL = YearLines(
    title="サンプル市の総人口",
    years=YEARS,
    curves=(
        Curve(name="国勢調査", values=(12000, 11500, 11000, None, None, None), look="history"),
        Curve(name="公表された推計", values=(None, None, 11000, 10400, 9800, 8500), look="published"),
        Curve(name="前の推計", values=(None, 11500, 11100, 10700, 10300, None), look="earlier"),
        Curve(name="サンプル市による延長", values=(None, None, None, None, 9800, 8600), look="ours"),
        Curve(name="計画の値", values=(None, None, None, None, None, 8000), look="printed"),
    ),
    bands=(
        Band(
            name="5割の幅",
            low=(None, None, 11000, 10300, 9600, 8200),
            high=(None, None, 11000, 10500, 10000, 8900),
        ),
        Band(
            name="8割の幅",
            low=(None, None, 11000, 10200, 9400, 7900),
            high=(None, None, 11000, 10600, 10200, 9200),
            wide=True,
        ),
    ),
    projected_from=2025,
)
CHARTS: dict[str, PopulationChart] = {
    "total": TOTAL,
    "groups as lines": YearLines(
        title="年齢3区分",
        years=YEARS,
        curves=tuple(
            Curve(name=name, values=values, look=look)
            for name, values, look in zip(
                ("0～14歳", "15～64歳", "65歳以上"),
                ((2000, 1800, 1500, 1200, 1000, 800), (7000, 6500, 6000, 5300, 4600, 3700), (3000, 3200, 3500, 3900, 4200, 4000)),
                PLACES,
                strict=False,
            )
        ),
        marks=(Mark(year=2033.6, value=4200, text="2034年ごろ 65歳以上が15～64歳を上回る"),),
        projected_from=2025,
    ),
    "five scenarios": YearLines(
        title="シナリオ",
        years=YEARS,
        curves=tuple(
            Curve(name=f"シナリオ{at}", values=tuple(12000 - at * 300 * step for step in range(6)), look=look)
            for at, look in enumerate(PLACES)
        ),
    ),
    "one year": YearLines(title="一年", years=(2020,), curves=(Curve(name="人口", values=(5.0,), look="first"),)),
    "a prefecture": YearLines(
        title="県", years=(2020, 2050), curves=(Curve(name="人口", values=(13_921_000.0, 14_399_144.0), look="first"),)
    ),
    "nothing": YearLines(title="なし", years=(2020, 2025), curves=(Curve(name="人口", values=(None, None), look="first"),)),
    "stacked": GroupBars(
        title="年齢3区分",
        years=YEARS,
        groups=((2000, 7000, 3000), (1800, 6500, 3200), (1500, 6000, 3500), (1200, 5300, 3900), (1000, 4600, 4200), (0, 0, 0)),
        projected_from=2025,
    ),
    "many years stacked": GroupBars(
        title="年齢3区分", years=tuple(range(1950, 2071, 5)), groups=tuple((900.0, 3000.0, 1000.0) for _ in range(25))
    ),
    "pyramids": Pyramids(
        title="ピラミッド",
        ages=AGES,
        pyramids=(Pyramid(name="2015年", male=MALE, female=FEMALE), Pyramid(name="2045年", male=FEMALE, female=MALE)),
    ),
    "one pyramid": Pyramids(title="ピラミッド", ages=AGES, pyramids=(Pyramid(name="2015年", male=MALE, female=FEMALE),)),
    "single ages": Pyramids(
        title="ピラミッド",
        ages=tuple(f"{age}歳" for age in range(101)),
        pyramids=(Pyramid(name="2020年", male=(30.0,) * 101, female=(31.0,) * 101),),
    ),
    "net flows": Flows(
        title="増減",
        flows=tuple(Flow(label=f"{y}～{(y + 5) % 100}", births=400 - 20 * at, deaths=900.0, net=-50 + 20 * at) for at, y in enumerate(range(2015, 2070, 5))),
    ),
    "gross flows": Flows(
        title="増減",
        flows=(
            Flow(label="2015～20", births=400, deaths=900, net=-100, into=700, out=800),
            Flow(label="2020～25", births=350, deaths=950, net=50, into=800, out=750),
        ),
    ),
    "no flows": Flows(title="増減", flows=()),
    "contribution": Contribution(
        title="寄与",
        years=YEARS,
        parts=(Part(name="出生", values=(1, 20, 40, 70, 90, 120)), Part(name="移動", values=(50, 100, 200, 350, 500, 900))),
    ),
    "losses": Contribution(
        title="寄与",
        years=(2020, 2025, 2030),
        parts=(Part(name="出生", values=(10, 20, 30)), Part(name="移動", values=(-50, -100, -200))),
    ),
}  # fmt: skip
PICTURES = {name: draw(chart, "k") for name, chart in CHARTS.items()}
