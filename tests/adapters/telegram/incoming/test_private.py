"""In a private chat: three buttons to begin with, one question at a time, and every way out of it."""

from tests.adapters.telegram.stage import PLAZA, TelegramStage
from tests.clock import StillClock
from tests.sockets.fakes.telegram.faults import Fault, unanswered
from tests.sockets.fakes.telegram.journal import Call
from tests.sockets.updates import entities, private
from tests.stage import Person

PLAIN = ("text", "caption")
_STICKER = {"width": 512, "height": 512, "is_animated": False, "is_video": False, "type": "regular"}
UNREADABLE = (
    {"sticker": {"file_id": "s", "file_unique_id": "s", **_STICKER}},
    {"contact": {"phone_number": "+33100000000", "first_name": "Lou"}},
    {"location": {"latitude": 48.8, "longitude": 2.3}},
    {"dice": {"emoji": "🎲", "value": 4}},
    {
        "poll": {
            "id": "1",
            "question": "Which day?",
            "options": [],
            "total_voter_count": 0,
            "is_closed": False,
            "is_anonymous": True,
            "type": "regular",
            "allows_multiple_answers": False,
            "allows_revoting": True,
            "members_only": False,
        }
    },
)
"""What Telegram lets people send and the bot cannot read, as parts of a message."""


async def test_start_shows_three_buttons_and_a_link_can_open_the_chat_with_a_command_or_a_button(
    telegram: TelegramStage, zoe: Person
) -> None:
    await zoe.says("/start")
    zoe.hears("This bot carries your voice to Delivery team", "[Ask] [Suggest] [Problem]")
    await zoe.presses("Ask")
    zoe.hears("What would you like to know?")
    await zoe.says("/start problem")
    zoe.hears("What is the problem?")
    await zoe.says("The lift is stuck")
    zoe.hears("Got it: problem #1.")
    token, _ = _button(telegram, zoe, "Withdraw")
    await zoe.says(f"/start {token}")
    zoe.hears("#1 is withdrawn.")
    await zoe.says("/start")
    await zoe.presses("Suggest")
    await zoe.presses("Suggest")
    zoe.hears("What would you suggest?")
    # What begins a question is not taken for a choice in it; the withdrawal alone changed its message.
    assert "editMessageText" not in telegram.fake.journal.counts()
    assert not telegram.seen_in(PLAZA["id"]), "what is meant for the bot alone is never said in the group"


async def test_commands_are_understood_by_names_of_both_languages_alone_or_with_the_bot_s(
    zoe: Person, ines: Person
) -> None:
    await zoe.says("/probleme The lift is stuck")
    zoe.hears("Got it: problem #1.")
    await ines.says("/idea Un mode sombre")
    ines.hears("Bien reçu", "suggestion #2")
    await ines.says("/Suggérer Un mode clair")
    ines.hears("suggestion #3")
    await zoe.says("/suggest@portevoix_bot\nA bench by the river")
    zoe.hears("Got it: suggestion #4.")
    for typed, heard in (("help", "What you can do"), ("Aide", "What you can do"), ("mine", "#4")):
        await zoe.says(typed)
        zoe.hears(heard)
    # A moderator's word of a member is a question.
    await zoe.says("queue")
    zoe.hears("I don't know")


async def test_area_and_visibility_are_chosen_by_button_before_the_words(telegram: TelegramStage, zoe: Person) -> None:
    await zoe.says("/suggest")
    asked = _calls(telegram, zoe)[0].parameters["reply_markup"]
    assert asked == {"force_reply": True, "selective": True, "input_field_placeholder": "What would you suggest?"}
    zoe.hears("What would you suggest?", "[Quality]", "[Cancel]")
    await zoe.presses("Quality")
    zoe.hears("Everyone can see it, with your name.", "Area: Quality.", "[✓ Quality]")
    await zoe.presses("the team only")
    zoe.hears("Only the team can see it", "Area: Quality.", "[✓ Quality]", "[✓ the team only]")
    await zoe.says("A dark theme")
    zoe.hears("Got it: suggestion #1.", "Only the team can see it")
    await zoe.says("/status 1")
    zoe.hears("Area: Quality")


async def test_a_choice_changes_the_message_it_was_made_in_or_is_asked_anew_and_one_too_late_shows_what_was_filed(
    telegram: TelegramStage, zoe: Person
) -> None:
    await zoe.says("/suggest")
    for choice in ("Quality", "the team only", "Support", "✓ the team only"):
        await zoe.presses(choice)
    zoe.hears("Everyone can see it, with your name.\nArea: Support.\n", "[✓ Support]", "[the team only]")
    sent, changed = await telegram.fake.sent("sendMessage", 2), await telegram.fake.sent("editMessageText", 4)
    assert len(sent) == 2
    assert {call.parameters["message_id"] for call in changed} == {sent[1].result["message_id"]}
    await zoe.says("A ramp")
    zoe.hears("Got it: suggestion #1.", "Everyone can see it, with your name.")
    # After the answer the question's message shows what was filed.
    before = len(await telegram.fake.sent("sendMessage"))
    await zoe.presses("Quality")
    zoe.hears("This question is no longer open. What stands is:", "> A ramp", "[Edit]")
    assert len(await telegram.fake.sent("editMessageText")) == 5
    assert len(await telegram.fake.sent("sendMessage")) == before
    # Where the message cannot be changed any more it is asked anew, and what was chosen survives a restart.
    await zoe.says("/suggest")
    telegram.fake.fail("editMessageText", Fault(code=400, description="Bad Request: message can't be edited"))
    await zoe.presses("Quality")
    zoe.hears("What would you suggest?", "Area: Quality.", "[✓ Quality]")
    await telegram.restart()
    await zoe.says("A dark theme")
    zoe.hears("Got it: suggestion #2.")
    await zoe.says("/status 2")
    zoe.hears("Area: Quality")


async def test_a_choice_whose_change_was_made_and_not_confirmed_is_made_once(
    telegram: TelegramStage, zoe: Person, clock: StillClock
) -> None:
    await zoe.says("/suggest")
    telegram.fake.fail("editMessageText", unanswered())
    await zoe.presses("Quality")
    clock.forward(minutes=1)
    await telegram.deliver()
    tried = await telegram.fake.journal.tried("editMessageText", 2)
    assert [call.status for call in tried] == [200, 400]
    assert len(await telegram.fake.sent("sendMessage", 2)) == 2


async def test_what_the_bot_cannot_read_is_told_so_and_a_question_stays_open(
    telegram: TelegramStage, zoe: Person, ines: Person
) -> None:
    await zoe.says("/suggest")
    for sent in UNREADABLE:
        before = len(telegram.heard(zoe))
        await telegram.write(zoe, None, private(telegram.account(zoe)), **sent)
        assert len(telegram.heard(zoe)) > before, sent
        zoe.hears("I can only read words and files.")
    await zoe.says("A ramp")
    zoe.hears("Got it: suggestion #1.")
    for sent in UNREADABLE:
        await telegram.write(ines, None, PLAZA, **sent)
        ines.hears_nothing()
    # A place that moves is told so once.
    said = await telegram.write(zoe, None, private(telegram.account(zoe)), location={"latitude": 1.0, "longitude": 2.0})
    moved = {**said["message"], "location": {"latitude": 1.5, "longitude": 2.0}, "edit_date": telegram.updates.date + 9}
    await telegram.act(zoe, {"edited_message": moved})
    zoe.hears_nothing()


async def test_a_question_is_cancelled_by_button_by_command_or_by_word_a_receipt_says_what_stays_and_a_draft_is_dropped(
    telegram: TelegramStage, zoe: Person, ines: Person
) -> None:
    for word in ("/cancel", "Cancel", "annuler"):
        await zoe.says("/suggest")
        await zoe.says(word)
        zoe.hears("Nothing was done.")
    await zoe.says("/suggest")
    await zoe.presses("Cancel")
    zoe.hears("Nothing was done.")
    changed = (await telegram.fake.sent("editMessageText"))[-1]
    assert "reply_markup" not in changed.result, "stopping a question takes its buttons away"
    await zoe.says("/mine")
    zoe.hears("Nothing of yours yet.")
    # After a receipt it is said what stays, and how to take it back.
    await zoe.says("/suggest A ramp")
    await zoe.says("/cancel")
    zoe.hears("There is nothing under way, and #1 stays with the team. To take it back: /withdraw 1")
    await zoe.says("/withdraw 1")
    await zoe.says("/cancel")
    assert zoe.hears() == "There is nothing under way.\n"
    await ines.says("/annuler")
    ines.hears("Rien n’est en cours.")
    # A draft that waits to be sent is dropped.
    await zoe.says("/problem")
    await zoe.presses("without my name")
    await zoe.says("I am paid late")
    await zoe.says("/cancel")
    zoe.hears("Nothing was sent, and the draft is gone.")
    await zoe.presses("Send")
    zoe.hears("This draft is gone")


async def test_an_edited_message_offers_to_change_what_was_filed_from_it(telegram: TelegramStage, zoe: Person) -> None:
    said = await telegram.write(zoe, "/suggest A drak theme", private(telegram.account(zoe)))
    await telegram.act(zoe, telegram.updates.edited_message(said, "/suggest A dark theme"))
    zoe.hears("You changed your message. Should #1 read like this now?", "> A dark theme", "[Change it] [Leave it]")
    await zoe.presses("Change it")
    zoe.hears("#1 now reads:", "> A dark theme #1")
    await zoe.says("/mine")
    assert "#2" not in zoe.hears("#1 A dark theme")
    # So is an edited answer to a question of the bot.
    await zoe.says("/suggest")
    said = await telegram.write(zoe, "A benhc", private(telegram.account(zoe)))
    await telegram.act(zoe, telegram.updates.edited_message(said, "A bench"))
    zoe.hears("Should #2 read like this now?", "> A bench")
    await zoe.presses("Leave it")
    await zoe.says("/status 2")
    zoe.hears("> A benhc #2")
    # What filed nothing gets no answer.
    said = await telegram.write(zoe, "/mine", private(telegram.account(zoe)))
    await telegram.act(zoe, telegram.updates.edited_message(said, "mine, please"))
    zoe.hears_nothing()


async def test_a_press_is_answered_at_once_so_that_nothing_spins_and_a_stale_one_says_so(
    telegram: TelegramStage, zoe: Person
) -> None:
    await zoe.says("/suggest A dark theme")
    _, message = _button(telegram, zoe, "Withdraw")
    await telegram.press_data(zoe, "button-of-last-year", message)
    zoe.hears("This button is no longer in use.")
    await telegram.fake.sent("answerCallbackQuery")
    before = len(telegram.fake.journal.calls)
    await zoe.presses("Withdraw")
    # Updates are asked for, and menus set, beside it.
    answers = ("answerCallbackQuery", "sendMessage", "editMessageText")
    methods = [call.method for call in telegram.fake.journal.calls[before:] if call.method in answers]
    assert methods == ["answerCallbackQuery", "editMessageText"]


async def test_no_markup_of_a_member_breaks_a_send_or_pings_anybody(telegram: TelegramStage, zoe: Person) -> None:
    said = "<b>[x](y) & </i> `c` *d @everyone @portevoix_bot /start t.me/x <a href='http://e.org'>e</a>"
    await zoe.says(f"/suggest {said}")
    for command in ("/mine", "/status 1", "/top", f"/{said.replace(' ', '')}", f"/status {said}"):
        await zoe.says(command)
        assert telegram.answered(zoe)
    shown = [str(call.result[name]) for call in _calls(telegram, zoe) for name in PLAIN if name in call.result]
    marked = {text[one["offset"] :][: one["length"]] for text in shown for one in entities(text)}
    assert not [one for one in marked if one.startswith("@")]
    assert [call.status for call in telegram.fake.journal.calls if call.method == "sendMessage"] == [200] * 6


def _calls(telegram: TelegramStage, person: Person) -> list[Call]:
    return [call for one in telegram.seen_by(person) for call in one.calls]


def _button(telegram: TelegramStage, person: Person, label: str) -> tuple[str, dict[str, object]]:
    return next(found for one in telegram.seen_by(person)[::-1] if (found := one.button(label)))
