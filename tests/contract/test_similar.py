"""Before filing: what says nearly the same is shown, one press supports it, one sends the words all the same."""

import pytest

from tests.stage import Person

BENCHES = "More benches in the park near the old station"
AGAIN = "More benches in the park near the station, please"


async def test_who_says_nearly_the_same_may_support_it_instead_and_say_why_without_a_name(
    camille: Person, noor: Person, alex: Person
) -> None:
    await camille.says(f"/suggest {BENCHES}")
    await noor.says(f"/suggest {AGAIN}")
    noor.hears(f"> {AGAIN}", "This is close to what was said already:", f"#1 {BENCHES} · 0 supporters")
    noor.hears("Support #1 instead", "Send it anyway")
    await noor.presses("Support #1 instead")
    noor.hears("Noted: you support #1 (1 supporter). The outcome will come to you.")
    await noor.presses("Say why it matters to you")
    noor.hears("Why does it matter to you?")
    await noor.says("My mother cannot walk home without a rest. noor@example.org")
    noor.hears("Noted beside #1, without your name:", "> My mother cannot walk home without a rest.")
    await noor.says("/mine")
    noor.hears("Supported and followed")
    await camille.says("/status 1")
    heard = camille.hears("Why it matters to 1 supporter:", "> My mother cannot walk home without a rest.")
    assert "noor" not in heard.casefold()
    await alex.says("/status 1")
    await alex.presses("Take away sentence 1")
    alex.hears("The sentence is gone from #1; the support stays.")
    await camille.says("/status 1")
    assert "My mother" not in camille.hears("1 supporter")


@pytest.mark.on("discord")
async def test_it_is_sent_anyway_by_one_press_and_the_same_words_once_more_are_met_with_the_item(
    camille: Person, noor: Person
) -> None:
    await camille.says(f"/suggest {BENCHES}")
    await camille.says(f"/suggest {BENCHES.upper()}!")
    camille.hears("You said this already: #1.", f"> {BENCHES} #1", "[Edit] [Withdraw]")
    await camille.says("/status 2")
    camille.hears("There is no #2 that you can see here.")
    await noor.says("/suggest Vegetarian meals on Fridays")
    noor.hears("Got it: suggestion #2.")
    await noor.says(f"/suggest {AGAIN}")
    await noor.presses("Send it anyway")
    noor.hears("Got it: suggestion #3.", "Everyone can see it, with your name.")
    # The preview without a name shows it, too.
    await noor.says("/suggest")
    await noor.fills(text=f"{BENCHES}, thank you", audience="everyone", name="nameless")
    noor.hears("Without your name.", f"#1 {BENCHES}", "Supporting one of these is done under your name, as always")
    await noor.presses("Send")
    noor.hears("Got it: suggestion #1000.", "without your name")
    # A problem is shared.
    await camille.says("/problem")
    await camille.fills(text="The lift at the station is stuck", audience="everyone")
    await noor.says("/problem The lift at the station is stuck again")
    noor.hears("Me too: #4", "Only the team can see it, with your name.")
    await noor.presses("Me too: #4")
    noor.hears("Noted: you support #4 (1 supporter).")
