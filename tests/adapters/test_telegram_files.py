"""Photos, documents, voice notes and albums: kept with the feedback, or refused with the reason."""

import pytest
from sqlmodel import Session

from bot.config import Settings
from storage import attachments, communities, feedback
from storage.models import Attachment
from tests.adapters.telegram_stage import TelegramStage
from tests.sockets.telegram.journal import Upload
from tests.sockets.updates import document, photo, private, voice
from tests.stage import Person

PICTURES = (b"first", b"second", b"third")


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return settings.model_copy(update={"limits": settings.limits.model_copy(update={"megabytes": 1})})


@pytest.fixture
def pictures(telegram: TelegramStage) -> list[str]:
    return [telegram.fake.world.keep(Upload(f"{one.decode()}.jpg", "image/jpeg", one)) for one in PICTURES]


async def _kept(telegram: TelegramStage, number: int = 1) -> list[Attachment]:
    def find(session: Session) -> list[Attachment]:
        item = feedback.by_number(session, communities.every(session)[0].id, number)
        assert item, f"#{number} was not filed"
        return attachments.of_item(session, item.id)

    return await telegram.core.store.read(find)


async def test_a_photo_with_a_command_as_its_caption_is_kept(
    telegram: TelegramStage, zoe: Person, pictures: list[str]
) -> None:
    await telegram.write(zoe, "/suggest A ramp here", private(telegram.account(zoe)), photo=photo(pictures[0]))
    zoe.hears("Got it: suggestion #1.", "With 1 file.")
    kept = await _kept(telegram)
    assert [(one.name, one.media_type, one.content) for one in kept] == [("photo.jpg", "image/jpeg", b"first")]


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


async def test_a_file_alone_is_told_how_it_reaches_the_team(
    telegram: TelegramStage, zoe: Person, pictures: list[str]
) -> None:
    await telegram.write(zoe, None, private(telegram.account(zoe)), photo=photo(pictures[0]))
    zoe.hears("To send the team a file, write /suggest or /problem as its caption.")


async def test_a_file_over_the_limit_is_refused_and_the_question_stays_open(
    telegram: TelegramStage, zoe: Person
) -> None:
    film = {**document(telegram.fake.world.keep(Upload("film.mp4", "video/mp4", b"film"))), "file_size": 1_000_001}
    await zoe.says("/suggest")
    await telegram.write(zoe, "See this film", private(telegram.account(zoe)), document=film)
    zoe.hears("A file may have at most 1 MB, so nothing was kept.")
    assert "getFile" not in telegram.fake.journal.counts()
    await zoe.says("Then without a film")
    zoe.hears("Got it: suggestion #1.")
    assert not await _kept(telegram)


async def test_a_file_larger_than_announced_is_refused_too(telegram: TelegramStage, zoe: Person) -> None:
    film = document(telegram.fake.world.keep(Upload("film.mp4", "video/mp4", b"f" * 1_000_001)))
    await telegram.write(zoe, "/suggest See this film", private(telegram.account(zoe)), document=film)
    zoe.hears("A file may have at most 1 MB, so nothing was kept.")


async def test_a_file_that_telegram_no_longer_has_files_nothing(telegram: TelegramStage, zoe: Person) -> None:
    await telegram.write(zoe, "/suggest See this", private(telegram.account(zoe)), document=document("gone"))
    zoe.hears("nothing was kept")


async def test_a_file_is_never_kept_without_a_name(telegram: TelegramStage, zoe: Person, pictures: list[str]) -> None:
    await zoe.says("/problem")
    await zoe.presses("everyone, without my name")
    await telegram.write(zoe, "I am paid late", private(telegram.account(zoe)), photo=photo(pictures[0]))
    zoe.hears("A file can give its author away, so nothing was kept. Send the words alone.")


async def test_a_photo_among_others_talk_is_left_alone(
    telegram: TelegramStage, zoe: Person, pictures: list[str]
) -> None:
    await telegram.write(zoe, "Our new lift", photo=photo(pictures[0]))
    zoe.hears_nothing()
    assert "getFile" not in telegram.fake.journal.counts()
