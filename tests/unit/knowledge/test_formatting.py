"""The team's Markdown as blocks: what it means is kept, what it cannot mean here stays words."""

from bot.knowledge.formatting import formatted
from bot.ports.reply import Block, Bullets, Code, Emphasis, Line, Link, Listing, Paragraph, Strong, flat

BASE = "https://example.org/help/shop.md"


def line(text: str, base: str = "") -> Line:
    """The one line a text makes."""
    (block,) = formatted(text, base)
    assert isinstance(block, Paragraph)
    return block.text


def test_what_a_line_says() -> None:
    cases: list[tuple[str, Line]] = [
        ("From nine to noon.", "From nine to noon."),
        ("**Never** on Sunday", (Strong("Never"), " on Sunday")),
        ("*Perhaps* at noon", (Emphasis("Perhaps"), " at noon")),
        ("Type `make run`.", ("Type ", Code("make run"), ".")),
        ("See [the list](https://example.org/a).", ("See ", Link("the list", "https://example.org/a"), ".")),
        ("[**Bold** link](https://example.org/)", (Link("Bold link", "https://example.org/"),)),
        ("![A map](https://example.org/map.png)", (Link("A map", "https://example.org/map.png"),)),
        ("![](https://example.org/map.png)", (Link("map.png", "https://example.org/map.png"),)),
        ("Write to [us](mailto:hello@example.org)", "Write to us (hello@example.org)"),
        ("<b>Never</b> at<br>night", (Strong("Never"), " at\nnight")),
        ('See <a href="https://example.org/">here</a>', ("See ", Link("here", "https://example.org/"))),
        ("Type <your name> & press", "Type <your name> & press"),
        ("Kept <!-- hidden --> here", "Kept  here"),
        ("5 * 4 * 3 and snake_case_name", "5 * 4 * 3 and snake_case_name"),
        ("## Heading", (Strong("Heading"),)),
        ("Monday: 9-12\nTuesday: closed", "Monday: 9-12\nTuesday: closed"),
        ("Until ~~five~~ six", "Until  six"),
        ("> What a team quotes", "What a team quotes"),
        ("    four spaces", "four spaces"),
    ]
    assert [(text, line(text)) for text, _ in cases] == cases


def test_a_line_an_editor_wrapped_goes_on() -> None:
    wrapped = "This line goes on for as long as the editor of whoever wrote it\nlets lines be."
    assert line(wrapped) == wrapped.replace("\n", " ")


def test_a_link_that_leads_nowhere_is_words() -> None:
    cases: list[str] = ["shop.md#hours", "/about", "#hours", "../x y.html", "javascript:alert(1)", "//"]
    assert [url for url in cases if line(f"See [the hours](<{url}>).") != "See the hours."] == []


def test_relative_links_and_pictures_lead_to_where_the_text_was_read() -> None:
    assert line("[hours](hours.md)", BASE) == (Link("hours", "https://example.org/help/hours.md"),)
    assert line("![map](/map.png)", BASE) == (Link("map", "https://example.org/map.png"),)
    assert line("[x](javascript:alert)", BASE) == "x"
    assert line("![a map](map.png)") == "a map"


def test_lists() -> None:
    assert formatted("- one\n- **two**") == (Bullets(("one", (Strong("two"),))),)
    assert formatted("1. one\n2. two") == (Bullets(("one", "two"), numbered=True),)
    assert formatted("3. three\n4. four") == (Paragraph("3. three"), Paragraph("4. four"))
    assert formatted("1. one\n   - a\n   - b") == (Bullets(("one\n– a\n– b",), numbered=True),)


def test_code() -> None:
    assert formatted("Run:\n\n```sh\nmake *run*\n```") == (Paragraph("Run:"), Listing("make *run*"))


def test_tables_are_lines() -> None:
    two = "| Day | Hours |\n|---|---|\n| Monday | 9-12 |\n| Sunday | |"
    assert formatted(two) == (Bullets(((Strong("Monday"), ": 9-12"), (Strong("Sunday"),))),)
    three = "| Day | Hours | Where |\n|---|---|---|\n| Monday | 9-12 | `A1` |"
    assert formatted(three) == (Bullets(((Strong("Monday"), " · Hours: 9-12 · Where: ", Code("A1")),)),)


def test_nothing_is_lost_for_good() -> None:
    cases: list[str] = ["", "---", "[a]: https://example.org", "![](x.png)", "*" * 5000, "[" * 5000]
    assert [text for text in cases if not formatted(text)] == []


def test_each_block_is_shown() -> None:
    found: tuple[Block, ...] = formatted("# A\n\nb\n\n- c\n\n<details><summary>d</summary>e</details>\n")
    words = [flat(block.text) for block in found if isinstance(block, Paragraph)]
    assert words == ["A", "b", "d\ne"]
