"""Knowledge in JSON Lines: one answer a line, bad lines named."""

from bot.knowledge.sources import Draft, Problem
from bot.knowledge.sources.jsonlines import parse

GOOD = '{"id": "hours", "phrasings": ["When?", "Hours?"], "answer": "9 to 5.", "language": "en"}'


def test_a_line_is_an_answer() -> None:
    assert list(parse(GOOD)) == [Draft("line 1", ("When?", "Hours?"), "9 to 5.", "hours", "en")]


def test_id_and_language_may_be_left_out() -> None:
    assert list(parse('{"phrasings": ["When?"], "answer": "Now."}')) == [Draft("line 1", ("When?",), "Now.")]


def test_a_number_is_an_id_too() -> None:
    [found] = parse('{"id": 7, "phrasings": ["When?"], "answer": "Now."}')
    assert isinstance(found, Draft)
    assert found.id == "7"


def test_half_a_character_is_replaced_and_nothing_breaks() -> None:
    [found] = parse('{"phrasings": ["Why \\ud83d?"], "answer": "So.\\u0000"}')
    assert found == Draft("line 1", ("Why ??",), "So.")


def test_a_bad_line_is_named_and_the_good_ones_are_kept() -> None:
    cases: list[tuple[str, str]] = [
        ("{broken", "is not a JSON object"),
        ("[" * 100_000, "is not a JSON object"),
        ('"a text"', "is not a JSON object"),
        ('{"answer": "Now."}', "“phrasings” must be a list of questions"),
        ('{"phrasings": "When?", "answer": "Now."}', "“phrasings” must be a list of questions"),
        ('{"phrasings": [], "answer": "Now."}', "“phrasings” must be a list of questions"),
        ('{"phrasings": [" "], "answer": "Now."}', "“phrasings” must be a list of questions"),
        ('{"phrasings": ["When?", 3], "answer": "Now."}', "“phrasings” must be a list of questions"),
        ('{"phrasings": ["When?"]}', "“answer” must be a text"),
        ('{"phrasings": ["When?"], "answer": " "}', "“answer” must be a text"),
        ('{"phrasings": ["When?"], "answer": "Now.", "id": true}', "“id” must be a text or a number"),
        ('{"phrasings": ["When?"], "answer": "Now.", "id": ""}', "“id” must be a text or a number"),
        ('{"phrasings": ["When?"], "answer": "Now.", "language": "English"}', "“language” must be a code"),
    ]
    for line, reason in cases:
        good, bad, after = parse(f"{GOOD}\n\n{line}\n{GOOD}\n")
        assert isinstance(bad, Problem), line
        assert bad.where == "line 3", line
        assert bad.reason.startswith(reason), line
        assert isinstance(good, Draft), line
        assert isinstance(after, Draft), line
