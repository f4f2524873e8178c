"""Measures how often charts alarm falsely, and how soon they notice, on simulated counts of people."""

from collections.abc import Iterator
from statistics import median

import numpy as np
from numpy.typing import NDArray

from benchmarks.rig.report import Chapter, Figure
from bot.signals.limits import Limits, limits
from bot.signals.tally import FEWEST_FOR_ALARM
from bot.signals.watching import FEWEST_FOR_ALERT, is_crisis

Counts = NDArray[np.int64]
WEEKS = 12
"""The weeks a week is compared with."""
RATES = (2, 10, 35, 100)
"""People a week."""
DISPERSIONS = (1.0, 1.5, 2.0, 4.0)
"""The variance over the mean: 1 when everyone writes independently (Poisson), more when people wake each other."""
YEARS, TRIALS = 40, 300
DAY, DAYS, TOLD = 24, 28, 48
"""Hours of the watch's window, the days it is compared with, and the hours in which what is back is the same alert."""
SEED = 20_260_302


async def measure() -> Chapter:
    """Simulate, and measure every figure of this chapter."""
    draw = np.random.default_rng(SEED)
    note = (
        f"Counts are Poisson (dispersion 1) or negative binomial; {WEEKS} weeks of baseline, {YEARS} years a rate, "
        f"{TRIALS} trials, seed {SEED}. The watch looks hourly at the last {DAY} hours, beside {DAYS} days, for "
        f"{YEARS // 2} years; `/pulse`, which somebody has to ask for, is looked at daily: the last seven days."
    )
    figures = (*_false_alarms(draw), *_doublings(draw), *_second_bursts(draw))
    return Chapter("Signals", "python -m benchmarks signals", figures, note)


def _false_alarms(draw: np.random.Generator) -> Iterator[Figure]:
    for dispersion in DISPERSIONS:
        weekly = [_alarms(_simulated(draw, rate, dispersion, 52 * YEARS + WEEKS), WEEKS) / YEARS for rate in RATES]
        watch = [_watched(draw, rate / 7, dispersion) for rate in RATES]
        rates = ", ".join(str(rate) for rate in RATES)
        yield Figure(
            f"false alarms a year and chart, dispersion {dispersion:g}: digest, at {rates} people a week",
            ", ".join(f"{found:.2f}" for found in weekly),
            f"watch {', '.join(f'{found:.2f}' for found in watch)}",
        )


def _doublings(draw: np.random.Generator) -> Iterator[Figure]:
    for dispersion in DISPERSIONS[:3]:
        taken = [_days_to_notice(draw, 5, dispersion) for _ in range(TRIALS)]
        asked, read = zip(*taken, strict=True)
        soon = [sum(days <= 7 for days in which) / TRIALS for which in (asked, read)]
        yield Figure(
            f"days until 10 people a day instead of 5 are noticed by daily `/pulse`, dispersion {dispersion:g}",
            f"{median(asked):g}, within 7 days: {soon[0]:.0%}",
            f"by Monday's digest alone: {median(read):g}, within 7 days: {soon[1]:.0%}",
        )


def _second_bursts(draw: np.random.Generator) -> Iterator[Figure]:
    for dispersion in DISPERSIONS[:3]:
        found = [_finds_second(draw, rate, dispersion) for rate in RATES for _ in range(TRIALS)]
        yield Figure(
            f"second burst within {WEEKS} weeks found, dispersion {dispersion:g}", f"{sum(found) / len(found):.1%}"
        )


def _simulated(draw: np.random.Generator, mean: float, dispersion: float, size: int) -> Counts:
    if dispersion == 1:
        return draw.poisson(mean, size)
    return draw.negative_binomial(mean / (dispersion - 1), 1 / dispersion, size)


def _is_signal(count: int, usual: Limits | None) -> bool:
    return usual is not None and count > usual.high and count >= FEWEST_FOR_ALARM


def _alarms(counts: Counts, baseline: int) -> int:
    """How many runs of signals there are: an alarm that lasts is one."""
    signals = [
        _is_signal(int(counts[at]), limits(_ints(counts[at - baseline : at]))) for at in _after(counts, baseline)
    ]
    return sum(now and not before for before, now in zip([False, *signals], signals, strict=False))


def _watched(draw: np.random.Generator, a_day: float, dispersion: float) -> float:
    years = YEARS // 2
    sums = _sums(_simulated(draw, a_day / DAY, dispersion, DAY * (364 * years + DAYS + 1)), DAY)
    alarms, last = 0, -TOLD
    for at in map(int, DAY * DAYS + np.flatnonzero(sums[DAY * DAYS :] >= FEWEST_FOR_ALERT)):
        if _is_alert(int(sums[at]), _ints(sums[at - DAY * DAYS : at : DAY])):
            alarms, last = alarms + (at - last >= TOLD), at
    return alarms / years


def _is_alert(people: int, before: list[int]) -> bool:
    # What is not more than two roots above the median is within any limits, which take far longer.
    usual: float = median(before)
    return people > usual + 2 * usual**0.5 and is_crisis(people, before, chosen=False)


def _days_to_notice(draw: np.random.Generator, a_day: float, dispersion: float) -> tuple[int, int]:
    """The days until who looks daily at the last seven notices, and until a digest does that is posted some weekday."""
    calm = _simulated(draw, a_day, dispersion, 7 * (WEEKS + 1))
    sums, first = _sums(np.concatenate([calm, _simulated(draw, 2 * a_day, dispersion, 40)]), 7), len(calm) - 6
    noticed = [day for day in range(1, 40) if _is_signal(int(sums[first + day - 1]), _week(sums, first + day - 1))]
    monday = int(draw.integers(1, 8))
    return next(iter(noticed), 40), next((day for day in noticed if (day - monday) % 7 == 0), 40)


def _finds_second(draw: np.random.Generator, rate: float, dispersion: float) -> bool:
    """Whether a burst of four times the rate and ten people is found although one like it is in the baseline."""
    weeks = _simulated(draw, rate, dispersion, WEEKS + 1)
    burst = round(3 * rate) + 10
    weeks[draw.integers(0, WEEKS)] += burst
    return _is_signal(int(weeks[-1]) + burst, limits(_ints(weeks[:-1])))


def _week(sums: Counts, at: int) -> Limits | None:
    return limits(_ints(sums[at - 7 * WEEKS : at : 7]))


def _sums(counts: Counts, length: int) -> Counts:
    """The sums of so many counts up to each."""
    return np.convolve(counts, np.ones(length, dtype=np.int64), "valid")


def _after(counts: Counts, baseline: int) -> range:
    return range(baseline, len(counts))


def _ints(counts: Counts) -> list[int]:
    return [int(count) for count in counts]
