"""Chooses the tags of a card's post: those of the forum that fit, made by the bot where it may."""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

import discord

from bot.core import Core
from bot.language.text.excerpt import excerpt
from bot.language.text.normalise import fold
from bot.locales.presets import IMPACTS
from bot.locales.speech import Speech
from bot.locales.words import AREAS, WORDS
from bot.ports.adapter import Unreachable
from bot.ports.text import visible
from storage.vocabulary import Status

NAME, DEFINED, APPLIED = 20, 20, 5
"""Characters of a tag's name, tags of a forum, and tags of a post at most."""


class Tags:
    """The tags of the forums of one bot."""

    def __init__(self, core: Core) -> None:
        self._core = core
        self._making = asyncio.Lock()
        """Held while a forum's list of tags is read and written, since it is always written whole."""

    @cached_property
    def _usual(self) -> frozenset[str]:
        """The names of the bot's own tags in every language, collected once a forum needs them."""
        return frozenset(_names(self._core, self._core.languages.all().values()))

    async def choose(
        self, forum: discord.ForumChannel, names: Sequence[str], present: Iterable[int] = ()
    ) -> list[discord.ForumTag]:
        """The tags to apply: those of these names, then those that people gave the post.

        Args:
            names: statuses and areas.
            present: the ids of the tags the post has.

        Raises:
            Unreachable: the forum requires a tag, and there is none the bot may apply.
            discord.HTTPException: Discord refuses or fails, other than for lack of the permission to make tags.
        """
        found = await self._find(forum, names)
        there = [tag for number in present if (tag := forum.get_tag(number))]
        own = {*self._usual, *_names(self._core, self._core.wording.spoken())}
        foreign = [tag for tag in there if fold(tag.name) not in own and tag not in found]
        chosen = [*found, *foreign][:APPLIED]
        return chosen if chosen or not forum.flags.require_tag else [_any_open(forum)]

    async def _find(self, forum: discord.ForumChannel, names: Sequence[str]) -> list[discord.ForumTag]:
        wanted = {fold(name): name for tag in names if visible(name := excerpt(tag, NAME))}
        known = _by_name(forum)
        if not known.keys() >= wanted.keys() and _may(forum, "manage_channels"):
            known = _by_name(await self._make(forum, wanted))
        return [known[key] for key in wanted if key in known and _applicable(forum, known[key])]

    async def _make(self, forum: discord.ForumChannel, wanted: Mapping[str, str]) -> discord.ForumChannel:
        """Make what is missing of tags; returns the forum as it is then."""
        async with self._making:
            there = await forum.guild.fetch_channel(forum.id)
            if not isinstance(there, discord.ForumChannel):
                return forum
            known = _by_name(there)
            new = [discord.ForumTag(name=name) for key, name in wanted.items() if key not in known]
            room = max(DEFINED - len(there.available_tags), 0)
            if not new[:room]:
                return there
            try:
                made = await there.edit(available_tags=[*there.available_tags, *new[:room]])
            except discord.Forbidden:
                return there
            return made or there


def _names(core: Core, speeches: Iterable[Speech]) -> Iterable[str]:
    """The names of the bot's own tags: of statuses and areas, in these languages."""
    areas = [area for community in core.settings.communities for area in community.areas]
    preset = [area for areas in IMPACTS.values() for area in areas]
    for speech in speeches:
        statuses = [speech.say(WORDS[status]) for status in Status if status in WORDS]
        own = [*statuses, *map(speech.area, (*AREAS, *preset, *areas)), *areas]
        yield from (fold(excerpt(name, NAME)) for name in own)


def _by_name(forum: discord.ForumChannel) -> dict[str, discord.ForumTag]:
    return {fold(tag.name): tag for tag in reversed(forum.available_tags)}


def _applicable(forum: discord.ForumChannel, tag: discord.ForumTag) -> bool:
    return not tag.moderated or _may(forum, "manage_threads")


def _any_open(forum: discord.ForumChannel) -> discord.ForumTag:
    """The first tag the bot may apply."""
    for tag in forum.available_tags:
        if _applicable(forum, tag):
            return tag
    raise Unreachable(
        f"#{forum.name} requires a tag and has none the bot may apply: add one that is not for moderators only, or "
        f"allow the bot's role Manage Channels there"
    )


def _may(forum: discord.ForumChannel, right: str) -> bool:
    """Whether the bot has a permission in a forum, as far as it knows."""
    me = forum.guild.me
    return bool(me) and bool(getattr(forum.permissions_for(me), right))
