"""Messages that refer to what was said before, and messages that ask several things."""

from bot.language.text.choice import LAST, NONE, choice
from bot.language.text.follow_up import FollowUp, follow_up, joined
from bot.language.text.several import parts


def test_choices() -> None:
    cases: list[tuple[str, int | None]] = [
        ("2", 2),
        ("the second one", 2),
        ("Le troisième.", 3),
        ("la première", 1),
        ("the last one please", LAST),
        ("none of these", NONE),
        ("Aucune !", NONE),
        ("aucune de ces réponses", NONE),
        ("second hand clothes", None),
        ("12", None),
        ("the first aid kit", None),
        ("", None),
    ]
    assert [(text, choice(text)) for text, _ in cases] == cases


def test_follow_ups() -> None:
    cases: list[tuple[str, FollowUp | None]] = [
        ("and on Sunday?", FollowUp("on Sunday?", certain=True)),
        ("What about children?", FollowUp("children?", certain=True)),
        ("Et pour les enfants ?", FollowUp("pour les enfants ?", certain=True)),
        ("Qu'en est-il des élèves ?", FollowUp("des élèves ?", certain=True)),
        ("le dimanche ?", FollowUp("le dimanche ?", certain=False)),
        ("Où puis-je me garer ?", None),
        ("ou est la salle", None),
        ("Et où se garer ?", FollowUp("où se garer ?", certain=True)),
        ("ou le dimanche ?", FollowUp("le dimanche ?", certain=True)),
        ("And?", None),
        ("Android phone lost", None),
        ("Where is it?", None),
    ]
    assert [(text, follow_up(text)) for text, _ in cases] == cases


def test_a_follow_up_joins_the_question_before() -> None:
    assert joined("When do you open?", FollowUp("on Sunday?", certain=True)) == "When do you open on Sunday?"


def test_several_questions() -> None:
    cases: list[tuple[str, tuple[str, ...]]] = [
        ("When do you open? Where are you?", ("When do you open?", "Where are you?")),
        ("Hi! When do you open??  Thanks!", ("Hi! When do you open??  Thanks!",)),
        ("Where is it? I looked everywhere. When?", ("Where is it?", "I looked everywhere. When?")),
        ("Can I come? I have a dog.", ("Can I come? I have a dog.",)),
        ("Bread and butter?", ("Bread and butter?",)),
        ("Where is the depot; when's the market?", ("Where is the depot?", "when's the market?")),
        ("Where is it now, and until when do you open?", ("Where is it now?", "until when do you open?")),
        ("Où est le dépôt, et à quelle heure ouvre-t-il ?", ("Où est le dépôt?", "à quelle heure ouvre-t-il ?")),
        ("Can I come and see what you do?", ("Can I come and see what you do?",)),
        ("Où est le dépôt et quand ouvre le marché ?", ("Où est le dépôt?", "quand ouvre le marché ?")),
    ]
    assert [(text, parts(text).texts) for text, _ in cases] == cases
