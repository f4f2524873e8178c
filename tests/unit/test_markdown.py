"""A reply as Markdown: words stay words, whatever they are."""

from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from bot.ports.markdown import markdown
from bot.ports.reply import Bullets, Button, Paragraph, Quote, Reply, Row, Strong, Title

WORDS = st.text(st.sampled_from("*_`<>[]()!#+-=1.)|~&@:\\ \n\ta"), min_size=1).filter(str.strip)

TAKE = Button("Take it", "take")


@given(WORDS)
@example("- a")
@example("12. a")
@example("+ a\n=")
def test_words_are_read_back_as_they_are(words: str) -> None:
    said = " ".join(words.split())
    blocks = (Paragraph(words), Quote(words, ""), Bullets((words,)), Row(words, TAKE), Title(words))
    for block in blocks:
        tokens = MarkdownIt("commonmark").parse(markdown(Reply((block,), private=False)))
        (inline,) = [token for token in tokens if token.type == "inline"]
        assert {child.type for child in inline.children or ()} <= {"text", "text_special"}
        assert "".join(child.content for child in inline.children or ()) == said


def test_its_parts_stand_apart_and_rows_in_one_list() -> None:
    rows = Row((Strong("Paying"), " · 14 people"), TAKE, 1), Row("Opening", TAKE, 2)
    reply = Reply((Title("Week"), *rows, Quote("Twice.", "#3")), private=False)
    assert markdown(reply) == "# Week\n\n1. **Paying** · 14 people\n2. Opening\n\n> Twice. \\#3\n"


def test_what_is_no_markup_is_left_as_it_is() -> None:
    reply = Reply((Paragraph("2-8 February"), Paragraph("Praise 6: as usual")), private=False)
    assert markdown(reply) == "2-8 February\n\nPraise 6: as usual\n"
