"""Complaints about a moderator or the team, told from words that merely address them."""

from bot.recognition.subject import Subject, SubjectTables, subject
from tests.unit.recognition.tables import read_rows

NAMES = ["Karim", "Sophie Martin", "zed_42"]
HALVES = ["subject_tuning", "subject_held_out"]


def test_complaints_about_the_team_are_told(subject_tables: SubjectTables) -> None:
    for half in HALVES:
        rows = [row for row in read_rows(half) if row["label"] == "about"]
        missed = [row["text"] for row in rows if not subject(row["text"], subject_tables, NAMES).is_team]
        assert len(missed) <= 0.05 * len(rows), len(missed)


def test_other_words_are_not(subject_tables: SubjectTables) -> None:
    for half in HALVES:
        rows = [row for row in read_rows(half) if row["label"] == "other"]
        wrong = [row["text"] for row in rows if subject(row["text"], subject_tables, NAMES).is_team]
        assert len(wrong) <= 0.05 * len(rows), len(wrong)


def test_the_names_in_a_text_are_found(subject_tables: SubjectTables) -> None:
    for half in HALVES:
        for row in read_rows(half):
            assert ",".join(subject(row["text"], subject_tables, NAMES).names) == row["names"], row["text"]


def test_a_name_is_a_whole_word_whatever_its_case_and_accents(subject_tables: SubjectTables) -> None:
    assert subject("@lea m'a insultée", subject_tables, ["Léa"]) == Subject(is_team=True, names=("Léa",))
    assert subject("cette planea m'a insultée", subject_tables, ["Léa"]).names == ()


def test_without_its_name_nobody_is_recognised(subject_tables: SubjectTables) -> None:
    assert subject("Karim insulted me", subject_tables) == Subject(is_team=False, names=())


def test_a_name_within_a_longer_one_is_found_too(subject_tables: SubjectTables) -> None:
    assert subject("Sophie Martin insulted me", subject_tables, ["Sophie", "Sophie Martin"]) == Subject(
        is_team=True, names=("Sophie", "Sophie Martin")
    )


def test_a_name_without_a_letter_is_never_found(subject_tables: SubjectTables) -> None:
    assert subject("hello 👋", subject_tables, ["👋", ""]).names == ()


def test_what_moderators_do_to_people_is_a_complaint_unless_it_is_asked_for(subject_tables: SubjectTables) -> None:
    cases: list[tuple[str, bool]] = [
        ("Your moderator Zoltan deletes every message", True),
        ("the mods delete everything I write", True),
        ("One of your mods keeps deleting what I post", True),
        ("Un de vos modérateurs efface tout ce que j'écris", True),
        ("Le modo supprime chaque message que je poste", True),
        ("One moderator shares private messages of members", True),
        ("My complaint is about one of your moderators", True),
        ("Le modérateur m'envoie des messages la nuit", True),
        ("Les modos s'acharnent sur moi", True),
        ("I'd like to thank the moderator who helped me", False),
        ("The moderators delete all the spam, thanks", False),
        ("Can moderators remove what I posted by mistake?", False),
        ("Please ask a moderator to delete everything about me", False),
        ("Un modérateur peut-il supprimer tous les doublons ?", False),
    ]
    assert [(text, subject(text, subject_tables).is_team) for text, _ in cases] == cases


def test_a_problem_that_mentions_a_moderator_is_about_them(subject_tables: SubjectTables) -> None:
    cases: list[tuple[str, float, float]] = [("about", 0.95, 1), ("other", 0, 0.05)]
    for label, least, most in cases:
        rows = [row["text"] for row in read_rows("subject_problems") if row["label"] == label]
        assert least <= sum(subject(text, subject_tables, problem=True).is_team for text in rows) / len(rows) <= most, (
            label
        )


def test_a_suggestion_may_mention_one(subject_tables: SubjectTables) -> None:
    assert not subject("Another moderator would help on Sundays", subject_tables).is_team
