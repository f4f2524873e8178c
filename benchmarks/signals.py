"""Measures the false alarms of the control charts, and their delay of detection, on simulated counts of people."""

from collections.abc import Iterator
from statistics import median

import numpy as np

from benchmarks import shifts
from benchmarks.rig.report import Chapter, Figure
from benchmarks.rig.simulation import DAY, DAYS, DISPERSIONS, RATES, Counts, ints, simulated, sums, watched
from bot.signals.limits import Limits, limits
from bot.signals.tally import FEWEST_FOR_ALARM

WEEKS = 12
"""The number of weeks a week is compared with."""
YEARS, TRIALS = 40, 300
SEED = 20_260_302


async def measure() -> Chapter:
    """Simulate, and measure every figure of this chapter."""
    draw = np.random.default_rng(SEED)
    note = (
        f"Counts are Poisson (dispersion 1) or negative binomial; {WEEKS} weeks of baseline, {YEARS} years a rate, "
        f"{TRIALS} trials, seed {SEED}. The watch looks hourly at the last {DAY} hours, beside {DAYS} days, for "
        f"{YEARS // 2} years; `/pulse`, which somebody has to ask for, is looked at daily: the last seven days. The "
        f"daily look of alerts was tuned on other seeds than {', '.join(map(str, shifts.SEEDS))}."
    )
    figures = (*_false_alarms(draw), *_doublings(draw), *_second_bursts(draw), *shifts.figures())
    return Chapter("Signals", "python -m benchmarks signals", figures, note)


def _false_alarms(draw: np.random.Generator) -> Iterator[Figure]:
    for dispersion in DISPERSIONS:
        weekly = [_alarms(simulated(draw, rate, dispersion, 52 * YEARS + WEEKS), WEEKS) / YEARS for rate in RATES]
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


def _is_signal(count: int, usual: Limits | None) -> bool:
    return usual is not None and count > usual.high and count >= FEWEST_FOR_ALARM


def _alarms(counts: Counts, baseline: int) -> int:
    """The number of alarms: consecutive signals count as one."""
    signals = [_is_signal(int(counts[at]), limits(ints(counts[at - baseline : at]))) for at in _after(counts, baseline)]
    return sum(now and not before for before, now in zip([False, *signals], signals, strict=False))


def _watched(draw: np.random.Generator, a_day: float, dispersion: float) -> float:
    years = YEARS // 2
    hourly = simulated(draw, a_day / DAY, dispersion, DAY * (364 * years + DAYS + 1))
    return sum(1 for _ in watched(hourly)) / years


def _days_to_notice(draw: np.random.Generator, a_day: float, dispersion: float) -> tuple[int, int]:
    """The days until a doubling is noticed by a daily check of the last seven days, and by a weekly digest."""
    calm = simulated(draw, a_day, dispersion, 7 * (WEEKS + 1))
    weekly, first = sums(np.concatenate([calm, simulated(draw, 2 * a_day, dispersion, 40)]), 7), len(calm) - 6
    noticed = [day for day in range(1, 40) if _is_signal(int(weekly[first + day - 1]), _week(weekly, first + day - 1))]
    monday = int(draw.integers(1, 8))
    return next(iter(noticed), 40), next((day for day in noticed if (day - monday) % 7 == 0), 40)


def _finds_second(draw: np.random.Generator, rate: float, dispersion: float) -> bool:
    """Whether a burst of four times the rate plus ten people is found although the baseline contains a similar one."""
    weeks = simulated(draw, rate, dispersion, WEEKS + 1)
    burst = round(3 * rate) + 10
    weeks[draw.integers(0, WEEKS)] += burst
    return _is_signal(int(weeks[-1]) + burst, limits(ints(weeks[:-1])))


def _week(sums: Counts, at: int) -> Limits | None:
    return limits(ints(sums[at - 7 * WEEKS : at : 7]))


def _after(counts: Counts, baseline: int) -> range:
    return range(baseline, len(counts))
