"""A mistake of spelling is corrected; anything else changes what is said."""

from hypothesis import given
from hypothesis import strategies as st

from bot.language.text.comparison.correction import is_correction

CORRECTIONS = """
open on sundays | Open on Sundays.
Open  on\tSundays | Open on Sundays
We recieve letters late | We receive letters late
Wiht more light please | With more light please
The adress is wrong on the letter | The address is wrong on the letter
Please change the calender | Please change the calendar
The goverment office is far away | The government office is far away
Seperate bins for glass | Separate bins for glass
The libary needs a lamp | The library needs a lamp
More benches in the parck garden, thier wood is old | More benches in the parck garden, their wood is old
It doesnt ring | It doesn't ring
Ouvrir le dimanche a midi | Ouvrir le dimanche à midi.
L'acceuil est froid | L’accueil est froid
Un developement plus rapide du site | Un développement plus rapide du site
Il faudrait des langauges simples pour le formulaire | Il faudrait des languages simples pour le formulaire
Le formulaire est trop compliqe pour moi | Le formulaire est trop complique pour moi
« Une rampe » a l'entree | Une rampe à l'entrée
Des adresses en double dans le courier | Des adresses en double dans le courrier
A second till on Saturdays; the queue is long | A second till on Saturdays: the queue is long
Open the garden definately earlier in summer | Open the garden definitely earlier in summer
""".strip().splitlines()

CHANGES = """
Open on Sundays | Closed on Sundays
Open on Sundays | Open on Mondays
Open on Sundays | Do not open on Sundays
Open on Sundays | Open on Sundays and at night
Open at 9 | Open at 8
Open at 9 | Open at 19
Pay 5 € | Pay 5 $
Degrees below -5 | Degrees below 5
A queue of <5 people | A queue of >5 people
We like it 👍 | We like it 👎
Hire more staff | Fire more staff
It is possible | It is impossible
Useful for us all | Useless for us all
Increase the fee | Decrease the fee
Include the children | Exclude the children
Open on Tuesday | Open on Thursday
Thank Marie for it | Thank Maria for it
Pay employees more | Pay employers more
Live music | Love music
I want it | I wont it
They can come | They cant come
Meet before noon | Meet befor noon
Dogs before cats | Cats before dogs
Close it. | Close it?
More legal advice | More illegal advice
More light | Less light
A lamp | Two lamps
Ouvrir le dimanche | Fermer le dimanche
Il faut plus de bancs | Il ne faut plus de bancs
Plus de bruit | Pas de bruit
C'est utile | C'est inutile
Pour les membres | Contre les membres
Lundi à midi | Mardi à midi
Avec un rendez-vous | Sans un rendez-vous
Toujours ouvert | Jamais ouvert
Une salle payante | Une salle gratuite
Merci à Karim pour tout | Merci à Karima pour tout
Augmenter la cotisation de 10 % | Augmenter la cotisation de 10
Un accès pour tous | Un accès pour fous
Every one | Everyone
""".strip().splitlines()


def pairs(table: list[str]) -> list[tuple[str, ...]]:
    return [tuple(part.strip() for part in row.split(" | ")) for row in table]


def test_a_slip_is_a_correction_either_way() -> None:
    for before, after in pairs(CORRECTIONS):
        assert is_correction(before, after), (before, after)
        assert is_correction(after, before), (before, after)


def test_another_meaning_is_none() -> None:
    for before, after in pairs(CHANGES):
        assert not is_correction(before, after), (before, after)
        assert not is_correction(after, before), (before, after)


def test_a_text_cannot_be_corrected_into_another_word_by_word() -> None:
    assert not is_correction("recieve thier freind", "receive their friend")


@given(st.text(), st.text())
def test_any_two_texts_can_be_compared_in_either_order(before: str, after: str) -> None:
    assert is_correction(before, after) == is_correction(after, before)


@given(st.text())
def test_a_text_is_a_correction_of_itself(text: str) -> None:
    assert is_correction(text, text)
