"""What an alert says, word for word in both languages; whose words it quotes, and that they go with their author."""

from collections.abc import Sequence

from sqlmodel import Session, select

from storage.items.signals import alerts
from storage.models import Alert, Feedback
from storage.people import communities
from tests.features.alerts.conftest import MANY, Crisis
from tests.stage import BareStage

FRENCH = (
    "Le code SMS n'arrive jamais à la connexion",
    "Connexion impossible, le code SMS n'arrive pas",
    "Pas de code SMS, donc pas de connexion",
    "La connexion échoue : le code SMS n'arrive jamais",
    "J'attends le code SMS de connexion depuis une heure",
    "Le code SMS de connexion ne vient pas",
    "Connexion bloquée depuis midi, le code SMS manque",
    "Le code SMS pour la connexion n'est jamais arrivé",
)


async def test_in_english_and_a_quote_goes_at_once_with_its_author_and_the_numbers_stay(
    crisis: Crisis, stage: BareStage
) -> None:
    await crisis.write(MANY)
    await crisis.look(minutes=3)
    quote = "> I cannot sign in, no text code comes, please help #66\n"
    words = (
        "Unusual: Text code never comes (updated 11:03)\n"
        "16 problems, 16 people since 11:00; usually 0.\n"
        f"{quote}"
        "[I'm on it] [Known issue: tell people] [False alarm]\n"
    )
    assert crisis.text() == words

    def erase(session: Session) -> None:
        item = session.exec(select(Feedback).where(Feedback.number == 66)).one()
        item.text, item.author_id = "", None
        session.add(item)

    await stage.core.store.write(erase)
    crisis.clock.forward(seconds=5)
    await crisis.poster.look()
    assert quote not in crisis.text()
    assert "16 people" in crisis.text()
    await crisis.look(hours=4, minutes=2)
    assert crisis.text() == (
        "Unusual: Text code never comes\n"
        "Over at 15:05 · 16 people, 4 h 05. Tell them?\n"
        "Back to normal: 16 problems in all.\n"
        "[Tell them]\n"
    )


async def test_in_french_it_says_the_same(crisis: Crisis, stage: BareStage) -> None:
    await stage.core.store.write(lambda session: setattr(communities.every(session)[0], "language", "fr"))
    await crisis.write([*FRENCH, *(f"{text}, aidez-moi" for text in FRENCH)], language="fr")
    await crisis.look(minutes=3)
    assert _plain(crisis.text()) == (
        "Inhabituel : Code SMS n'arrive pas (mis à jour à 11:03)\n"
        "16 problèmes, 16 personnes depuis 11:00 ; d'ordinaire 0.\n"
        "> Le code SMS n'arrive jamais à la connexion, aidez-moi #65\n"
        "[Je m'en occupe] [Problème connu : prévenir] [Fausse alerte]\n"
    )
    await crisis.look(hours=4, minutes=2)
    assert _plain(crisis.text()) == (
        "Inhabituel : Code SMS n'arrive pas\n"
        "Terminé à 15:05 · 16 personnes, 4 h 05. Les prévenir ?\n"
        "Retour à la normale : 16 problèmes en tout.\n"
        "[Les prévenir]\n"
    )


async def test_what_has_no_name_counts_and_is_neither_quoted_nor_stored_with_it(crisis: Crisis) -> None:
    await crisis.write(MANY[:3])
    await crisis.look(minutes=3)
    for number, text in enumerate(MANY[3:]):
        await crisis.write([text], author_hash=f"mark {number}")
    await crisis.look(minutes=3)
    assert "16 problems, 16 people" in crisis.text()
    stored = await crisis.stage.core.store.read(_stored)
    assert len(stored) == 3
    assert all(not item.nameless for item in stored)
    assert any(f"> {text}" in crisis.text() for text in MANY[:3])


async def test_without_any_name_it_is_about_the_kind_and_told_once(crisis: Crisis) -> None:
    for number, text in enumerate(MANY):
        await crisis.write([text], author_hash=f"mark {number}")
    await crisis.look(minutes=3)
    await crisis.look(minutes=3)
    assert "Unusual: problems" in crisis.text()
    assert "16 problems, 16 people since" in crisis.text()
    assert "> " not in crisis.text()


def _stored(session: Session) -> Sequence[Feedback]:
    (alert,) = session.exec(select(Alert))
    return [session.get_one(Feedback, own) for own in alerts.items_of(session, alert.id)]


def _plain(text: str) -> str:
    return text.replace("\u202f", " ").replace("\xa0", " ").replace("’", "'")
