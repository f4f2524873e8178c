"""Checks the Telegram settings for `init` and `doctor`: token, updates, and the bot's rights in its places."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from urllib.parse import urlsplit

from telegram import Bot, ChatFullInfo, ChatMember, ChatMemberAdministrator, ChatMemberRestricted, WebhookInfo
from telegram.constants import ChatType
from telegram.error import ChatMigrated, InvalidToken, TelegramError
from telegram.helpers import create_deep_linked_url

from adapters.telegram.connection.webhook import LOOPBACK
from adapters.telegram.places import SETUP, Spot
from adapters.telegram.transport.request import AiohttpRequest
from bot.core import Core
from bot.ports.adapter import Finding, Introduction, TryLater, WrongToken
from bot.settings.config import Settings
from bot.settings.connections import Mode, TelegramSettings
from bot.timekeeping import PlatformTime

GONE_STATUSES = (ChatMember.LEFT, ChatMember.BANNED)
UNKNOWN_BOT = "Telegram knows no bot of this token: copy it from @BotFather (/mybots, the bot, API Token)"


def checkup(settings: Settings, core: Core | None = None) -> "TelegramCheckup":
    """Make the Telegram checkup from the token and address in the settings."""
    return TelegramCheckup(settings.telegram, core.platform_time if core else PlatformTime())


class TelegramCheckup:
    """Reads from the Bot API; changes and posts nothing."""

    def __init__(self, own: TelegramSettings, platform_time: PlatformTime) -> None:
        self._own = own
        self._platform_time = platform_time

    async def introduce(self) -> Introduction:
        """Log in and return the bot's name and its invitation link.

        Raises:
            WrongToken: no bot has this token.
            TryLater: Telegram does not answer.
        """
        async with self._connected() as bot:
            # The link's parameter makes the bot ask for the setup code as soon as it is added.
            invitation = create_deep_linked_url(bot.username, SETUP, group=True)
            return Introduction(f"@{bot.username}", invitation, link=f"{create_deep_linked_url(bot.username)}?start=")

    async def examine(self, places: Mapping[str, bool]) -> list[Finding]:
        """Check the token, how updates arrive, and each place.

        A refused token, or no answer from Telegram, is returned as the only finding.
        """
        try:
            async with self._connected() as bot:
                looked = [await _check_place(bot, place, places) for place in places]
                return [
                    _check_account(bot),
                    _check_groups(bot),
                    _check_privacy_mode(bot),
                    await self._check_updates(bot),
                    *looked,
                ]
        except WrongToken as error:
            return [Finding("telegram token", "refused", str(error))]
        except TryLater as error:
            mend = "check the network, telegram.api_url and telegram.proxy"
            return [Finding("telegram", f"{self._own.api_url} does not answer ({error})", mend)]

    @asynccontextmanager
    async def _connected(self) -> AsyncIterator[Bot]:
        token = self._own.token.get_secret_value().strip() if self._own.token else ""
        if ":" not in token:
            raise WrongToken("a token has a number, a colon and letters: copy it from @BotFather")
        address = self._own.api_url
        request, unused = (
            AiohttpRequest(4, proxy=self._own.proxy, hear=self._platform_time.note_date),
            AiohttpRequest(1),
        )
        bot = Bot(token, f"{address}/bot", f"{address}/file/bot", request, unused)
        try:
            await bot.initialize()
            yield bot
        except InvalidToken:
            # The message of this error quotes the token.
            raise WrongToken(UNKNOWN_BOT) from None
        except (TelegramError, RuntimeError) as error:
            raise TryLater(str(error)) from None
        finally:
            await bot.shutdown()

    async def _check_updates(self, bot: Bot) -> Finding:
        info, about = await bot.get_webhook_info(), "telegram updates"
        if self._own.mode is Mode.WEBHOOK:
            return self._check_webhook(info, about)
        if not info.url:
            return Finding(about, f"asked for (mode poll); {info.pending_update_count} wait")
        mend = "start `portevoix run`, which removes it; if it comes back, another program has this token: /revoke it"
        return Finding(about, f"the mode is poll, and a webhook is set at {urlsplit(info.url).hostname}", mend)

    def _check_webhook(self, info: WebhookInfo, about: str) -> Finding:
        wanted, host = self._own.webhook_url, self._own.webhook_listen.rpartition(":")[0]
        secret = self._own.webhook_secret.get_secret_value() if self._own.webhook_secret else ""
        if not wanted:
            mend = "set telegram.webhook_url (PORTEVOIX_TELEGRAM__WEBHOOK_URL), where Telegram reaches it"
            return Finding(about, "the mode is webhook, and no address is set", mend)
        if not secret and host not in LOOPBACK:
            mend = "set telegram.webhook_secret (PORTEVOIX_TELEGRAM__WEBHOOK_SECRET)"
            return Finding(about, f"anybody could bring updates to {self._own.webhook_listen}", mend)
        if info.url != wanted:
            there = urlsplit(info.url).hostname or "no address"
            return Finding(about, f"Telegram brings them to {there}", "start `portevoix run`, which tells Telegram")
        if info.last_error_message and info.pending_update_count:
            words = f"{info.pending_update_count} wait; Telegram could not bring them ({info.last_error_message})"
            return Finding(about, words, f"see that the proxy leads {wanted} to {self._own.webhook_listen}")
        return Finding(about, f"brought to {urlsplit(wanted).hostname} (mode webhook)")


def _check_account(bot: Bot) -> Finding:
    return Finding("telegram token", f"it is @{bot.username}'s")


def _check_groups(bot: Bot) -> Finding:
    if bot.can_join_groups:
        return Finding("telegram groups", "the bot may be added to groups")
    mend = "@BotFather, /setjoingroups, Enable"
    return Finding("telegram groups", "the bot may not be added to groups", mend)


def _check_privacy_mode(bot: Bot) -> Finding:
    if bot.can_read_all_group_messages:
        words = "off: Telegram hands the bot all that is said in its groups; @BotFather, /setprivacy turns it on"
    else:
        words = "on: in groups the bot is handed commands, mentions and replies to it alone, which is enough"
    return Finding("telegram privacy mode", words)


async def _check_place(bot: Bot, place: str, places: Mapping[str, bool]) -> Finding:
    staff = places[place]
    about = f"telegram {'staff place' if staff else 'place'} {place}"
    try:
        spot = Spot.read(place)
        chat = await bot.get_chat(spot.chat)
        me = await bot.get_chat_member(spot.chat, bot.id)
    except ValueError:
        return Finding(about, "is no chat's number", "type /setup with a new code there, or mend communities.staff")
    except ChatMigrated as moved:
        mend = f"type /setup with a new code there, or set {moved.new_chat_id} where the settings name it"
        return Finding(about, "became a supergroup, with another number", mend)
    except TelegramError as error:
        mend = "add the bot to it again, or type /setup with a new code elsewhere"
        return Finding(about, f"Telegram does not let the bot see it ({error})", mend)
    problem = _find_problem(chat, me, spot) or (_find_exposure(chat, spot, places) if staff else None)
    if problem:
        return Finding(about, f"“{_chat_name(chat)}”: {problem[0]}", problem[1])
    return Finding(about, f"“{_chat_name(chat)}”: the bot may post there; {_describe_rights(chat, me, spot)}")


def _find_problem(chat: ChatFullInfo, me: ChatMember, spot: Spot) -> tuple[str, str] | None:
    """The first problem that keeps the bot from posting, with its fix, or None."""
    if me.status in GONE_STATUSES or (isinstance(me, ChatMemberRestricted) and not me.is_member):
        return "the bot is no member any more", "add it again, or type /setup with a new code elsewhere"
    if not _may_post(chat, me):
        return "the bot may not post there", "let members write there, or make the bot an administrator"
    if spot.topic and not chat.is_forum:
        return "it has no topics any more", "type /setup with a new code there"
    return None


def _find_exposure(chat: ChatFullInfo, spot: Spot, places: Mapping[str, bool]) -> tuple[str, str] | None:
    """How people who are not staff would count as staff or read digests, with its fix, or None."""
    if chat.username:
        return f"anybody can join @{chat.username}, and counts as staff then", "make the group private"
    if spot.topic and not places.get(str(spot.chat)):
        words = "it is a topic of a group, where all may read digests, and administrators alone count as moderators"
        return words, "type /setup with a new staff code in a group of the team's own, outside its topics"
    return None


def _may_post(chat: ChatFullInfo, me: ChatMember) -> bool:
    if isinstance(me, ChatMemberRestricted):
        return me.can_send_messages
    if isinstance(me, ChatMemberAdministrator):
        return chat.type != ChatType.CHANNEL or bool(me.can_post_messages)
    return chat.permissions is None or chat.permissions.can_send_messages is not False


def _describe_rights(chat: ChatFullInfo, me: ChatMember, spot: Spot) -> str:
    """The rights of the bot in a place without problems, in words."""
    if isinstance(me, ChatMemberAdministrator) and me.can_delete_messages:
        words = "and take what was typed by mistake out of view"
    else:
        words = "not delete messages, which is optional"
    if spot.topic:
        words += f"; whether topic {spot.topic} is still there shows when something is posted: portevoix digest post"
    return words


def _chat_name(chat: ChatFullInfo) -> str:
    return chat.title or "a private chat"
