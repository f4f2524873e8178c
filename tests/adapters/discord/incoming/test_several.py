"""One bot of several communities: forms and completions are of the community they are for."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import pytest
import simcord
from sqlmodel import Session

from adapters.discord.incoming import forms
from bot.operations.assembly import open_core
from bot.settings.config import CommunitySettings, Settings
from storage.people import communities
from tests.adapters.discord.incoming.test_forms import JSON, fields
from tests.adapters.discord.stage import DiscordStage
from tests.clock import StillClock
from tests.stage import Person

OWN = (
    CommunitySettings(key="plaza", name="Plaza", areas=("Kitchen", "Garden")),
    CommunitySettings(key="library", name="Library", areas=("Books", "Chairs")),
)


@dataclass
class Two(DiscordStage):
    """A guild that is one community's, with a channel that is another's.

    Attributes:
        library: that channel.
    """

    library: simcord.ChannelHandle = field(init=False)

    def build(self) -> None:
        super().build()
        self.library = self.guild.create_text_channel("library")

    def _give_places(self, session: Session) -> None:
        for key, there in (("plaza", self.guild), ("library", self.library)):
            own = communities.by_key(session, key)
            assert own
            communities.join_place(session, own.id, "discord", str(there.id), staff=False)


@pytest.fixture
async def two(settings: Settings) -> AsyncIterator[Two]:
    core = await open_core(settings.model_copy(update={"communities": OWN}), StillClock())
    stage = Two(core=core)
    await stage.open()
    yield stage
    await stage.close()
    core.store.close()


@pytest.fixture
def mia(two: Two) -> Person:
    return Person(two, "mia")


def areas(form: JSON | None) -> list[str]:
    assert form
    return [option["value"] for option in fields(form)["area"]["options"]]


async def test_in_a_place_the_form_and_the_completions_are_of_its_community(two: Two, mia: Person) -> None:
    there = await two.actor(mia).slash(two.library, "suggest")
    assert areas(there.modal) == ["Books", "Chairs"]
    around = await two.slash(mia, "suggest")
    assert areas(around.modal) == ["Kitchen", "Garden"]
    await two.slash(mia, "suggest", text="A bench")
    # The area of what was filed is asked for by a form that works.
    await two.actor(mia).slash(two.library, "suggest", text="A shelf")
    await mia.presses("Area")
    form = two.seen_by(mia)[-1].form
    assert form
    assert areas(form.modal) == ["Books", "Chairs"]
    for place, area, title in ((two.library, "Books", "A shelf"), (two.plaza, "Kitchen", "A bench")):
        offered = await two.actor(mia).autocomplete(place, "suggest", "area", "")
        assert offered[0]["value"] == area
        offered = await two.actor(mia).autocomplete(place, "status", "number", "")
        assert [one["name"] for one in offered] == [f"#1 {title}"]
    await mia.fills(area="Books")
    mia.hears("#1", "Books")


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> None:
    """It takes for ever to find out which community something is for."""

    async def never(*_: object) -> None:
        await asyncio.sleep(3600)

    monkeypatch.setattr(forms, "PATIENCE", 0.05)
    monkeypatch.setattr(forms, "settings_around", never)


@pytest.mark.usefixtures("slow")
async def test_while_the_store_stands_still_the_form_opens_without_areas_and_an_area_is_typed(
    two: Two, mia: Person
) -> None:
    result = await two.actor(mia).slash(two.library, "suggest")
    assert result.modal
    assert list(fields(result.modal)) == ["text", "audience", "name", "file"]
    await two.actor(mia).slash(two.library, "suggest", text="A shelf")
    await mia.presses("Area")
    form = two.seen_by(mia)[-1].form
    assert form
    assert form.modal
    assert [one["type"] for one in fields(form.modal).values()] == [4]
    await mia.fills(area="Books")
    mia.hears("#1", "Books")


async def test_alone_the_form_and_the_completions_are_of_the_community_somebody_is_in(two: Two, mia: Person) -> None:
    await two.actor(mia).slash(two.library, "suggest", text="A shelf")
    await two.slash(Person(two, "luc"), "suggest", text="A bench")
    alone = two.actor(mia).user
    assert areas((await alone.slash("suggest")).modal) == ["Books", "Chairs"]
    assert [one["value"] for one in await alone.autocomplete("suggest", "area", "")] == ["Books", "Chairs"]
    assert [one["name"] for one in await alone.autocomplete("status", "number", "")] == ["#1 A shelf"]
    await two.write_alone(mia, "/suggest A lamp")
    await mia.presses("Area")
    form = two.seen_by(mia)[-1].form
    assert form
    assert areas(form.modal) == ["Books", "Chairs"]
