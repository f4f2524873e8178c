"""What the members of the golden weeks say, in both languages."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """One community's words; the texts of an area belong together."""

    areas: Mapping[str, tuple[str, ...]]
    small: tuple[str, ...]
    praise: tuple[str, ...]
    questions: tuple[str, ...]
    payments: tuple[str, ...]
    entrance: tuple[str, ...]
    reason: str


WORDS: Mapping[str, Words] = {
    "en": Words(
        areas={
            "Pick-up points": (
                "Third time I walk there for nothing.",
                "The pick-up point on Mill Street has been gone since January, and the page still shows it.",
                "It was closed at five although the sign says seven.",
            ),
            "Opening hours": (
                "I work Monday to Friday: could there be one Saturday a month?",
                "Even one Saturday a month would help.",
            ),
            "Volunteers": ("I learn my shift the night before.", "A calendar everybody can see would help."),
        },
        small=(
            "The form forgets my address.",
            "The side door sticks.",
            "The reminder came twice.",
            "The list on the wall is last month's.",
        ),
        praise=("A reminder within ten minutes, thank you!", "Maya found a solution on the spot."),
        questions=("Can I give frozen food?", "How do I change the pick-up point after ordering?"),
        payments=(
            "I cannot pay: the payment page says error 502.",
            "Payment fails with error 502 since this morning.",
            "Error 502 when I want to pay.",
            "The payment does not go through, error 502 again.",
            "I have tried to pay four times: error 502.",
            "My card payment ends with error 502.",
        ),
        entrance=(
            "The code for the entrance door is refused.",
            "The entrance door refuses my code.",
            "My code no longer opens the entrance door.",
            "Entrance door: the code is wrong all day.",
        ),
        reason="No volunteers to work it. Review in September.",
    ),
    "fr": Words(
        areas={
            "Points relais": (
                "Trois fois que je me déplace pour rien.",
                "Le relais de la rue du Moulin n'existe plus depuis janvier, et la page l'affiche toujours.",
                "Fermé à cinq heures alors que le panneau dit sept.",
            ),
            "Horaires": (
                "Je travaille du lundi au vendredi : un samedi par mois serait-il possible ?",
                "Même un samedi par mois aiderait.",
            ),
            "Bénévoles": ("J'apprends mon créneau la veille au soir.", "Un calendrier visible par tous aiderait."),
        },
        small=(
            "Le formulaire oublie mon adresse.",
            "La porte de côté coince.",
            "Le rappel est arrivé deux fois.",
            "La liste au mur date du mois dernier.",
        ),
        praise=("Rappel en dix minutes, merci !", "Maya a trouvé une solution tout de suite."),
        questions=("Puis-je donner des surgelés ?", "Comment changer de relais après l'achat ?"),
        payments=(
            "Impossible de payer : la page de paiement affiche erreur 502.",
            "Le paiement échoue avec l'erreur 502 depuis ce matin.",
            "Erreur 502 au moment de payer.",
            "Le paiement ne passe pas, encore l'erreur 502.",
            "Quatre essais pour payer : erreur 502.",
            "Mon paiement par carte finit en erreur 502.",
        ),
        entrance=(
            "Le code de la porte d'entrée est refusé.",
            "La porte d'entrée refuse mon code.",
            "Mon code n'ouvre plus la porte d'entrée.",
            "Porte d'entrée : le code est faux toute la journée.",
        ),
        reason="Pas de volontaires ce jour-là. À revoir en septembre.",
    ),
}

LONG = (
    "👩‍👩‍👧‍👦 Every week I come with the children, and every week the door that was open is closed, the list is not "
    "the one on the page, and nobody can say who to ask. "
) * 10
