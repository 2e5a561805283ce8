"""The words a scheme file may use where it chooses: one enumeration a field, by decision."""

from __future__ import annotations

from enum import StrEnum


class QuantityKind(StrEnum):
    """Decision 1: what is computed."""

    RATIO = "ratio"  # actual / target
    PROGRESS = "progress"  # (actual - start) / (target - start)
    GAP = "gap"  # actual - target, in the indicator's unit
    DIRECTION = "direction"  # better, the same or worse than the start
    REACHED = "reached"  # reached or not
    JUDGED = "judged"  # by people, nothing is computed


class LowerRule(StrEnum):
    """How a ratio is taken where less is better."""

    AS_IS = "as_is"  # actual / target all the same
    TARGET_OVER_ACTUAL = "target_over_actual"
    TWO_MINUS = "two_minus"  # 2 - actual / target
    EXCESS = "excess"  # actual / target - 1, printed n%超過
    RELATIVE_CUT = "relative_cut"  # (baseline - actual) / baseline


class DirectionChoice(StrEnum):
    """Decision 2: which way is better."""

    INDICATOR = "indicator"
    RAISE = "raise"
    LOWER = "lower"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    WITHIN = "within"
    RANK = "rank"
    DO = "do"


class Parts(StrEnum):
    """What becomes of several numbers in one cell (200・4,000)."""

    NONE = "none"  # no rate
    EACH = "each"  # no single rate, each part's is printed
    MIN = "min"
    MEAN = "mean"


class TargetUse(StrEnum):
    """Decision 3: against which target."""

    FINAL = "final"
    YEAR = "year"
    STRAIGHT_PATH = "straight_path"
    ELAPSED_SHARE = "elapsed_share"
    INTERIM = "interim"
    IN_FORCE = "in_force"


class TargetMissing(StrEnum):
    """What stands in for a yearly or interim target that is not given."""

    NONE = "none"
    FINAL = "final"


class ActualUse(StrEnum):
    """Decision 4: which actual."""

    THIS_YEAR = "this_year"
    RUNNING_TOTAL = "running_total"
    LATEST = "latest"
    PROVISIONAL = "provisional"
    FORECAST = "forecast"


class StartFrom(StrEnum):
    """Decision 5: where the way begins."""

    BASELINE = "baseline"
    ZERO = "zero"
    REPLACED = "replaced"
    PREVIOUS_YEAR = "previous_year"


class RunningTotalStart(StrEnum):
    """Decision 5: where a running total begins."""

    ZERO = "zero"
    BASELINE = "baseline"


class RoundingMode(StrEnum):
    """Decision 7: what happens to the digits beyond."""

    HALF_UP = "half_up"  # 四捨五入
    HALF_EVEN = "half_even"  # 偶数への丸め
    CUT = "cut"  # 切捨て


class DigitsFrom(StrEnum):
    """Decision 7: where the number of digits comes from."""

    FIXED = "fixed"
    PRINTED = "printed"  # as many as the cell's published rate shows; ``digits`` where none was published


class ClassOn(StrEnum):
    """Decision 8: what a class is given on."""

    RATE = "rate"
    PACE = "pace"
    STEPS = "steps"
    REACHED = "reached"
    JUDGED = "judged"


class ClassOf(StrEnum):
    """Decisions 8 and 10: whether the printed digits or the exact rate decide, or are averaged."""

    UNROUNDED = "unrounded"
    ROUNDED = "rounded"


class When(StrEnum):
    """A step: how the actual stands to target and start.  Better and worse follow the direction."""

    ABOVE_TARGET = "above_target"  # better than the target
    REACHED = "reached"
    PARTLY = "partly"  # some parts of a composite target reached
    MISSED = "missed"
    ON_PATH = "on_path"  # at or beyond the straight path
    ABOVE_BASELINE = "above_baseline"  # better than the start, however little
    IMPROVED = "improved"  # better by more than the tolerance
    SAME = "same"  # within the tolerance on either side
    WITHIN_TOLERANCE = "within_tolerance"  # worse by no more than the tolerance, or not worse
    NOT_WORSE = "not_worse"  # the same or improved
    WORSE = "worse"  # worse by more than the tolerance
    STARTED = "started"  # there is an actual other than 0
    NO_TARGET = "no_target"
    REST = "rest"


class ShareOf(StrEnum):
    """Decision 10: what a share counts."""

    REACHED = "reached"
    CLASSES = "classes"


class Over(StrEnum):
    """Decision 10: the denominator of a share."""

    KNOWN = "known"
    ALL = "all"


class Mean(StrEnum):
    """Decision 10: what is averaged."""

    NONE = "none"
    RATES = "rates"
    CAPPED_RATES = "capped_rates"
    POINTS = "points"


class Repeated(StrEnum):
    """Decision 10: how an indicator that stands in several places (再掲) counts."""

    EACH = "each"  # every listing counts, everywhere
    ONCE = "once"  # once overall and once in every place that lists it
    LEFT_OUT = "left_out"  # only where it is listed first; later listings count neither there nor overall


class OutsideKind(StrEnum):
    """Decision 11: what the outside view does."""

    OPINION = "opinion"
    CONFIRMS = "confirms"
    OWN_SCALE = "own_scale"
    EFFECT = "effect"
