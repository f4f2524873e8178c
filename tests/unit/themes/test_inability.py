"""A crisis is named by what people cannot do, where a verb says what it is about: "Cannot pay" rather than "Card"."""

from bot.themes.naming.labels import count, label
from tests.features.themes.voices import DARK, NOISE, POINTS, RELAIS

ALL = (*POINTS, *DARK, *NOISE, *RELAIS)
PAYING = (
    "I could not pay this morning",
    "My card was refused three times at checkout",
    "Tried to pay with two cards, nothing works",
    "I can't pay, the page just spins",
    "My card works everywhere else but not here",
    "Could not pay for my subscription since Tuesday",
    "Why was my card declined? There is money on it",
)
PAYER = (
    "Impossible de payer ce matin",
    "Ma carte est refusée à chaque fois",
    "Je n'arrive pas à payer ma commande",
    "Le paiement échoue avec une erreur",
    "On ne peut plus payer depuis mardi",
    "Ma carte passe partout ailleurs",
)
ENROLLING = (
    "On ne peut plus s'inscrire au cours de yoga",
    "Impossible d'inscrire mon fils au yoga",
    "Le formulaire d'inscription ne s'envoie pas",
    "Je n'ai pas réussi à m'inscrire",
    "Inscription refusée sans raison",
)
LOGGING = (
    "I can't log in since this morning",
    "Wrong password, it says, I cannot log in",
    "Still can't log in on my phone",
    "The page stays white",
)


def name(texts: tuple[str, ...]) -> str:
    return label(texts, count((*ALL, *texts)), len(ALL) / 4)


def test_a_crisis_is_named_by_what_people_cannot_do() -> None:
    cases: list[tuple[tuple[str, ...], str]] = [
        (PAYING, "Cannot pay"),
        (PAYER, "Impossible de payer"),
        (ENROLLING, "Impossible de s’inscrire"),
        (LOGGING, "Cannot log in"),
    ]
    assert [(texts, name(texts)) for texts, _ in cases] == cases


def test_the_verb_is_found_by_the_noun_that_is_made_of_it() -> None:
    texts = (
        "I cannot pay, the payment page is grey",
        "Payment page grey, cannot pay",
        "A payment page",
        "Payment page?",
    )
    assert name(texts) == "Cannot pay"
    french = ("Impossible de payer, page de paiement grise", "Page de paiement grise, impossible de payer")
    assert name((*french, "Une page de paiement", "La page de paiement")) == "Impossible de payer"


def test_what_one_person_cannot_do_names_nothing() -> None:
    assert "annot" not in name(("I cannot pay by card", "The card is blue", "A new card came", "My card"))


def test_who_can_do_it_is_not_said_to_be_unable() -> None:
    texts = ("We pay by card", "I could not pay", "They pay more", "To pay is fine", "Could not pay", "Who pays? I pay")
    assert name(texts) == "Pay"


ORDERING = (
    "I cannot order since noon, the button is grey",
    "My order has no number",
    "We can't order, my last order was fine",
    "My order is gone and I can't order again",
    "The order page stays white",
    "An order of ten boxes was lost",
    "Where is the order I made?",
)


def test_a_noun_that_is_written_like_the_verb_does_not_hide_it() -> None:
    assert name(ORDERING) == "Cannot order"
