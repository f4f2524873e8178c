"""The filters of the queue: given as options, kept in the arguments of its buttons, and shown in a line."""

import re
from collections.abc import Iterable
from dataclasses import fields, replace
from datetime import timedelta

from bot.context import Context
from bot.feedback import items
from bot.language.text.normalise import fold
from bot.locales.words import OR, Age, mark
from bot.ports.reply import Block, Button, Buttons, Paragraph, Reply, Row
from storage.items.desk.wanted import Wanted
from storage.models import Feedback
from storage.values import frozen
from storage.vocabulary import Kind, Status

MINE = "mine"
"""The owner that stands for the person who asks."""
MINE_WORDS = mark("mine · to me · me")
NOBODY = "nobody"
"""The owner that stands for nobody."""
NOBODY_WORDS = mark("nobody · no one")
OWNERS = {MINE: MINE_WORDS, NOBODY: NOBODY_WORDS}
URGENT = "urgent"
URGENT_WORDS = mark("urgent · pressing")
_TEAM = re.compile(r"\A(?:team|equipe)\s+(?=\S)")
KEPT = ("kind", "area", "status", "days", "owner", "urgent", "words")
"""The arguments by which the buttons of the queue keep its filters."""
LEAVING = frozenset({"askauthor", "publish", "remove", "restore", "reopen"})
"""The commands beside the decisions after which the queue goes on."""


@frozen
class Filters:
    """Filters of the queue; without any, it is all that waits.

    Attributes:
        area: an area of the community, as it is stored.
        days: items filed more than so many days ago; 0 for all.
        owner: `MINE`, `NOBODY`, or the name of a team.
        urgent: `URGENT` for late and severe items only.
        words: items with all of these words.
    """

    kind: Kind | None = None
    area: str = ""
    status: Status | None = None
    days: int = 0
    owner: str = ""
    urgent: str = ""
    words: str = ""

    def args(self) -> dict[str, str]:
        """The arguments of a button that keep the filters."""
        return {name: str(value) for name in KEPT if (value := getattr(self, name))}

    def merge(self, other: "Filters") -> "Filters":
        """A copy with each missing filter taken from another one."""
        return Filters(**{one.name: getattr(self, one.name) or getattr(other, one.name) for one in fields(self)})

    def wanted(self, ctx: Context, teams: Iterable[str] = ()) -> Wanted:
        """The filters for the store's query, all but `words`, which `fits` compares.

        Args:
            teams: the names of all teams, of which those equal to the owner without accents and case are taken.
        """
        mine = self.owner == MINE
        return Wanted(
            kind=self.kind,
            area=self.area or None,
            status=self.status,
            filed_before=ctx.now - timedelta(days=self.days) if self.days else None,
            owner_id=(ctx.member.id if ctx.member else 0) if mine else None,
            unowned=self.owner == NOBODY,
            urgent=bool(self.urgent),
            teams=tuple(one for one in teams if _bare(one) == _bare(self.owner)) if self.names_team else None,
        )

    @property
    def names_team(self) -> bool:
        """Whether the owner is a team."""
        return self.owner not in ("", MINE, NOBODY)

    @property
    def compares(self) -> bool:
        """Whether `fits` may leave out items that the store finds."""
        return bool(self.words)

    def fits(self, item: Feedback) -> bool:
        """Whether an item has the words."""
        said = fold(item.text)
        return all(word in said for word in fold(self.words).split())


def _bare(team: str) -> str:
    """A team's name without accents, case and a leading "team", as `team Support` may be typed for either form."""
    return _TEAM.sub("", fold(team))


def kept(ctx: Context) -> Filters:
    """The filters in the arguments of this call."""
    given = ctx.given
    kind, status, days = given.get("kind", ""), given.get("status", ""), given.get("days", "")
    return Filters(
        Kind(kind) if kind in {*Kind} else None,
        given.get("area", ""),
        Status(status) if status in {*Status} else None,
        int(days) if days.isdecimal() else 0,
        given.get("owner", ""),
        URGENT if given.get("urgent") else "",
        given.get("words", ""),
    )


def options(
    ctx: Context,
    kind: Kind | None,
    area: str | None,
    status: Status | None,
    age: Age | None,
    days: int | None,
    owner: str | None,
    words: str | None,
) -> Filters:
    """The filters that were given as options.

    Args:
        age: the option for `days`.

    Raises:
        UserError: the community has no such area.
    """
    named = items.known_area(ctx, area) if area else ""
    longer = int(age) if age else (days or 0)
    return Filters(kind, named, status, longer, _owner(ctx, owner or ""), words=words or "")


def keep(ctx: Context, filters: Filters) -> Context:
    """A copy of the call with these filters, which the buttons of its answer then keep."""
    given = {name: value for name, value in ctx.given.items() if name not in {*KEPT, "age"}}
    return replace(ctx, given={**given, **filters.args()})


def without(ctx: Context) -> Context:
    """A copy of the call without filters, for a command with an argument of the same name as a filter."""
    return keep(ctx, Filters())


def onward(ctx: Context, number: int) -> dict[str, str]:
    """The arguments of the button that goes on in the queue after an item, with the present filters."""
    return {**kept(ctx).args(), "after": str(number)}


def next_button(ctx: Context, number: int) -> Button:
    """The button that goes on in the queue after the item with this number."""
    return Button(ctx.speech.say("Next"), "queue", onward(ctx, number))


def carry(ctx: Context, buttons: Iterable[Button]) -> tuple[Button, ...]:
    """A copy of the buttons beside the decisions, in which those of `LEAVING` keep the filters."""
    args = kept(ctx).args()
    return tuple(replace(one, args={**args, **one.args}) if one.command in LEAVING else one for one in buttons)


def shown(ctx: Context) -> tuple[Row, ...]:
    """The line that names the filters, with the button that removes them; empty without filters."""
    said = describe(ctx, kept(ctx))
    return (Row(ctx.speech.say("Only: {filters}", filters=said), _all(ctx)),) if said else ()


def nothing(ctx: Context, *before: Block) -> Reply:
    """The reply when the queue is empty; with filters, it says which there are."""
    said = describe(ctx, kept(ctx))
    if not said:
        return Reply((*before, Paragraph(ctx.speech.say("Nothing waits for a decision."))))
    words = ctx.speech.say("Nothing in the queue for: {filters}.", filters=said)
    hint = ctx.speech.say(
        "It can be narrowed by kind, area, status, “older than 30 days”, “urgent”, “mine”, “nobody”, "
        "“team Support”, or by words in it."
    )
    return Reply((*before, Paragraph(words), Paragraph(hint), Buttons((_all(ctx),))))


def describe(ctx: Context, filters: Filters) -> str:
    """The filters in words; empty without any."""
    speech = ctx.speech
    parts = [
        speech.word(filters.kind) if filters.kind else "",
        speech.area(filters.area) if filters.area else "",
        speech.word(filters.status) if filters.status else "",
        speech.count("older than {n} day", "older than {n} days", filters.days) if filters.days else "",
        speech.say("urgent") if filters.urgent else "",
        _owned(ctx, filters.owner),
        f"“{filters.words[:60]}”" if filters.words else "",
    ]
    return OR.join(part for part in parts if part)


def _owned(ctx: Context, owner: str) -> str:
    if owner == MINE:
        return ctx.speech.say("taken care of by me")
    if owner == NOBODY:
        return ctx.speech.say("taken care of by nobody")
    return ctx.speech.say("team {team}", team=owner[:60]) if owner else ""


def _owner(ctx: Context, owner: str) -> str:
    """`MINE` or `NOBODY` for a word for it in any language; else the text as a team's name."""
    return next((one for one, words in OWNERS.items() if fold(owner) in {one, *ways_to_say(ctx, words)}), owner.strip())


def ways_to_say(ctx: Context, words: str) -> set[str]:
    """The translations of alternatives separated by `OR`, in all languages, without accents and case."""
    return {fold(one) for speech in ctx.core.languages.all().values() for one in speech.translate(words).split(OR)}


def _all(ctx: Context) -> Button:
    return Button(ctx.speech.say("All"), "queue", {"after": "0"})
