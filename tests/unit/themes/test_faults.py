"""A label says what is wrong with the thing, in words that stand beside it: "Price too high" rather than "Price"."""

from bot.themes.naming.labels import count, label
from tests.features.themes.voices import DARK, NOISE, POINTS, RELAIS

ALL = (*POINTS, *DARK, *NOISE, *RELAIS)


def name(*texts: str) -> str:
    return label(texts, count((*ALL, *texts)), len(ALL) / 4)


def test_the_thing_with_what_is_wrong_with_it() -> None:
    cases: list[tuple[tuple[str, ...], str]] = [
        (
            ("The price is too high", "That price is far too high", "A high price, I leave", "The price!"),
            "Price too high",
        ),
        (("My voice cuts out", "Voice cuts out all day", "The voice cut", "No more voice"), "Voice cuts out"),
        (("The bus was never on time", "Never on time, this bus", "Is the bus ever on time?"), "Bus never on time"),
        (("No seats left", "There were no seats", "No seats on Monday", "The seats are gone"), "No seats"),
        (("The app doesn't work", "The app does not work", "App does not work here", "My app!"), "App does not work"),
        (("Le prix est trop élevé", "Un prix trop élevé", "Prix élevé", "Ce prix !"), "Prix trop élevé"),
        (("Le code n'arrive pas", "Mon code n’arrive pas", "Ce code arrivera ?", "Le code"), "Code n’arrive pas"),
        (("Trop d'emballages", "Encore trop d’emballages", "Ces emballages, quel gâchis"), "Trop d’emballages"),
        (("Mon reçu fiscal", "Pas de reçu fiscal", "Toujours pas de reçu fiscal"), "Pas de reçu fiscal"),
        (("Pas de place en crèche", "Aucune place en crèche", "Pas de place en crèche"), "Pas de place en crèche"),
        (("Le guichet ne répond ni oui ni non", "Ce guichet ne répond jamais", "Guichet"), "Guichet ne répond jamais"),
        (("Please open on Saturday", "I want a Saturday opening", "Could it open on Saturdays?"), "Saturday opening"),
        (("La page tourne en boucle", "Cette page tourne en rond", "Page blanche", "Ma page blanche"), "Page blanche"),
        (("Mot de passe refusé", "Mon mot de passe est refusé", "Le mot de passe refusé"), "Mot de passe refusé"),
        (("Why does the pool close early?", "The pool closes early", "It closes early, the pool"), "Pool closes early"),
        (("SHOP CLOSED", "The shop is closed", "My shop closed", "Shop closed again"), "Shop closed"),
    ]
    assert [(texts, name(*texts)) for texts, _ in cases] == cases


def test_not_what_nobody_said() -> None:
    cases: list[tuple[tuple[str, ...], str]] = [
        (("Is the lamp repaired?", "Will the lamp be repaired?", "When is the lamp repaired?"), "Lamp"),
        (("The key of the lamp is lost", "Lost the lamp", "The lamp and a lost glove"), "Lamp, lost"),
        (("The lamp never glows", "This lamp glows no more", "A lamp with little light"), "Lamp never glows"),
        (("La page affiche une erreur", "Ma page qui affiche erreur 502", "Cette page, blanche"), "Page"),
        (("The lamp flickers", "That lamp", "The lamp of the hall"), "Lamp"),
    ]
    assert [(texts, name(*texts)) for texts, _ in cases] == cases


def test_a_name_says_nothing() -> None:
    texts = ("The desk of Julie", "At the desk Julie was rude", "The desk: Julie rude", "Desk, Julie")
    assert "ulie" not in name(*texts)
