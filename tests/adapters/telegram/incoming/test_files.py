"""Photos, documents, voice notes and albums: kept with the feedback, or named with the reason they were not."""

import pytest
from sqlmodel import Session

from bot.settings.config import Settings
from storage.items import attachments, feedback
from storage.models import Attachment
from storage.people import communities
from tests.adapters.telegram.stage import TelegramStage
from tests.pictures import PLACE, png
from tests.pictures import photo as camera_photo
from tests.sockets.fakes.journal import Upload
from tests.sockets.fakes.telegram.faults import Fault, broken
from tests.sockets.updates import JSON, document, photo, private, voice
from tests.stage import Person

FIRST, SECOND, THIRD = PICTURES = (png("teal"), png("navy"), png("olive"))


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return settings.model_copy(update={"limits": settings.limits.model_copy(update={"megabytes": 1})})


@pytest.fixture
def pictures(telegram: TelegramStage) -> list[str]:
    return [telegram.fake.world.keep(Upload("photo.png", "image/png", one)) for one in PICTURES]


async def _kept(telegram: TelegramStage, number: int = 1) -> list[Attachment]:
    def find(session: Session) -> list[Attachment]:
        item = feedback.by_number(session, communities.every(session)[0].id, number)
        assert item, f"#{number} was not filed"
        return attachments.of_item(session, item.id)

    return await telegram.core.store.read(find)


def _film(telegram: TelegramStage, content: bytes) -> JSON:
    return document(telegram.fake.world.keep(Upload("film.mp4", "video/mp4", content)), "film.mp4", "video/mp4")


async def test_a_photo_with_a_command_as_its_caption_is_kept(
    telegram: TelegramStage, zoe: Person, pictures: list[str]
) -> None:
    await telegram.write(zoe, "/suggest A ramp here", private(telegram.account(zoe)), photo=photo(pictures[0]))
    zoe.hears("Got it: suggestion #1.", "With 1 file.")
    kept = await _kept(telegram)
    assert [(one.name, one.media_type, one.content) for one in kept] == [("photo.png", "image/png", FIRST)]


async def test_an_album_is_one_item_with_all_its_pictures(
    telegram: TelegramStage, zoe: Person, pictures: list[str]
) -> None:
    chat = private(telegram.account(zoe))
    await telegram.act(zoe, *telegram.updates.album(pictures, chat, telegram.account(zoe), "/problem The lift again"))
    zoe.hears("Got it: problem #1.", "With 3 files.")
    assert [one.content for one in await _kept(telegram)] == list(PICTURES)
    assert len(telegram.told_alone(zoe)) == 1


async def test_an_album_can_answer_a_question_of_the_bot(
    telegram: TelegramStage, zoe: Person, pictures: list[str]
) -> None:
    await zoe.says("/problem")
    chat = private(telegram.account(zoe))
    await telegram.act(zoe, *telegram.updates.album(pictures, chat, telegram.account(zoe)))
    zoe.hears("Got it: problem #1.", "With 3 files.")


async def test_a_document_keeps_its_name(telegram: TelegramStage, zoe: Person) -> None:
    file = telegram.fake.world.keep(Upload("plan.pdf", "application/pdf", b"%PDF"))
    sent = document(file, "plan.pdf", "application/pdf")
    await telegram.write(zoe, "/suggest See the plan", private(telegram.account(zoe)), document=sent)
    zoe.hears("Got it: suggestion #1.", "With 1 file.")
    assert [(one.name, one.media_type) for one in await _kept(telegram)] == [("plan.pdf", "application/pdf")]


async def test_a_voice_note_answers_a_question_of_the_bot(telegram: TelegramStage, zoe: Person) -> None:
    file = telegram.fake.world.keep(Upload("note.ogg", "audio/ogg", b"OggS"))
    await zoe.says("/suggest")
    await telegram.write(zoe, None, private(telegram.account(zoe)), voice=voice(file))
    zoe.hears("Got it: suggestion #1.", "With 1 file.")
    assert [one.media_type for one in await _kept(telegram)] == ["audio/ogg"]


async def test_a_photo_that_comes_first_is_sent_by_a_press(
    telegram: TelegramStage, zoe: Person, pictures: list[str]
) -> None:
    said = await telegram.write(zoe, None, private(telegram.account(zoe)), photo=photo(pictures[0]))
    zoe.hears("What is this file? A press sends it to the team", "[A suggestion] [A problem] [Praise]")
    quoted = telegram.shown[-1].calls[0].parameters["reply_parameters"]["message_id"]
    assert quoted == said["message"]["message_id"]
    await zoe.presses("A problem")
    zoe.hears("Got it: problem #1.", "With 1 file.")
    assert [one.media_type for one in await _kept(telegram)] == ["image/png"]
    assert telegram.shown[-1].calls[0].method == "editMessageText", "the offer is gone once it is taken"


async def test_a_voice_note_that_comes_first_is_sent_by_a_press(telegram: TelegramStage, zoe: Person) -> None:
    file = telegram.fake.world.keep(Upload("note.ogg", "audio/ogg", b"OggS"))
    await telegram.write(zoe, None, private(telegram.account(zoe)), voice=voice(file))
    await zoe.presses("A suggestion")
    zoe.hears("Got it: suggestion #1.", "With 1 file.")


async def test_a_photo_with_plain_words_is_offered_to_the_team_with_both(
    telegram: TelegramStage, zoe: Person, pictures: list[str]
) -> None:
    await telegram.write(zoe, "The ramp is broken", private(telegram.account(zoe)), photo=photo(pictures[0]))
    zoe.hears("Nothing was sent yet. Is this for the team?", "> The ramp is broken", "[As a problem]")
    await zoe.presses("As a problem")
    zoe.hears("Got it: problem #1.", "With 1 file.")
    assert [one.content for one in await _kept(telegram)] == [FIRST]


async def test_photos_that_come_together_first_are_told_how_they_reach_the_team(
    telegram: TelegramStage, zoe: Person, pictures: list[str]
) -> None:
    account = telegram.account(zoe)
    await telegram.act(zoe, *telegram.updates.album(pictures[:2], private(account), account))
    zoe.hears("To send the team a file, write /suggest or /problem first, or as its caption.")


async def test_a_file_too_large_is_named_and_the_words_are_filed(telegram: TelegramStage, zoe: Person) -> None:
    film = {**_film(telegram, b"film"), "file_size": 1_000_001}
    await zoe.says("/suggest")
    await telegram.write(zoe, "See this film", private(telegram.account(zoe)), document=film)
    zoe.hears(
        "Got it: suggestion #1.\n",
        "film.mp4 was not kept: a file may have at most 1 MB.",
        "Everyone can see it, with your name.",
    )
    assert "getFile" not in telegram.fake.journal.counts()
    await zoe.says("/status 1")
    zoe.hears("> See this film")


async def test_a_file_larger_than_announced_is_said_to_be_too_large_as_well(
    telegram: TelegramStage, zoe: Person
) -> None:
    film = _film(telegram, b"f" * 1_000_001)
    await telegram.write(zoe, "/suggest See this film", private(telegram.account(zoe)), document=film)
    zoe.hears("Got it: suggestion #1.", "film.mp4 was not kept: a file may have at most 1 MB.")


async def test_a_file_telegram_does_not_hand_to_bots_is_said_to_be_too_large(
    telegram: TelegramStage, zoe: Person
) -> None:
    telegram.fake.fail("getFile", Fault(code=400, description="Bad Request: file is too big"))
    await telegram.write(zoe, "/suggest See it", private(telegram.account(zoe)), document=_film(telegram, b"film"))
    zoe.hears("Got it: suggestion #1.", "film.mp4 was not kept: a file may have at most 1 MB.")


async def test_a_file_of_another_kind_is_told_which_kinds_are_kept(telegram: TelegramStage, zoe: Person) -> None:
    file = telegram.fake.world.keep(Upload("tool.exe", "application/x-msdownload", b"MZ"))
    tool = document(file, "tool.exe", "application/x-msdownload")
    await telegram.write(zoe, "/suggest Use this", private(telegram.account(zoe)), document=tool)
    zoe.hears("Got it: suggestion #1.", "tool.exe was not kept: only pictures, videos, sound, PDF and plain text are.")


async def test_a_file_that_could_not_be_fetched_can_be_added_afterwards(
    telegram: TelegramStage, zoe: Person, pictures: list[str]
) -> None:
    chat = private(telegram.account(zoe))
    telegram.fake.fail("getFile", broken())
    await telegram.write(zoe, "/suggest See this", chat, photo=photo(pictures[0]))
    zoe.hears("photo.jpg could not be fetched just now. A new message with it and /edit 1 adds it.")
    await telegram.write(zoe, "/edit 1", chat, photo=photo(pictures[0]))
    zoe.hears("1 file more with #1.", "[Withdraw]")
    await telegram.write(zoe, "/edit 1 See these", chat, photo=photo(pictures[1]))
    zoe.hears("1 file more with #1.", "#1 now reads:", "> See these #1")
    assert [one.content for one in await _kept(telegram)] == [FIRST, SECOND]


async def test_one_picture_of_an_album_that_is_lost_costs_none_of_the_others(
    telegram: TelegramStage, zoe: Person, pictures: list[str]
) -> None:
    telegram.fake.fail("getFile", broken())
    chat = private(telegram.account(zoe))
    await telegram.act(zoe, *telegram.updates.album(pictures, chat, telegram.account(zoe), "/problem The lift again"))
    zoe.hears("With 2 files.", "photo.jpg could not be fetched just now.")
    assert [one.content for one in await _kept(telegram)] == [SECOND, THIRD]


async def test_a_lost_file_without_a_word_beside_it_files_nothing_and_the_question_stays_open(
    telegram: TelegramStage, zoe: Person, pictures: list[str]
) -> None:
    await zoe.says("/suggest")
    telegram.fake.fail("getFile", broken())
    await telegram.write(zoe, None, private(telegram.account(zoe)), photo=photo(pictures[0]))
    zoe.hears("Nothing was kept:", "photo.jpg could not be fetched just now. It can be sent again.")
    await telegram.write(zoe, None, private(telegram.account(zoe)), photo=photo(pictures[0]))
    zoe.hears("Got it: suggestion #1.", "With 1 file.")


async def test_a_file_is_filed_by_a_command_alone_as_its_caption(
    telegram: TelegramStage, zoe: Person, pictures: list[str]
) -> None:
    await telegram.write(zoe, "/suggest", private(telegram.account(zoe)), photo=photo(pictures[0]))
    zoe.hears("Got it: suggestion #1.", "With 1 file.")
    assert len(await _kept(telegram)) == 1


async def test_an_item_takes_ten_files(telegram: TelegramStage, zoe: Person, pictures: list[str]) -> None:
    chat = private(telegram.account(zoe))
    for caption in ("/suggest A ramp", *["/edit 1"] * 3):
        await telegram.act(zoe, *telegram.updates.album(pictures, chat, telegram.account(zoe), caption))
    zoe.hears("1 file more with #1.", "photo.png was not kept: 10 files are the most.")
    assert len(await _kept(telegram)) == 10


async def test_a_file_is_not_added_to_what_has_no_name(
    telegram: TelegramStage, zoe: Person, pictures: list[str]
) -> None:
    await zoe.says("/suggest Pay early")
    await zoe.presses("Without my name")
    await zoe.presses("Take my name off")
    await telegram.write(zoe, "/edit 1", private(telegram.account(zoe)), photo=photo(pictures[0]))
    zoe.hears("A file can give its author away, so nothing was kept.")


async def test_a_files_name_is_neither_a_link_nor_a_command(telegram: TelegramStage, zoe: Person) -> None:
    gone = document("gone", "evil.example.txt")
    await telegram.write(zoe, "/suggest See this", private(telegram.account(zoe)), document=gone)
    zoe.hears("evil.example.txt could not be fetched just now.")
    assert "evil.example" not in telegram.shown[-1].calls[0].shown


async def test_a_file_is_never_kept_without_a_name(telegram: TelegramStage, zoe: Person, pictures: list[str]) -> None:
    await zoe.says("/problem")
    await zoe.presses("without my name")
    await telegram.write(zoe, "I am paid late", private(telegram.account(zoe)), photo=photo(pictures[0]))
    zoe.hears("A file can give its author away, so nothing was kept. Send the words alone.")


async def test_a_photo_among_others_talk_is_left_alone(
    telegram: TelegramStage, zoe: Person, pictures: list[str]
) -> None:
    await telegram.write(zoe, "Our new lift", photo=photo(pictures[0]))
    zoe.hears_nothing()
    assert "getFile" not in telegram.fake.journal.counts()


async def test_a_photo_is_seen_by_who_decides_without_the_place_it_was_taken_at(
    telegram: TelegramStage, zoe: Person, omar: Person
) -> None:
    sent = telegram.fake.world.keep(Upload("ramp.jpg", "image/jpeg", camera_photo()))
    ramp = document(sent, "ramp.jpg", "image/jpeg")
    await telegram.write(zoe, "/problem The ramp is broken", private(telegram.account(zoe)), document=ramp)
    await omar.says("/queue")
    card, picture = telegram.shown[-1].calls
    assert (card.method, picture.method) == ("sendMessage", "sendPhoto")
    assert picture.shown == "#1: ramp.jpg"
    (file,) = picture.files.values()
    assert (file.name, file.media_type) == ("picture.jpg", "image/jpeg")
    assert file.content.startswith(b"\xff\xd8\xff")
    assert PLACE.encode() not in file.content


async def test_what_is_said_among_others_is_not_fetched(
    telegram: TelegramStage, zoe: Person, pictures: list[str]
) -> None:
    await telegram.write(zoe, "Look at this", photo=photo(pictures[0]))
    await telegram.write(zoe, "/status 12", private(telegram.account(zoe)), photo=photo(pictures[0]))
    zoe.hears("There is no #12")
    assert "getFile" not in telegram.fake.journal.counts()
