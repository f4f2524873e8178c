"""Looks at Telegram for `init` and `doctor`: whose token it is, and what the bot may do in its places."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from urllib.parse import urlsplit

from telegram import Bot, ChatFullInfo, ChatMember, ChatMemberAdministrator, ChatMemberRestricted, WebhookInfo
from telegram.constants import ChatType
from telegram.error import ChatMigrated, InvalidToken, TelegramError

from adapters.telegram.connection.webhook import LOOPBACK
from adapters.telegram.places import Spot
from adapters.telegram.transport.request import AiohttpRequest
from bot.core import Core
from bot.ports.adapter import Finding, Introduction, TryLater, WrongToken
from bot.settings.config import Settings
from bot.settings.connections import Mode, TelegramSettings

OUTSIDE = (ChatMember.LEFT, ChatMember.BANNED)
WRONG = "Telegram knows no bot of this token: copy it from @BotFather (/mybots, the bot, API Token)"


def checkup(settings: Settings, _core: Core | None = None) -> "TelegramCheckup":
    """Telegram's, by the settings' token and address."""
    return TelegramCheckup(settings.telegram)


class TelegramCheckup:
    """Asks the Bot API; changes nothing there."""

    def __init__(self, own: TelegramSettings) -> None:
        self._own = own

    async def introduce(self) -> Introduction:
        """Ask whose token it is.

        Raises:
            WrongToken: nobody's.
            TryLater: Telegram does not answer.
        """
        async with self._connected() as bot:
            # Its parameter has the bot ask for the code at once, where whoever added it can answer.
            return Introduction(f"@{bot.username}", f"https://t.me/{bot.username}?startgroup=setup")

    async def examine(self, places: Mapping[str, bool]) -> list[Finding]:
        """Look at the token, at how updates come, and at each place."""
        try:
            async with self._connected() as bot:
                looked = [await _place(bot, place, places) for place in places]
                return [_account(bot), _groups(bot), _privacy(bot), await self._updates(bot), *looked]
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
        request, unused = AiohttpRequest(4, proxy=self._own.proxy), AiohttpRequest(1)
        bot = Bot(token, f"{address}/bot", f"{address}/file/bot", request, unused)
        try:
            await bot.initialize()
            yield bot
        except InvalidToken:
            # Its own words quote the token.
            raise WrongToken(WRONG) from None
        except (TelegramError, RuntimeError) as error:
            raise TryLater(str(error)) from None
        finally:
            await bot.shutdown()

    async def _updates(self, bot: Bot) -> Finding:
        info, about = await bot.get_webhook_info(), "telegram updates"
        if self._own.mode is Mode.WEBHOOK:
            return self._webhook(info, about)
        if not info.url:
            return Finding(about, f"asked for (mode poll); {info.pending_update_count} wait")
        mend = "start `portevoix run`, which removes it; if it comes back, another program has this token: /revoke it"
        return Finding(about, f"the mode is poll, and a webhook is set at {urlsplit(info.url).hostname}", mend)

    def _webhook(self, info: WebhookInfo, about: str) -> Finding:
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


def _account(bot: Bot) -> Finding:
    return Finding("telegram token", f"it is @{bot.username}'s")


def _groups(bot: Bot) -> Finding:
    if bot.can_join_groups:
        return Finding("telegram groups", "the bot may be added to groups")
    mend = "@BotFather, /setjoingroups, Enable"
    return Finding("telegram groups", "the bot may not be added to groups", mend)


def _privacy(bot: Bot) -> Finding:
    if bot.can_read_all_group_messages:
        words = "off: Telegram hands the bot all that is said in its groups; @BotFather, /setprivacy turns it on"
    else:
        words = "on: in groups the bot is handed commands, mentions and replies to it alone, which is enough"
    return Finding("telegram privacy mode", words)


async def _place(bot: Bot, place: str, places: Mapping[str, bool]) -> Finding:
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
    trouble = _trouble(chat, me, spot) or (_too_open(chat, spot, places) if staff else None)
    if trouble:
        return Finding(about, f"“{_name(chat)}”: {trouble[0]}", trouble[1])
    return Finding(about, f"“{_name(chat)}”: the bot may post there; {_beside(chat, me, spot)}")


def _trouble(chat: ChatFullInfo, me: ChatMember, spot: Spot) -> tuple[str, str] | None:
    """What keeps the bot from posting, and the mend."""
    if me.status in OUTSIDE or (isinstance(me, ChatMemberRestricted) and not me.is_member):
        return "the bot is no member any more", "add it again, or type /setup with a new code elsewhere"
    if not _may_post(chat, me):
        return "the bot may not post there", "let members write there, or make the bot an administrator"
    if spot.topic and not chat.is_forum:
        return "it has no topics any more", "type /setup with a new code there"
    return None


def _too_open(chat: ChatFullInfo, spot: Spot, places: Mapping[str, bool]) -> tuple[str, str] | None:
    """How people who are no staff would count as such, or read what is the staff's."""
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


def _beside(chat: ChatFullInfo, me: ChatMember, spot: Spot) -> str:
    """What else is to be known of a place where all is well."""
    if isinstance(me, ChatMemberAdministrator) and me.can_delete_messages:
        words = "and take what was typed by mistake out of view"
    else:
        words = "not delete messages, which is optional"
    if spot.topic:
        words += f"; whether topic {spot.topic} is still there shows when something is posted: portevoix digest post"
    return words


def _name(chat: ChatFullInfo) -> str:
    return chat.title or "a private chat"
