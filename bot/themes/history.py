"""A theme's own chart: its voices in previous periods, and how this period's compare with them."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlmodel import Session

from bot.signals.limits import Limits, limits, runs_high
from bot.signals.tally import FEWEST_FOR_ALARM
from bot.signals.watching import FEWEST_FOR_ALERT
from bot.themes.theme import Trend, trend
from storage.models import Theme as Stored
from storage.reports import periods
from storage.values import frozen

BASELINE = 12
"""The most previous periods that a theme is compared with."""
CHOSEN_SIGMAS = 4.0
"""Standard deviations above which a single theme is a signal: of dozens of themes, one is often above three."""


@frozen
class Span:
    """The period whose themes are read: of a community, `until` excluded, of all areas or some."""

    community_id: int
    since: datetime
    until: datetime
    about: tuple[str, ...] = ()

    def edges(self) -> list[datetime]:
        """The first instants of the previous periods, the oldest first, then that of the present one."""
        length = self.until - self.since
        return [self.since - number * length for number in range(BASELINE, -1, -1)]


History = Mapping[int, Sequence[int]]
"""By id of a stored theme, the number of voices in each previous period since it is known, the oldest first."""


def read(session: Session, span: Span, themes: Sequence[Stored], roots: Mapping[int, int]) -> History:
    """The history of themes, each with the themes merged into it.

    Args:
        roots: by id of a theme, the id of the one it was merged into, or its own.
    """
    edges = span.edges()
    if not themes or not roots:
        return {}
    wanted = {one.id for one in themes}
    parts = [own for own, root in roots.items() if root in wanted]
    found = periods.of_themes(session, span.community_id, parts, edges, span.about)
    history = {}
    for one in themes:
        own = [found[part] for part in parts if roots[part] == one.id]
        counts = [periods.voices([who for some in own for who in some[place]]) for place in range(BASELINE)]
        known = sum(edge <= one.created_at for edge in edges[1:])
        history[one.id] = counts[min([known, *(at for at, number in enumerate(counts) if number)]) :]
    return history


@frozen
class Judgement:
    """How a theme's voices compare with its own chart.

    Attributes:
        usual: the usual number of voices; None where the theme is not known for long enough.
        unusual: whether there are so many that this is a signal.
    """

    trend: Trend
    usual: Limits | None = None
    unusual: bool = False


def judge(now: int, before: int, history: Sequence[int]) -> Judgement:
    """The trend of a theme by its own chart or, with too short a history, by the period before.

    Args:
        now, before: the number of its voices in this period, and in the one before.
        history: the numbers of the previous periods, the oldest first.
    """
    usual, far = limits(history), limits(history, CHOSEN_SIGMAS)
    if usual is None or far is None:
        return Judgement(trend(now, before))
    if now < usual.low:
        return Judgement(Trend.FADING, usual)
    if now >= FEWEST_FOR_ALARM and (now > usual.high or runs_high([*history, now])):
        return Judgement(Trend.GROWING, usual, unusual=now > far.high and now >= FEWEST_FOR_ALERT)
    return Judgement(Trend.STEADY, usual)
