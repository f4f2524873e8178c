"""Measures how often charts alarm falsely, and how soon they notice, on simulated counts of people."""

from collections.abc import Iterator
from statistics import median

import numpy as np
from numpy.typing import NDArray

from benchmarks.rig.report import Chapter, Figure
from bot.signals.limits import Limits, limits
from bot.signals.tally import FEWEST_FOR_ALARM
from bot.signals.watching import FEWEST_FOR_ALERT, WATCH_SIGMAS

Counts = NDArray[np.int64]
WEEKS = 12
"""The weeks a week is compared with."""
RATES = (2, 10, 35, 100)
"""People a week."""
DISPERSIONS = (1.0, 1.5, 2.0, 4.0)
"""The variance over the mean: 1 when everyone writes independently (Poisson), more when people wake each other."""
YEARS, TRIALS = 40, 300
SEED = 20_260_302


async def measure() -> Chapter:
    """Simulate, and measure every figure of this chapter."""
    draw = np.random.default_rng(SEED)
    note = (
        f"Counts are Poisson (dispersion 1) or negative binomial; {WEEKS} weeks of baseline, {YEARS} years a rate, "
        f"{TRIALS} trials, seed {SEED}. The watch looks daily at the last seven days."
    )
    figures = (*_false_alarms(draw), *_doublings(draw), *_second_bursts(draw))
    return Chapter("Signals", "python -m benchmarks signals", figures, note)


def _false_alarms(draw: np.random.Generator) -> Iterator[Figure]:
    for dispersion in DISPERSIONS:
        weekly = [_alarms(_simulated(draw, rate, dispersion, 52 * YEARS + WEEKS), WEEKS) / YEARS for rate in RATES]
        daily = [_watched(draw, rate / 7, dispersion) for rate in RATES]
        rates = ", ".join(str(rate) for rate in RATES)
        yield Figure(
            f"false alarms a year and chart, dispersion {dispersion:g}: digest, at {rates} people a week",
            ", ".join(f"{found:.2f}" for found in weekly),
            f"watch {', '.join(f'{found:.2f}' for found in daily)}",
        )


def _doublings(draw: np.random.Generator) -> Iterator[Figure]:
    for dispersion in DISPERSIONS[:3]:
        taken = [_days_to_notice(draw, 5, dispersion) for _ in range(TRIALS)]
        soon = sum(days <= 7 for days in taken) / TRIALS
        yield Figure(
            f"days until 10 people a day instead of 5 are noticed, dispersion {dispersion:g}",
            f"{median(taken):g}",
            f"within 7 days: {soon:.0%}",
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


def _is_signal(count: int, usual: Limits | None, fewest: int = FEWEST_FOR_ALARM) -> bool:
    return usual is not None and count > usual.high and count >= fewest


def _alarms(counts: Counts, baseline: int) -> int:
    """How many runs of signals there are: an alarm that lasts is one."""
    signals = [
        _is_signal(int(counts[at]), limits(_ints(counts[at - baseline : at]))) for at in _after(counts, baseline)
    ]
    return sum(now and not before for before, now in zip([False, *signals], signals, strict=False))


def _watched(draw: np.random.Generator, a_day: float, dispersion: float) -> float:
    years = YEARS // 2
    sums = _weeks_up_to(_simulated(draw, a_day, dispersion, 7 * (52 * years + WEEKS + 1)))
    signals = [_is_signal(int(sums[at]), _watch(sums, at), FEWEST_FOR_ALERT) for at in range(7 * WEEKS, len(sums))]
    return sum(now and not before for before, now in zip([False, *signals], signals, strict=False)) / years


def _days_to_notice(draw: np.random.Generator, a_day: float, dispersion: float) -> int:
    calm = _simulated(draw, a_day, dispersion, 7 * (WEEKS + 1))
    sums = _weeks_up_to(np.concatenate([calm, _simulated(draw, 2 * a_day, dispersion, 40)]))
    first = len(calm) - 6
    return next(
        (day for day in range(1, 40) if _is_signal(int(sums[first + day - 1]), _watch(sums, first + day - 1))), 40
    )


def _finds_second(draw: np.random.Generator, rate: float, dispersion: float) -> bool:
    """Whether a burst of four times the rate and ten people is found although one like it is in the baseline."""
    weeks = _simulated(draw, rate, dispersion, WEEKS + 1)
    burst = round(3 * rate) + 10
    weeks[draw.integers(0, WEEKS)] += burst
    return _is_signal(int(weeks[-1]) + burst, limits(_ints(weeks[:-1])))


def _watch(sums: Counts, at: int) -> Limits | None:
    return limits(_ints(sums[at - 7 * WEEKS : at : 7]), WATCH_SIGMAS)


def _weeks_up_to(days: Counts) -> Counts:
    """The sums of seven days up to each."""
    return np.convolve(days, np.ones(7, dtype=np.int64), "valid")


def _after(counts: Counts, baseline: int) -> range:
    return range(baseline, len(counts))


def _ints(counts: Counts) -> list[int]:
    return [int(count) for count in counts]
