"""/impact: what listening brought, as moderators ask for it."""

from datetime import timedelta

import pytest

from bot.ports.inbound import Role
from bot.settings.community.impact import ImpactSettings
from bot.settings.config import Settings
from tests.clock import StillClock
from tests.features.impact.conftest import Lives, page_of
from tests.stage import BareStage, Person


async def test_it_says_what_listening_brought_and_how_each_figure_is_counted(
    lives: Lives, stage: BareStage, omar: Person
) -> None:
    await lives()
    await omar.says("/impact 2026-03")
    assert omar.hears().splitlines() == [
        "What listening brought · 1-5 March 2026",
        "• 2 people heard",
        "• 2 people told what became of it",
        "• 1 of 2 questions answered without the team",
        "• About 5 minutes saved",
        "• Half of the feedback had the team's first word within 31.5 h",
        "• Half of the decisions came within 31.5 h",
        "• 1 of 2 decided ideas done",
        "• 2 of 3 messages with an outcome",
        "",
        "What changed because of the community",
        "• #1 A bench in the *shade* · done",
        "[impact-2026-03.md]",
        "[How it is counted]",
    ]
    # Each figure has its formula, rows and assumption one press away.
    await omar.presses("How it is counted")
    figures = [line for line in omar.hears().splitlines() if line.startswith("• ")]
    assert len(figures) == 10
    assert all(" = " in line and "row" in line and "Assumed: " in line for line in figures)
    omar.hears("Ideas done: 50% = ideas done ÷ ideas that became done", "2 rows. 95 % interval: 9% to 91%.")
    omar.hears("portevoix export --impact --period 2026-03")
    luc = Person(stage, "luc", Role.MODERATOR, language="fr")
    await luc.says("/impact ce mois")
    luc.hears("Ce que l’écoute a apporté · 1er-5 mars 2026", "On a entendu 2 personnes", "1 sur 2 questions")
    await luc.presses("Comment c’est compté")
    luc.hears("Personnes entendues\u00a0: 2 = personnes distinctes", "Hypothèse\u00a0: Une réponse prendrait 5 minutes")


async def test_a_page_to_forward_has_it_all_and_no_markup_of_members(
    lives: Lives, stage: BareStage, omar: Person
) -> None:
    await lives()
    page = await page_of(stage, omar, "/impact 2026-03")
    assert "| Ideas done | 50% | 9% to 91% | 2 |" in page
    assert "- \\#1 A bench in the \\*shade\\* · done" in page
    assert "ines" not in page
    assert "noor" not in page


async def test_of_nothing_and_of_what_is_no_period_it_says_so_and_members_do_not_see_it(
    stage: BareStage, ines: Person, omar: Person
) -> None:
    await omar.says("/impact")
    assert omar.hears() == "There is nothing to count in February 2026.\n"
    for period in ("soon", "2027", "0 days", "2026-13"):
        await omar.says(f"/impact {period}")
        assert omar.hears() == (
            "Which period? A month such as 2026-10, a year, “last month” or “90 days”, begun already.\n"
        ), period
    await ines.says("/impact")
    ines.hears("for moderators")


async def test_the_last_month_is_what_is_usual_and_what_was_delivered_is_known_of_whole_months_for_good(
    lives: Lives, clock: StillClock, omar: Person
) -> None:
    await lives()
    clock.forward(days=28)
    await omar.says("/impact")
    omar.hears("What listening brought · March 2026", "2 people heard")
    await omar.says("/impact 2 days")
    omar.hears("There is nothing to count in 31 March - 1 April 2026.")
    await omar.says("/impact march")
    assert "Only since" not in omar.hears("2 people told what became of it")
    clock.time += timedelta(days=40)
    await omar.says("/impact 2026-03-02..2026-03-20")
    assert "told" not in omar.hears()
    await omar.presses("How it is counted")
    omar.hears("People told: – =", "No longer known: deliveries are kept for 30 days, then counted by the month.")


async def test_the_teams_answer_to_a_question_is_timed_and_what_only_the_team_sees_is_counted_and_not_shown(
    lives: Lives, stage: BareStage, omar: Person
) -> None:
    await lives()
    await omar.says("/unanswered")
    await omar.presses("Answer: Who feeds the cat?")
    await omar.fills(text="Camille does.")
    await omar.says("/impact 2026-03")
    omar.hears("Half of the team's answers to questions came within 33 h", "1 of 2 questions answered without the team")
    await omar.says("/queue 3 done Oiled")
    page = await page_of(stage, omar, "/impact 2026-03")
    assert "1 that only the team sees." in page
    assert "door" not in page


async def test_what_was_reopened_or_only_looked_at_is_no_outcome(stage: BareStage, lives: Lives, omar: Person) -> None:
    await lives()
    await omar.says("/queue 3 review")
    await omar.says("/queue 1 review")
    await omar.says("/impact 2026-03")
    omar.hears("0 of 1 decided idea done", "1 of 3 messages with an outcome")
    assert "bench" not in omar.hears()


async def test_words_without_a_name_are_not_shown_of_a_few(
    stage: BareStage, clock: StillClock, lives: Lives, ines: Person, omar: Person
) -> None:
    await lives()
    await ines.says("/suggest")
    await ines.fills(text="A quieter bell", audience="everyone", name="nameless")
    await ines.presses("Send")
    clock.forward(hours=1)
    await omar.says("/queue 1000 done Hung on Monday")
    await stage.deliver()
    page = await page_of(stage, omar, "/impact 2026-03")
    assert "\\#1000 suggestion, without a name · done" in page
    assert "bell" not in page
    assert "People heard | 3 |" in page, "who writes with and without a name counts twice"


class TestWithACost:
    @pytest.fixture
    def settings(self, settings: Settings) -> Settings:
        own = ImpactSettings(minutes_per_answer=6, hourly_cost=30, currency="EUR")
        return settings.model_copy(
            update={"communities": (settings.communities[0].model_copy(update={"impact": own}),)}
        )

    async def test_it_says_what_the_hours_are_worth(self, lives: Lives, omar: Person) -> None:
        await lives()
        await omar.says("/impact 2026-03")
        omar.hears("About 6 minutes saved, worth €3.00")
        await omar.presses("How it is counted")
        omar.hears("What these hours cost: €3.00 = hours saved × €30.00.")


async def test_praise_is_quoted_with_permission_alone(stage: BareStage, ines: Person, omar: Person) -> None:
    noor = Person(stage, "noor")
    await ines.says("/praise Back in *ten* minutes!")
    await ines.presses("May be quoted")
    await noor.says("/praise Lovely soup")
    page = await page_of(stage, omar, "/impact 2026-03")
    assert "> Back in \\*ten\\* minutes! \\#1" in page
    assert "soup" not in page
    omar.hears("Praise, quoted with permission", "> Back in *ten* minutes! #1")
    await ines.says("/mine")
    await ines.presses("Do not quote #1")
    assert "*ten" not in await page_of(stage, omar, "/impact 2026-03")
