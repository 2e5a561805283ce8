"""Bands and steps of a class in words: what each takes."""

from __future__ import annotations

from collections.abc import Sequence

from sosei.scheme.choices import When
from sosei.scheme.model import Band
from sosei.values.exact import plain

Pair = tuple[str, str]

STEPS: dict[When, Pair] = {
    When.ABOVE_TARGET: ("目標値よりよい", "it is better than the target"),
    When.REACHED: ("目標を達成した", "the target is reached"),
    When.PARTLY: ("目標の一部を達成した", "the target is partly reached"),
    When.MISSED: ("目標に届いていない", "the target is not reached"),
    When.ON_PATH: ("期間の経過に見合っている", "it keeps up with the straight path"),
    When.ABOVE_BASELINE: ("基準値よりよい", "it is better than the baseline"),
    When.IMPROVED: ("基準値から改善した", "it has improved on the baseline"),
    When.SAME: ("基準値と同じとみなせる", "it counts as the same as the baseline"),
    When.WITHIN_TOLERANCE: ("基準値からの許容の範囲にある", "it is within the tolerance of the baseline"),
    When.NOT_WORSE: ("基準値より悪くなっていない", "it is not worse than the baseline"),
    When.WORSE: ("基準値より悪くなった", "it is worse than the baseline"),
    When.STARTED: ("取組が始まっている", "work has begun"),
    When.NO_TARGET: ("目標値がない", "there is no target"),
    When.REST: ("ほかの区分に当たらない", "no other class applies"),
}


def limit_words(band: Band, unit: str) -> Pair:
    """The numbers between which a rate must lie; empty where the band has none."""
    words = (
        (band.at_least, "以上", "at least"),
        (band.above, "超", "above"),
        (band.at_most, "以下", "at most"),
        (band.below, "未満", "below"),
    )
    given = [(f"{plain(n)}{unit}", ja, en) for n, ja, en in words if n is not None]
    return "".join(f"{n}{ja}" for n, ja, _ in given), " and ".join(f"{en} {n}" for n, _, en in given)


def band_words(bands: Sequence[Band], unit: str = "%") -> Pair:
    """Every class with what it takes: A（100%以上）、B（80%以上）、C（それ以外）."""
    told = [_told(band, unit) for band in bands]
    return "、".join(each[0] for each in told), ", ".join(each[1] for each in told)


def _told(band: Band, unit: str) -> Pair:
    limits = limit_words(band, unit)
    said = [*([limits] if limits[0] else []), *(STEPS[when] for when in band.when if when is not When.REST)]
    if not said:
        said = [("それ以外", "the rest")]
    ja, en = "、".join(each[0] for each in said), " and ".join(each[1] for each in said)
    return f"「{band.label}」（{ja}）", f'"{band.label}" ({en})'
