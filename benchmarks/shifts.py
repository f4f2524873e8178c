"""Measures how soon the daily check notices twice as many people, and the false alarms of it and of the watch."""

from collections.abc import Iterator, Sequence
from statistics import median

import numpy as np
from numpy.typing import NDArray

from benchmarks.rig.report import Figure
from benchmarks.rig.simulation import DAY, DISPERSIONS, RATES, Counts, Draw, ints, simulated, watched
from bot.signals.shifts import LATELY, MOST_DAYS, shift
from bot.signals.watching import FEWEST_FOR_ALERT

SEEDS = (20_261_201, 20_261_202, 20_261_203)
"""Different from the seeds on which the limit was chosen, 1 and 2."""
BEFORE, YEARS, TRIALS = MOST_DAYS + LATELY, 20, 300
TOLD = 14
"""Days without a signal after which the next one is another alarm."""
LONGEST = 40
WORKDAYS = np.array([1.3, 1.3, 1.3, 1.3, 1.3, 0.25, 0.25])
"""The relative number of people on each day of a week."""


def figures() -> Iterator[Figure]:
    """The false alarms of the watch and the daily check together, and the days until a doubling is noticed."""
    for dispersion in DISPERSIONS:
        found = [_false_alarms(np.random.default_rng(seed), dispersion) for seed in SEEDS]
        both, alone = (np.max([one[at] for one in found], axis=0) for at in (0, 1))
        yield Figure(
            f"false alarms a year and chart, dispersion {dispersion:g}: watch and daily look together, the most of "
            f"{len(SEEDS)} seeds",
            ", ".join(f"{one:.2f}" for one in both),
            f"the daily look alone {', '.join(f'{one:.2f}' for one in alone)}",
        )
    for dispersion in DISPERSIONS:
        yield _doubling(f"dispersion {dispersion:g}", dispersion, np.ones(7))
    yield _doubling("dispersion 1, few at weekends", 1, WORKDAYS)


def _doubling(name: str, dispersion: float, week: NDArray[np.float64]) -> Figure:
    taken = [_days(seed, dispersion, week) for seed in SEEDS]
    medians = ", ".join(f"{median(days):g}" for days in taken)
    soon = ", ".join(f"{sum(day <= 7 for day in days) / TRIALS:.0%}" for days in taken)
    what = "days until the daily look notices 10 people a day instead of 5"
    return Figure(f"{what}, {name}, {len(SEEDS)} seeds", medians, f"within 7 days: {soon}")


def _false_alarms(draw: Draw, dispersion: float) -> tuple[list[float], list[float]]:
    """By rate, the alarms a year of both together, and of the daily check alone."""
    both, alone = [], []
    for rate in RATES:
        hourly = simulated(draw, rate / 7 / DAY, dispersion, DAY * (364 * YEARS + BEFORE))
        daily = hourly.reshape(-1, DAY).sum(axis=1)
        crises = {at // DAY for at in watched(hourly)}
        # What the watch reports is left to it.
        signals = [at for at in range(BEFORE, len(daily)) if at not in crises and _is_shift(daily, at, crises)]
        lone = sum(at - before > TOLD for before, at in zip([-TOLD, *signals], signals, strict=False))
        alone.append(lone / YEARS)
        both.append((lone + sum(day >= BEFORE for day in crises)) / YEARS)
    return both, alone


def _is_shift(daily: Counts, at: int, without: set[int] | frozenset[int] = frozenset()) -> bool:
    week, before = daily[at - 6 : at + 1].sum(), daily[at - BEFORE + 1 : at + 1]
    # No more than before is no shift; the full check takes far longer.
    if week < FEWEST_FOR_ALERT or week / 7 <= before[:-LATELY].mean():
        return False
    return shift([int(daily[day]) for day in range(at - BEFORE + 1, at + 1) if day not in without]) is not None


def _days(seed: int, dispersion: float, week: NDArray[np.float64]) -> Sequence[int]:
    """By trial, the days until a doubling is noticed; it begins on a random weekday."""
    draw, found = np.random.default_rng(seed), []
    for trial in range(TRIALS):
        days = np.arange(trial, trial + BEFORE + LONGEST) % 7
        means = 5 * week[days] * np.where(np.arange(len(days)) < BEFORE, 1, 2)
        daily = np.concatenate([simulated(draw, mean, dispersion, 1) for mean in means])
        noticed = (day for day in range(1, LONGEST) if _is_shift(daily, BEFORE + day - 1))
        found.append(next(noticed, LONGEST))
    return ints(np.array(found))
