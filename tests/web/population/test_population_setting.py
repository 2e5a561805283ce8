"""What the sliders say, as a scenario and as an address, there and back."""

from __future__ import annotations

from decimal import Decimal
from urllib.parse import parse_qs, urlencode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sosei.population.scenario import HELD, NATION, Scenario
from sosei.population.scenario_files import PRESETS, compositions, preset_scenario
from sosei.reports.population.known import known_example
from sosei.web.population.trial import GROUPS, Ground, Setting
from sosei.web.population.trial_reading import Asked, pairs_of, read

GROUND = Ground.of(known_example("hitoyoshi"), 2070)
PUBLISHED = Setting.published(GROUND)


def asked(query: str, start: Setting | None = None) -> Asked:
    return read(parse_qs(query, keep_blank_values=True), GROUND, start)


def test_the_ground_of_the_figures() -> None:
    assert Ground(2015, tuple(range(2020, 2071, 5)), 2045, 2065) == GROUND
    assert GROUND.furthest(HELD) == 2070
    assert GROUND.furthest(NATION) == 2065


@pytest.mark.parametrize(
    ("query", "name", "value"),
    [
        ("tfr=1.8", "tfr", Decimal("1.8")),
        ("tfr=１．８", "tfr", Decimal("1.8")),
        ("tfr=", "tfr", None),
        ("tfr_by=2035年", "tfr_by", 2035),
        ("families=３世帯", "families", Decimal(3)),
        ("families=", "families", Decimal(0)),
        ("young_out=30％", "out", (Decimal(30), 0, 0)),
        ("family_in=△10", "into", (0, Decimal(-10), 0)),
        ("older_out=-5", "out", (0, 0, Decimal(-5))),
        ("move_by=2015", "move_by", 2015),
        ("closed=1", "closed", True),
        ("since=2026&last=2040", "last", 2040),
        ("until=2045", "until", 2045),
        ("beyond=nation-continues", "until", 2065),
    ],
)
def test_a_field_is_read(query: str, name: str, value: object) -> None:
    found = asked(query)
    assert not found.problems
    assert getattr(found.setting, name) == value


@pytest.mark.parametrize(
    ("query", "name", "said"),
    [
        ("tfr=高い", "tfr", "「合計特殊出生率」が「高い」です。0から5までの数を入れてください"),
        ("tfr=9", "tfr", "「合計特殊出生率」が「9」です。0から5までの数を入れてください"),
        ("tfr=△1", "tfr", "「△1」"),
        ("tfr=約1.8", "tfr", "「約1.8」"),
        ("young_out=120", "young_out", "「若者（10～29歳）の転出超過を減らす割合」が「120」です"),
        ("young_out=3割", "young_out", "「3割」"),
        ("families=-1", "families", "0から10,000までの数"),
        ("target=多め", "target", "「目標人口」が「多め」"),
        ("tfr_by=1999", "tfr_by", "2016年から2070年まで"),
        ("since=2030&last=2020", "last", "2030年から2070年まで"),
        ("until=2044", "until", "2020年から2070年までの5年ごとの年を選んでください"),
        ("year=2046&target=1", "year", "5年ごとの年"),
        ("year=2025&year=2030&year=2035&year=2040&year=2045", "year", "4年まで"),
        ("composition=x", "composition", "選択肢から選び直してください"),
        ("beyond=x", "beyond", "選択肢から選び直してください"),
        ("on=x", "on", "選択肢から選び直してください"),
        ("beyond=nation-continues&until=2070", "until", "全国推計のある2065年までです"),
        ("beyond=nation-continues&until=2045&target=1&year=2070&on=trial", "year", "2065年までです"),
    ],
)
def test_what_is_wrong_is_said_and_kept(query: str, name: str, said: str) -> None:
    found = asked(query)
    assert list(found.problems) == [name]
    assert said in found.problems[name].ja
    assert found.problems[name].en
    typed = parse_qs(query)[name][-1]
    assert found.texts.get(name, typed) == typed


def test_a_target_is_sought_in_the_last_published_and_the_last_year() -> None:
    found = asked("target=22000")
    assert (found.target, found.years, found.on_trial) == (Decimal(22000), (2045, 2070), False)
    assert asked("target=2.2万人&year=2050&on=trial").years == (2050,)
    assert asked("until=2040&target=1&year=2070").horizon == 2070
    assert asked("until=2040&year=2070").horizon == 2040


@pytest.mark.parametrize("name", PRESETS)
def test_a_preset_goes_into_the_sliders_or_does_not(name: str) -> None:
    scenario = preset_scenario(name)
    found = Setting.of_scenario(scenario, GROUND)
    assert (found is None) == (name == "pattern3")
    if found is not None:
        again = found.scenario(GROUND)
        assert (again.fertility, again.migration, again.beyond) == (
            scenario.fertility,
            scenario.migration,
            scenario.beyond,
        )


@pytest.mark.parametrize(
    "more",
    [
        {"fertility": {"cwr": {2030: 0.2}}},
        {"fertility": {"tfr": {2030: 1.8, 2040: 2.07}}},
        {"fertility": {"tfr": {2030: 1.8}, "constant": "classes"}},
        {"fertility": {"tfr": {2030: 6}}},
        {"fertility": {"tfr": {2010: 1.8}}},
        {"migration": {"bands": [{"ages": [10, 25], "direction": "out", "points": {2030: 0.5}}]}},
        {"migration": {"bands": [{"ages": [10, 30], "direction": "both", "points": {2015: 1, 2030: 0.5}}]}},
        {"migration": {"bands": [{"ages": [10, 30], "sex": "male", "points": {2015: 1, 2030: 0.5}}]}},
        {"migration": {"bands": [{"ages": [10, 30], "direction": "in", "points": {2015: 1, 2030: 2.5}}]}},
        {"movers": [{"families": 1, "composition": "couple-20s", "since": 2030, "until": 2020}]},
        {"movers": [{"families": 1, "composition": "couple-20s", "since": 2030}] * 2},
        {"movers": [{"families": 1, "composition": {"name": {"ja": "一人", "en": "one"}, "members": [{"sex": "male", "age": 40}]}, "since": 2030}]},
    ],
)  # fmt: skip
def test_what_the_sliders_cannot_express(more: dict[str, object]) -> None:
    kinds = compositions()
    movers = [
        {**each, "composition": kinds.get(str(each["composition"]), each["composition"])}
        for each in more.get("movers", [])  # type: ignore[attr-defined]
    ]
    data = {"id": "x", "name": {"ja": "あ", "en": "a"}, **more, "movers": movers}
    assert Setting.of_scenario(Scenario.model_validate(data), GROUND) is None


def test_the_setting_in_words() -> None:
    found = asked("tfr=1.8&young_out=30&family_in=△10&families=3.73&since=2026&last=2050").setting
    assert [each.ja for each in found.words(GROUND)] == [
        "合計特殊出生率は2030年に1.8となり、その後は一定（子ども女性比への換算は7.56で割る）",
        "2040年までに、若者（10～29歳）の転出超過を30％減らす、子育て世代（0～9歳、30～49歳）の転入超過を10％減らす",
        "2026年から2050年まで、30～34歳の夫婦と0～4歳の子1人が年に3.73世帯移り住む",
        "2045年より先は、最後の期間の率を固定",
    ]


years = st.integers(GROUND.base + 1, GROUND.most)
shares = st.decimals(-100, 100, places=4)


@st.composite
def setting(draw: st.DrawFn) -> Setting:
    since = draw(years)
    beyond = draw(st.sampled_from([HELD, NATION]))
    return Setting(
        tfr=draw(st.none() | st.decimals(0, 5, places=5)),
        tfr_by=draw(years),
        out=(draw(shares), draw(shares), draw(shares)),
        into=(draw(shares), draw(shares), draw(shares)),
        move_by=draw(st.integers(GROUND.base, GROUND.most)),
        closed=draw(st.booleans()),
        families=draw(st.decimals(0, 10000, places=4)),
        composition=draw(st.sampled_from(list(compositions()))),
        since=since,
        last=draw(st.none() | st.integers(since, GROUND.most)),
        beyond=beyond,
        until=draw(st.sampled_from([end for end in GROUND.ends if end <= GROUND.furthest(beyond)])),
    )


@given(setting(), st.none() | st.decimals(0, 10**6, places=1), st.booleans())
@settings(max_examples=60, deadline=None)
def test_an_address_holds_all_that_was_asked(found: Setting, target: Decimal | None, on_trial: bool) -> None:
    years: tuple[int, ...] = (2030, found.until) if found.until > 2030 else (found.until,)
    on_trial = on_trial and target is not None
    years = years if target is not None else tuple(sorted({min(2045, found.until), found.until}))
    whole = Asked(setting=found, target=target, years=years, on_trial=on_trial, texts={}, problems={})
    again = asked(urlencode(pairs_of(whole, GROUND)))
    assert not again.problems
    assert (again.setting, again.target, again.years, again.on_trial) == (found, target, years, on_trial)
    assert pairs_of(again, GROUND) == pairs_of(asked(urlencode(pairs_of(again, GROUND))), GROUND)


@given(setting())
@settings(max_examples=60, deadline=None)
def test_a_scenario_comes_back_to_the_sliders(found: Setting) -> None:
    scenario = found.scenario(GROUND)
    again = Setting.of_scenario(Scenario.model_validate_json(scenario.model_dump_json()), GROUND)
    assert again is not None
    assert again.scenario(GROUND) == scenario


def test_every_age_belongs_to_one_group() -> None:
    ages = [age for group in GROUPS for low, high in group.ages for age in range(low, high or 120)]
    assert sorted(ages) == list(range(120))
