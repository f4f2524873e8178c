"""Habits of spreadsheets, forms and portals that cost ideas, words or votes: each is read as its author meant it."""

from bot.transfer.incoming.rows import Row
from tests.transfer.incoming.desk import Desk


def read(desk: Desk, content: str | bytes) -> list[tuple[str, int | None]]:
    """The words and the support of each row; a row that cannot be read fails."""
    found = desk.rows(content)
    assert all(isinstance(one, Row) for one in found), found
    return [(one.text, one.support) for one in found if isinstance(one, Row)]


def test_a_column_is_known_by_what_its_title_says_in_more_words(desk: Desk) -> None:
    cases: list[str] = [
        '"Titre\nde l\'idée","Nombre\nde votes (total)"\nA bench,3\n',
        "Proposal title,Num supports\nA bench,3\n",
        "petition_title,signature_count\nA bench,3\n",
        "Card Name;Total votes;List Name\nA bench;3;Open\n",
        "topicTitle\tlikeCount\nA bench\t3\n",
        "Timestamp,What would you suggest?,Votes\n4/5/2026 14:05:10,A bench,3\n",
        "Horodateur;Quelle est votre idée ?;Votre nom (facultatif);Votes\n25/04/2026 14:05:10;A bench;Ada;3\n",
    ]
    assert [content for content in cases if read(desk, content) != [("A bench", 3)]] == []


def test_no_column_of_words_is_lost(desk: Desk) -> None:
    cases: list[tuple[str, str]] = [
        ("name,author,body\nA good bench,Ada,By the pond\n", "A good bench\n\nBy the pond"),
        ("name,author,body\nMs. Ada,Ada,By the pond\n", "By the pond"),
        ("idea,description,votes\nA bench,By the pond,3\n", "A bench\n\nBy the pond"),
        ("title,summary,description\nA bench,For two,By the pond\n", "A bench\n\nFor two\n\nBy the pond"),
        ("title,summary,description\nA bench,For two,\n", "A bench\n\nFor two"),
        ("summary,description\nA bench,By the pond\n", "A bench\n\nBy the pond"),
    ]
    for content, words in cases:
        [row] = desk.rows(content)
        assert isinstance(row, Row), content
        assert row.text == words, content


def test_the_titles_may_stand_below_other_lines(desk: Desk) -> None:
    cases: list[str] = [
        "Ideas of the plaza, exported on 3 April 2026\n\nCommunity: Plaza\n",
        "Idées;;\r\n;;\r\nLe 03/04/2026;;\r\n",
        "A\n",
    ]
    for lead in cases:
        separator = ";" if ";" in lead else ","
        content = lead + f"title,votes,status\nA bench,3,Open\nA tap,{'x'},Open\n".replace(",", separator)
        found = desk.rows(content)
        assert [one.text for one in found if isinstance(one, Row)] == ["A bench", "A tap"], lead


def test_rows_below_such_lines_keep_their_line(desk: Desk) -> None:
    found = desk.rows("The ideas of April\n\ntitle,date\nA bench,never\n")
    assert [str(one).split(":")[0] for one in found] == ["line 4"]


def test_what_is_left_of_a_row_that_cannot_be_read_is_no_idea(desk: Desk) -> None:
    found = desk.rows('id,title,body,votes\n1,A bench,"She said "hello, all" and\nleft, early",3\n2,A tap,fine,4\n')
    assert [one.text for one in found if isinstance(one, Row)] == ["A tap\n\nfine"]
    [broken, rest] = [str(one) for one in found if not isinstance(one, Row)]
    assert broken.startswith("line 2: cannot be read as CSV")
    assert rest == "line 3: has 3 cells for 4 columns: it seems to be the rest of the row before"


def test_quotation_marks_are_letters_where_tabs_separate_and_nothing_is_quoted(desk: Desk) -> None:
    content = 'id\ttitle\tvotes\n1\t"Soft" chairs\t3\n2\tA "hard" one\t4\n'
    assert read(desk, content) == [('"Soft" chairs', 3), ('A "hard" one', 4)]


def test_words_of_a_page_come_as_words(desk: Desk) -> None:
    cases: list[tuple[str, str]] = [
        ("<p>By the <b>pond</b>.</p><p>Thanks &amp; bye</p>", "By the pond.\n\nThanks & bye"),
        ("One<br />two<br/>three", "One\ntwo\nthree"),
        ("<ul><li>one</li><li>two</li></ul>", "one\ntwo"),
        ("if a<b and c>d, see <name>", "if a<b and c>d, see <name>"),
    ]
    assert [(cell, words) for cell, words in cases if read(desk, f'text,votes\n"{cell}",3\n') != [(words, 3)]] == []


async def test_one_id_given_to_two_ideas_loses_neither(desk: Desk) -> None:
    content = "id,title,votes\n1,A bench by the pond,3\n1,Longer hours on Sundays,4\n1,A bench by the pond,5\n"
    for _ in range(2):
        await desk.brings(content)
        assert [(item.text, item.support) for item in await desk.items()] == [
            ("A bench by the pond", 5),
            ("Longer hours on Sundays", 4),
        ]
