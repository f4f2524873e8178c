"""What people say to the bot by chance."""

import random

MEMBERS = ("camille", "noor", "sam")
TEAM = ("alex", "omar")
VERDICTS = ("planned", "in progress", "done", "on hold", "review")


def said(chance: random.Random, number: int, *, team: bool) -> str:
    """What somebody types.

    Args:
        number: makes the words those of one item alone.
    """
    one = chance.randint(1, max(number, 1))
    filing = (f"/suggest Idea {number} {_words(chance)}", f"/problem Trouble {number} {_words(chance)}")
    usual = (*filing, *filing, f"/status {one}", "/mine", f"/withdraw {one}", f"/edit {one} Better {_words(chance)}")
    desk = (
        *("/queue", f"/queue {one}", f"/status {one}", "/digest now"),
        *(f"/queue {one} {verdict}" for verdict in VERDICTS),
        *(f"/remove {one} Too rude.", f"/restore {one}", f"/queue {one} not planned Too dear."),
    )
    return chance.choice(desk if team else usual)


def _words(chance: random.Random) -> str:
    """Words that are alike in no two items, so that none is offered as similar."""
    return " ".join("".join(chance.choices("abdefgiklmnoprstuz", k=7)) for _ in range(4))
