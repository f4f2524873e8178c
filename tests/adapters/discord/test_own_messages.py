"""The bot's own messages, of which the library makes nothing."""

from adapters.discord.connection.parsing import Parser, pass_over_own


def test_only_messages_of_others_reach_the_library() -> None:
    heard: list[str] = []
    parsers: dict[str, Parser] = {
        "MESSAGE_CREATE": lambda data: heard.append(data["content"]),
        "READY": lambda _: heard.append("ready"),
    }
    pass_over_own(parsers, lambda: 42)
    for author, content in (("42", "my answer"), ("7", "a question")):
        parsers["MESSAGE_CREATE"]({"author": {"id": author}, "content": content})
    parsers["READY"]({})
    assert heard == ["a question", "ready"]


def test_before_the_account_is_known_every_message_is_read() -> None:
    heard: list[str] = []
    parsers: dict[str, Parser] = {"MESSAGE_CREATE": lambda data: heard.append(data["content"])}
    pass_over_own(parsers, lambda: None)
    parsers["MESSAGE_CREATE"]({"author": {"id": "42"}, "content": "hello"})
    assert heard == ["hello"]
