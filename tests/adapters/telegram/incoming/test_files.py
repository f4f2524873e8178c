"""Photos, documents, voice notes and albums: kept with the feedback, or named with the reason they were not."""

import pytest
from sqlmodel import Session

from adapters.telegram.incoming import intake
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


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Albums that come whole in one batch, so that nothing more of them is waited for."""
    monkeypatch.setattr(intake, "ALBUM_SECONDS", 0.0)


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


async def test_a_file_comes_with_a_command_as_its_caption_or_answers_a_question_of_the_bot(
    telegram: TelegramStage, zoe: Person, pictures: list[str]
) -> None:
    await telegram.write(zoe, "/suggest A ramp here", private(telegram.account(zoe)), photo=photo(pictures[0]))
    zoe.hears("Got it: suggestion #1.", "With 1 file.")
    kept = await _kept(telegram)
    assert [(one.name, one.media_type, one.content) for one in kept] == [("photo.png", "image/png", FIRST)]
    # The command alone will do.
    await telegram.write(zoe, "/praise", private(telegram.account(zoe)), photo=photo(pictures[1]))
    zoe.hears("Got it: praise #2.", "With 1 file.")
    assert len(await _kept(telegram, 2)) == 1
    # A document keeps its name.
    file = telegram.fake.world.keep(Upload("plan.pdf", "application/pdf", b"%PDF"))
    sent = document(file, "plan.pdf", "application/pdf")
    await telegram.write(zoe, "/suggest See the plan", private(telegram.account(zoe)), document=sent)
    zoe.hears("Got it: suggestion #3.", "With 1 file.")
    assert [(one.name, one.media_type) for one in await _kept(telegram, 3)] == [("plan.pdf", "application/pdf")]
    # A voice note answers a question of the bot.
    spoken = telegram.fake.world.keep(Upload("note.ogg", "audio/ogg", b"OggS"))
    await zoe.says("/suggest")
    await telegram.write(zoe, None, private(telegram.account(zoe)), voice=voice(spoken))
    zoe.hears("Got it: suggestion #4.", "With 1 file.")
    assert [one.media_type for one in await _kept(telegram, 4)] == ["audio/ogg"]


async def test_an_album_is_one_item_with_all_its_pictures_but_those_that_are_lost(
    telegram: TelegramStage, zoe: Person, pictures: list[str]
) -> None:
    chat = private(telegram.account(zoe))
    await telegram.act(zoe, *telegram.updates.album(pictures, chat, telegram.account(zoe), "/problem The lift again"))
    zoe.hears("Got it: problem #1.", "With 3 files.")
    assert [one.content for one in await _kept(telegram)] == list(PICTURES)
    assert len(telegram.told_alone(zoe)) == 1
    # It can answer a question of the bot.
    await zoe.says("/problem")
    await telegram.act(zoe, *telegram.updates.album(pictures, chat, telegram.account(zoe)))
    zoe.hears("Got it: problem #2.", "With 3 files.")
    # One that is lost costs none of the others.
    telegram.fake.fail("getFile", broken())
    await telegram.act(zoe, *telegram.updates.album(pictures, chat, telegram.account(zoe), "/problem The stairs"))
    zoe.hears("With 2 files.", "photo.jpg could not be fetched just now.")
    assert [one.content for one in await _kept(telegram, 3)] == [SECOND, THIRD]


async def test_a_file_that_comes_first_is_sent_by_a_press_and_several_are_told_how_they_reach_the_team(
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
    # A voice note, too.
    file = telegram.fake.world.keep(Upload("note.ogg", "audio/ogg", b"OggS"))
    await telegram.write(zoe, None, private(telegram.account(zoe)), voice=voice(file))
    await zoe.presses("A suggestion")
    zoe.hears("Got it: suggestion #2.", "With 1 file.")
    # Plain words beside it go with it.
    await telegram.write(zoe, "The ramp is broken", private(telegram.account(zoe)), photo=photo(pictures[0]))
    zoe.hears("Nothing was sent yet. Is this for the team?", "> The ramp is broken", "[As a problem]")
    await zoe.presses("As a problem")
    zoe.hears("Got it: problem #3.", "With 1 file.")
    assert [one.content for one in await _kept(telegram, 3)] == [FIRST]
    # Those that come together are told how they reach the team.
    account = telegram.account(zoe)
    await telegram.act(zoe, *telegram.updates.album(pictures[:2], private(account), account))
    zoe.hears("To send the team a file, write /suggest or /problem first, or as its caption.")


async def test_a_file_too_large_or_of_another_kind_is_named_and_the_words_are_filed(
    telegram: TelegramStage, zoe: Person
) -> None:
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
    # Larger than announced.
    film = _film(telegram, b"f" * 1_000_001)
    await telegram.write(zoe, "/suggest See that film", private(telegram.account(zoe)), document=film)
    zoe.hears("Got it: suggestion #2.", "film.mp4 was not kept: a file may have at most 1 MB.")
    # Not handed to bots.
    telegram.fake.fail("getFile", Fault(code=400, description="Bad Request: file is too big"))
    await telegram.write(zoe, "/suggest See it", private(telegram.account(zoe)), document=_film(telegram, b"film"))
    zoe.hears("Got it: suggestion #3.", "film.mp4 was not kept: a file may have at most 1 MB.")
    # Of another kind.
    file = telegram.fake.world.keep(Upload("tool.exe", "application/x-msdownload", b"MZ"))
    tool = document(file, "tool.exe", "application/x-msdownload")
    await telegram.write(zoe, "/suggest Use this", private(telegram.account(zoe)), document=tool)
    zoe.hears("Got it: suggestion #4.", "tool.exe was not kept: only pictures, videos, sound, PDF and plain text are.")


async def test_a_file_that_could_not_be_fetched_can_be_added_afterwards_and_alone_files_nothing(
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
    # Without a word beside it nothing is filed, and the question stays open.
    await zoe.says("/suggest")
    telegram.fake.fail("getFile", broken())
    await telegram.write(zoe, None, private(telegram.account(zoe)), photo=photo(pictures[0]))
    zoe.hears("Nothing was kept:", "photo.jpg could not be fetched just now. It can be sent again.")
    await telegram.write(zoe, None, private(telegram.account(zoe)), photo=photo(pictures[0]))
    zoe.hears("Got it: suggestion #2.", "With 1 file.")


async def test_an_item_takes_ten_files(telegram: TelegramStage, zoe: Person, pictures: list[str]) -> None:
    chat = private(telegram.account(zoe))
    for caption in ("/suggest A ramp", *["/edit 1"] * 3):
        await telegram.act(zoe, *telegram.updates.album(pictures, chat, telegram.account(zoe), caption))
    zoe.hears("1 file more with #1.", "photo.png was not kept: 10 files are the most.")
    assert len(await _kept(telegram)) == 10


async def test_a_file_is_never_kept_without_a_name_nor_added_to_what_has_none(
    telegram: TelegramStage, zoe: Person, pictures: list[str]
) -> None:
    await zoe.says("/suggest Pay early")
    await zoe.presses("Without my name")
    await zoe.presses("Take my name off")
    await telegram.write(zoe, "/edit 1", private(telegram.account(zoe)), photo=photo(pictures[0]))
    zoe.hears("A file can give its author away, so nothing was kept.")
    # Nor is one sent with it.
    await zoe.says("/problem")
    await zoe.presses("without my name")
    await telegram.write(zoe, "I am paid late", private(telegram.account(zoe)), photo=photo(pictures[0]))
    zoe.hears("A file can give its author away, so nothing was kept. Send the words alone.")


async def test_a_files_name_is_neither_a_link_nor_a_command(telegram: TelegramStage, zoe: Person) -> None:
    gone = document("gone", "evil.example.txt")
    await telegram.write(zoe, "/suggest See this", private(telegram.account(zoe)), document=gone)
    zoe.hears("evil.example.txt could not be fetched just now.")
    assert "evil.example" not in telegram.shown[-1].calls[0].shown


async def test_a_photo_among_others_talk_is_left_alone_and_not_fetched(
    telegram: TelegramStage, zoe: Person, pictures: list[str]
) -> None:
    await telegram.write(zoe, "Our new lift", photo=photo(pictures[0]))
    zoe.hears_nothing()
    assert "getFile" not in telegram.fake.journal.counts()
    await telegram.write(zoe, "/status 12", private(telegram.account(zoe)), photo=photo(pictures[0]))
    zoe.hears("There is no #12")
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
