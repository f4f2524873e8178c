import re
from collections.abc import Callable

import pytest
from hypothesis import example, given

from adapters.discord.names import token_of
from adapters.discord.outgoing.drawing.render import ALT, LABEL, POINTER, Key, Outgoing, Picture, render
from bot.core import Core
from bot.ports.inbound import Role
from bot.ports.plain import plain
from bot.ports.reply import Ask, Block, Bullets, Button, Buttons, Fields, Image, Paragraph, Quote, Reply, Strong, Title
from tests.adapters.discord.markdown import SERVER, kinds, shown, strong
from tests.adapters.discord.words import FAMILY, JOINER, MARKUP, STEADY, TEXTS, contents, only, words
from tests.clock import StillClock
from tests.golden.diary import MONDAY, Diary, calm_week, far_too_much, full_week
from tests.golden.words import WORDS
from tests.stage import BareStage, Person

PNG = b"\x89PNG"
PLAIN = "See #12 on 4/3 at 9.30, 24/7: 3.5 kg at 5 $ - 10 % off; call +33 1 23 45 67 89 (yes / no)... “a”"


@STEADY
@given(TEXTS)
@example("".join(f"{one}\n {one} x{one}{one}" for one in MARKUP))
@example("\n".join(MARKUP) * 10)
@example("x" * 1997 + "# big https://evil.org @everyone")
def test_nothing_a_member_wrote_comes_alive(text: str) -> None:
    looks: list[tuple[Block, str]] = [(Quote(text), "quote"), (Bullets((text,)), "item"), (Title(text), "heading")]
    for block, look in (*looks, (Title(text, 2), "strong"), (Fields((("Area", text),)), "strong")):
        for content in contents(block):
            assert kinds(content) <= {look}
            assert not SERVER.search(content)


@STEADY
@given(TEXTS)
def test_nothing_but_a_link_comes_alive_in_the_bots_own_words(text: str) -> None:
    for block in (Paragraph(text), Ask("suggest", ("text",), text), Quote("", text)):
        for content in contents(block):
            assert kinds(content) <= {"link", "quote"}


def test_what_a_member_typed_is_read_as_typed() -> None:
    for text in (text for typed in MARKUP for text in (typed, f"a {typed} b", f"a\n{typed}")):
        content = only(Quote(text)).content
        assert shown(content).replace(JOINER, "") == text.rstrip()
        assert kinds(content) == {"quote"}, text
        assert not SERVER.search(content), text


def test_what_is_not_alive_is_left_as_it_was() -> None:
    assert only(Quote(PLAIN)).content == f"> {PLAIN}"


def test_a_call_to_everyone_is_broken_for_the_server_too() -> None:
    content = only(Quote("@everyone @here and <@123>, not @Here")).content
    assert content == f"> @{JOINER}everyone @{JOINER}here and \\<\\@123>, not \\@Here"


def test_the_bots_own_links_work_without_a_preview_and_its_signs_are_only_signs() -> None:
    message = only(Paragraph(("/status ", Strong("#12"), " or https://example.org/a_b?c#d. *Now*, help@example.org")))
    assert message.content == "/status **#12** or <https://example.org/a_b?c#d>. \\*Now\\*, help\\@example.org"


def test_a_link_in_strong_words_leaves_them_strong() -> None:
    content = only(Paragraph((Strong("https://example.org/a**b** _c_"),))).content
    assert strong(content) == [shown(content)] == ["https://example.org/a**b** _c_"]


def test_strong_words_side_by_side_are_strong_together() -> None:
    content = only(Paragraph((Strong("a"), "", Strong("*b*"), "c"))).content
    assert strong(content) == ["a*b*"]
    assert shown(content) == "a*b*c"


def test_marks_that_meet_at_a_seam_are_escaped_as_one_text() -> None:
    assert kinds(only(Bullets(((":smi", "le:", " ht", "tps", "://evil.org"),))).content) == {"item"}


def test_each_block_has_its_look() -> None:
    message = only(
        Title("Your week"),
        Paragraph("2-8 March"),
        Title("To decide", 2),
        Bullets((("", Strong("#31"), " Saturdays\n- and Sundays"), "Rota")),
        Quote("One a month\n\nwould help.\n", "#58"),
        Fields((("Status", (Strong("received"),)), ("From", "Inès"))),
    )
    assert message.content == (
        "## Your week\n2-8 March\n\n**To decide**\n- **#31** Saturdays\n  \\- and Sundays\n- Rota\n"
        "> One a month\n> \n> would help. #58\n**Status** **received**\n**From** Inès"
    )


def test_whatever_ends_a_line_the_next_one_is_quoted_too() -> None:
    assert only(Quote("a\r\n# b\rc\u2028- d\x0be\x85f")).content == "> a\n> \\# b\n> c\n> \\- d\n> e\n> f"


def test_a_title_of_two_lines_is_a_title_in_both() -> None:
    assert only(Title("a\nb"), Title("c\nd", 2)).content == "## a\n## b\n\n**c**\n**d**"


def test_a_section_that_opens_a_message_has_no_empty_line_before() -> None:
    assert only(Title("Loop", 2)).content == "**Loop**"


async def test_a_receipt_is_one_message_with_a_row_of_buttons(stage: BareStage) -> None:
    reply = await stage.do(Person(stage, "Inès"), text="/suggest Open on Saturdays")
    assert reply
    message = only(*reply.blocks)
    assert message.content == (
        "Got it: suggestion **#1**.\nEveryone can see it, with your name.\n"
        "Read by: Delivery team.\nThe decision will come here; /status 1 any time."
    )
    assert [[key.label for key in row] for row in message.rows] == [
        ["Edit", "Withdraw", "Team only", "Without my name", "Area"],
        ["Happy to talk about it"],
    ]


async def test_what_a_button_carries_is_its_token_and_fits(stage: BareStage) -> None:
    reply = await stage.do(Person(stage, "Инес"), text="/suggest Открыть в субботу 🙂 " + "щ" * 100)
    assert reply
    buttons = [button for block in reply.blocks if isinstance(block, Buttons) for button in block.buttons]
    sent = [key.custom_id for row in only(*reply.blocks).rows for key in row]
    assert [token_of(data) for data in sent] == [button.token for button in buttons]
    assert all(len(data) <= 100 for data in sent)


async def test_a_digest_is_one_message_with_its_picture_and_buttons(stage: BareStage) -> None:
    await stage.do(Person(stage, "Inès"), text="/suggest *Open* on Saturdays: discord.gg/evil")
    reply = await stage.do(Person(stage, "alex", Role.STAFF), text="/digest")
    assert reply
    message = only(Image(PNG, "Problems a week"), *reply.blocks)
    assert message.content.startswith("## Your week · Plaza\n")
    assert "\n\n**To decide**\n**#1** \\*Open\\* on Saturdays: discord\\.gg/evil" in message.content
    assert message.files == (Picture("picture-1.png", PNG, "Problems a week"),)
    assert message.rows


@pytest.mark.parametrize("past", [full_week, calm_week, far_too_much])
async def test_a_golden_week_fits_one_message_and_reads_as_it_was_written(
    stage: BareStage, core: Core, clock: StillClock, past: Callable[[Diary], None]
) -> None:
    await core.store.write(lambda session: past(Diary(session, core, WORDS["en"])))
    clock.time = MONDAY
    reply = await stage.do(Person(stage, "alex", Role.STAFF), text="/digest")
    assert reply
    message = only(*reply.blocks)
    written = re.sub(r"(?m)^(• |\d\. |> )", "", plain(reply, buttons=False))
    assert words(shown(message.content)) == words(written)
    assert kinds(message.content) <= {"heading", "strong", "item", "quote"}


def test_pictures_come_with_the_last_part_and_their_words_fit() -> None:
    first, last = render(Reply((Image(PNG, "🙂 problem " * 300), Paragraph("word " * 500), Image(PNG, "Two"))))
    assert not first.files
    assert [picture.name for picture in last.files] == ["picture-1.png", "picture-2.png"]
    assert 1000 < len(last.files[0].alt) <= ALT
    assert last.files[0].alt.endswith((" problem…", "🙂…"))


def test_pictures_alone_need_no_words_and_eleven_need_a_second_message() -> None:
    first, second = render(Reply((Image(PNG, "a"),) * 11))
    assert (first.content, len(first.files)) == ("", 10)
    assert (second.content, len(second.files)) == ("", 1)


def test_buttons_alone_stand_under_a_pointer() -> None:
    buttons = Buttons((Button("Decide", token="t"),))
    assert only(buttons) == Outgoing(POINTER, rows=((Key("Decide", "pv:t"),),))
    assert render(Reply((buttons,)), "Choose:")[0].content == "Choose:"


def test_each_block_of_buttons_begins_a_row_of_at_most_five() -> None:
    blocks = [Buttons(tuple(Button(f"{block}{place}", token="t") for place in range(7))) for block in "ab"]
    assert [len(row) for row in only(*blocks).rows] == [5, 2, 5, 2]


def test_more_rows_than_a_message_takes_are_filled_up_and_the_rest_comes_after() -> None:
    blocks = [Buttons((Button("x", token="t"),) * 2) for _ in range(15)]
    first, second = render(Reply((Paragraph("Which?"), *blocks)))
    assert [len(row) for row in first.rows] == [5] * 5
    assert (second.content, [len(row) for row in second.rows]) == (POINTER, [5])


def test_a_label_fits_and_is_never_empty() -> None:
    labels = ["Изменить 🙂 " * 9, FAMILY * 20, "日本語" * 40, " "]
    (row,) = only(Buttons(tuple(Button(label, token="t") for label in labels))).rows
    assert all(0 < len(key.label) <= LABEL for key in row)
    assert [key.label[-1] for key in row] == ["…", "…", "…", POINTER]


def test_a_question_is_on_the_last_message_beside_its_buttons() -> None:
    ask = Ask("queue", ("reason",), "Why? Everyone concerned will read it.", "7", choices=(Button("Idea", token="a"),))
    message = only(Paragraph("#12 is not planned."), ask, Buttons((Button("No volunteers", token="t"),)))
    assert message.content == "#12 is not planned.\nWhy? Everyone concerned will read it."
    assert message.question is ask
    assert message.rows == ((Key("Idea", "pv:choice:a"),), (Key("No volunteers", "pv:t"),))


def test_a_question_without_words_is_a_pointer() -> None:
    ask = Ask("suggest", ("text",), "")
    assert only(ask) == Outgoing(POINTER, question=ask)


def test_a_photo_is_named_as_one() -> None:
    assert only(Image(b"\xff\xd8\xff", "A ramp", "image/jpeg")).files == (
        Picture("picture-1.jpg", b"\xff\xd8\xff", "A ramp"),
    )
