import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.error import BadRequest

from tests.sockets.fakes.telegram import FakeTelegram
from tests.sockets.fakes.telegram.html import Unparsable, parse
from tests.sockets.updates import Updates, user

CAMILLE = user(7)


def buttons(*data: str) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup([[InlineKeyboardButton("Yes", callback_data=one)] for one in data])


SHOWN = {
    "plain": ("plain", []),
    "<b>a <i>b</i></b> c": ("a b c", ["bold", "italic"]),
    "1 &lt; 2 &amp;&amp; &quot;x&quot; &#233; & co": ('1 < 2 && "x" é & co', []),
    '<a href="https://example.org/?a=1">link</a>': ("link", ["text_link"]),
    "<blockquote expandable>q</blockquote><tg-spoiler>s</tg-spoiler>": ("qs", ["blockquote", "spoiler"]),
    "<strong>x</strong><em>y</em>": ("xy", ["bold", "italic"]),
}


def test_html_is_shown_as_telegram_shows_it() -> None:
    read = {source: parse(source) for source in SHOWN}
    assert {source: (text, [one["type"] for one in kinds]) for source, (text, kinds) in read.items()} == SHOWN
    # Entities count in UTF-16 units.
    assert parse("👍 <b>👍👍</b>")[1] == [{"type": "bold", "offset": 3, "length": 4}]


MALFORMED = {
    "<b>a": 'Can\'t find end tag corresponding to start tag "b"',
    "é</b>": "Unexpected end tag at byte offset 2",
    "<b><i>a</b></i>": 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"',
    "<script>a</script>": 'Unsupported start tag "script" at byte offset 0',
    "1 < 2": "Unclosed start tag at byte offset 2",
}


def test_html_that_is_not_well_formed_is_refused() -> None:
    for source, reason in MALFORMED.items():
        with pytest.raises(Unparsable, match=reason.replace("(", r"\(")):
            parse(source)


REFUSED = {
    " \n ": "message text is empty",
    "<b></b>": "message text is empty",
    "👍" * 2049: "message is too long",
    "<b>a": "can't parse entities",
}


async def test_a_text_is_refused_and_its_markup_does_not_count_towards_the_limit(fake: FakeTelegram, bot: Bot) -> None:
    for text, reason in REFUSED.items():
        with pytest.raises(BadRequest, match=f"(?i){reason}"):
            await bot.send_message(7, text, parse_mode="HTML")
    await bot.send_message(7, f"<b>{'👍' * 2048}</b>", parse_mode="HTML")
    assert (await fake.sent("sendMessage"))[0].shown == "👍" * 2048


async def test_a_long_caption_is_refused(bot: Bot) -> None:
    await bot.send_photo(7, b"png", caption="c" * 1024)
    with pytest.raises(BadRequest, match="caption is too long"):
        await bot.send_photo(7, b"png", caption="c" * 1025)


async def test_a_button_carries_1_to_64_bytes(fake: FakeTelegram, bot: Bot) -> None:
    await bot.send_message(7, "Well?", reply_markup=buttons("é" * 32))
    for data in ("", "é" * 33):
        with pytest.raises(BadRequest, match=r"(?i)button_data_invalid|Text buttons are unallowed"):
            await bot.send_message(7, "Well?", reply_markup=buttons("ok", data))
    assert [one["callback_data"] for one in (await fake.sent("sendMessage"))[0].buttons] == ["é" * 32]


async def test_a_press_is_answered_and_the_message_edited(fake: FakeTelegram, bot: Bot) -> None:
    sent = await bot.send_message(7, "Well?", reply_markup=buttons("yes"))
    fake.push(Updates().callback_query("yes", sent.to_dict(), CAMILLE))
    (update,) = await bot.get_updates(timeout=0)
    assert update.callback_query is not None
    await update.callback_query.answer()
    await update.callback_query.edit_message_text("Thank you")
    with pytest.raises(BadRequest, match="is not modified"):
        await update.callback_query.edit_message_text("Thank you")
    with pytest.raises(BadRequest, match="is too old"):
        await bot.answer_callback_query("unknown")
    with pytest.raises(BadRequest, match="is not modified"):
        await bot.edit_message_reply_markup(7, sent.message_id)


async def test_what_is_not_there_cannot_be_changed_or_answered(bot: Bot) -> None:
    with pytest.raises(BadRequest, match="to edit not found"):
        await bot.edit_message_text("x", 7, 999)
    with pytest.raises(BadRequest, match="to delete not found"):
        await bot.delete_message(7, 999)
    with pytest.raises(BadRequest, match="to be replied not found"):
        await bot.send_message(7, "x", reply_to_message_id=999)
    with pytest.raises(BadRequest, match="file_id"):
        await bot.get_file("nothing")
