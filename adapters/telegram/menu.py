"""Publishes the command menus in every language: the general one, and those of places' administrators and the team."""

import contextlib

from telegram import (
    Bot,
    BotCommandScope,
    BotCommandScopeAllChatAdministrators,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    BotCommandScopeChatAdministrators,
)
from telegram.error import BadRequest, Forbidden, TelegramError

from adapters.bounded import BoundedDict
from adapters.telegram.ephemeral import menu_entry
from adapters.telegram.places import SETUP
from adapters.telegram.rights import Rights, matters
from bot.commands.arguments import split
from bot.commands.registry import Command
from bot.core import Core
from bot.locales.speech import SOURCE
from bot.ports.inbound import Inbound, Role
from storage.engine.errors import StoreError


class Menus:
    """The menus of one bot."""

    def __init__(self, core: Core, bot: Bot, rights: Rights) -> None:
        self._core = core
        self._bot = bot
        self._rights = rights
        self._places: dict[int, bool] = {}
        """By group, whether the menu published since this start is the staff's."""
        self._own: BoundedDict[str, Role] = BoundedDict()
        """By account, the role whose menu was published in its private chat since this start."""

    async def publish(self) -> None:
        """Set all menus on Telegram except those of single people.

        Raises:
            TelegramError: Telegram refuses or does not answer.
            StoreError: the places cannot be read.
        """
        self._places.clear()
        for scope in (BotCommandScopeAllPrivateChats(), BotCommandScopeAllGroupChats()):
            await self._publish_in(scope, Role.MEMBER)
        # The menu of earlier versions: administrators of unrelated groups have only a member's rights there.
        await self._delete_in(BotCommandScopeAllChatAdministrators())
        await self._publish_in_places()

    async def note(self, inbound: Inbound) -> None:
        """After an event, update the menu in the person's private chat to their role, and a new place's menu."""
        with contextlib.suppress(TelegramError, StoreError):
            if inbound.chat.private and matters(self._command(inbound)):
                await self._publish_alone(inbound.chat.id, inbound.actor.role)
            elif not inbound.chat.private and self._may_set_up(inbound):
                self._rights.forget_places()
                await self._publish_in_places()

    def _may_set_up(self, inbound: Inbound) -> bool:
        """Whether an event in a group is `/setup` with a code, or may be the code that was asked for."""
        command = self._command(inbound)
        typed = inbound.text.startswith("/")
        return bool(inbound.addressed and inbound.text and (not typed or (command and command.name == SETUP)))

    def _command(self, inbound: Inbound) -> Command | None:
        typed = split(inbound.text)
        name = inbound.command or (typed.name if typed else "")
        return self._core.registry.find(name) if name else None

    async def _publish_in_places(self) -> None:
        """Publish the menus of places where they have changed; places the bot is not in are skipped."""
        for chat, staff in (await self._rights.read_chats()).items():
            if self._places.get(chat) == staff:
                continue
            self._places[chat] = staff
            with contextlib.suppress(BadRequest, Forbidden):
                if staff:
                    await self._publish_in(BotCommandScopeChat(chat), Role.STAFF)
                else:
                    await self._delete_in(BotCommandScopeChat(chat))
                    await self._publish_in(BotCommandScopeChatAdministrators(chat), Role.MODERATOR)

    async def _publish_alone(self, chat: str, role: Role) -> None:
        """Publish the menu of a private chat if it has changed; for members the general menu is used."""
        if self._own.get(chat, Role.MEMBER) == role:
            return
        self._own[chat], scope = role, BotCommandScopeChat(int(chat))
        await (self._publish_in(scope, role) if role > Role.MEMBER else self._delete_in(scope))

    async def _publish_in(self, scope: BotCommandScope, role: Role) -> None:
        """Publish a menu in all languages; the one without a language code is the default."""
        for code, speech in self._core.languages.all().items():
            listed = self._core.registry.listed(role)
            commands = [
                menu_entry(one.name_in(code), speech.say(one.summary), ephemeral=_is_for_one(one, scope, role))
                for one in listed
            ]
            await self._bot.set_my_commands(commands, scope=scope, language_code=_language(code))

    async def _delete_in(self, scope: BotCommandScope) -> None:
        for code in self._core.languages.all():
            await self._bot.delete_my_commands(scope=scope, language_code=_language(code))


def _is_for_one(command: Command, scope: BotCommandScope, role: Role) -> bool:
    """Whether only the sender of a menu's command needs to see it; staff share the commands of their role."""
    if isinstance(scope, BotCommandScopeAllPrivateChats) or (
        isinstance(scope, BotCommandScopeChat) and _is_alone(scope)
    ):
        return False
    shared = role >= Role.STAFF and command.role >= Role.MODERATOR
    return not (command.public or command.aloud or shared)


def _is_alone(scope: BotCommandScopeChat) -> bool:
    return int(scope.chat_id) > 0


def _language(code: str) -> str:
    return "" if code == SOURCE else code
