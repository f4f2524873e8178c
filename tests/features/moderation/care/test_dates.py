"""A day to come, as people write it in both languages."""

from datetime import date

from bot.features.moderation.care.dates import read

WEDNESDAY = date(2026, 3, 4)
READ = {
    "friday": "2026-03-06",
    "Friday!": "2026-03-06",
    "by friday": "2026-03-06",
    "vendredi prochain": "2026-03-06",
    "mercredi": "2026-03-11",
    "mar.": "2026-03-10",
    "today": "2026-03-04",
    "aujourd’hui": "2026-03-04",
    "demain": "2026-03-05",
    "après-demain": "2026-03-06",
    "in two weeks": "2026-03-18",
    "dans 15 jours": "2026-03-19",
    "d'ici un mois": "2026-04-04",
    "next week": "2026-03-11",
    "le mois prochain": "2026-04-04",
    "fin du mois": "2026-03-31",
    "end of the week": "2026-03-06",
    "4 December": "2026-12-04",
    "Dec 4th, 2027": "2027-12-04",
    "le 1er mai": "2026-05-01",
    "4 mars": "2026-03-04",
    "3 March": "2027-03-03",
    "29 février": "2028-02-29",
    "04/12": "2026-12-04",
    "04.12.2027": "2027-12-04",
    "2026-12-04": "2026-12-04",
}


NONE = ("", "yesterday", "hier", "2026-03-03", "31 février", "13/13", "in a while", "in x days", "12", "3 March 2026")


def test_a_day_is_read_and_what_is_no_day_to_come_is_none() -> None:
    assert {text: str(read(text, WEDNESDAY)) for text in READ} == READ
    assert {text: read(text, WEDNESDAY) for text in NONE} == dict.fromkeys(NONE)
