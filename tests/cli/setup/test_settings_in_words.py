"""What is wrong with a setting, said in words: no pattern is shown, and a near name is given in full."""

import re
from collections.abc import Iterator
from typing import Any, get_args

import pytest
from pydantic import BaseModel

from bot.errors import OperatorError
from bot.settings.config import PATTERN_MESSAGES, Settings, load


def patterns(model: type[BaseModel]) -> Iterator[str]:
    """Every pattern in the settings' tables."""
    for own in model.model_fields.values():
        yield from (part.pattern for part in own.metadata if getattr(part, "pattern", None))
        for part in (own.annotation, *get_args(own.annotation)):
            if isinstance(part, type) and issubclass(part, BaseModel):
                yield from patterns(part)


def refusal(**given: Any) -> str:
    with pytest.raises(OperatorError) as told:
        load(from_file=False, **given)
    return str(told.value)


def test_every_pattern_has_its_words_with_an_example_that_fits() -> None:
    found = list(patterns(Settings))
    assert len(found) >= 2
    for pattern in found:
        example = PATTERN_MESSAGES[pattern].rpartition("such as ")[2]
        assert re.fullmatch(pattern, example)


def test_what_does_not_fit_is_told_by_what_would() -> None:
    cases: list[tuple[dict[str, Any], str]] = [
        (
            {"telegram": {"api_url": "127.0.0.1:8081"}},
            "Setting telegram.api_url (PORTEVOIX_TELEGRAM__API_URL): must be an origin such as http://127.0.0.1:8081",
        ),
        ({"telegram": {"api_url": "http://127.0.0.1:8081/bot"}}, "must be an origin such as"),
        ({"telegram": {"api_url": "http://127.0.0.1:99999"}}, "must be an origin such as"),
        (
            {"telegram": {"webhook_listen": "8443"}},
            "Setting telegram.webhook_listen (PORTEVOIX_TELEGRAM__WEBHOOK_LISTEN): must be a host and a port such as ",
        ),
        (
            {"communities": [{"key": "La Place", "name": "La Place"}]},
            "Setting communities.0.key (PORTEVOIX_COMMUNITIES__0__KEY): must be 1 to 40 of a-z, 0-9 and -, such as ",
        ),
        ({"digests": [{"name": "A week"}]}, "digests.0.name (PORTEVOIX_DIGESTS__0__NAME): must be 1 to 40 of a-z"),
    ]
    for given, words in cases:
        said = refusal(**given)
        assert words in said, given
        assert "pattern" not in said, given


def test_a_host_and_a_port_are_taken() -> None:
    cases: list[str] = ["127.0.0.1:8443", ":8443", "0.0.0.0:1", "localhost:8443"]
    assert [
        listen
        for listen in cases
        if load(from_file=False, telegram={"webhook_listen": listen}).telegram.webhook_listen != listen
    ] == []


@pytest.mark.parametrize(
    ("variable", "meant"),
    [
        ("PORTEVOIX_TELEGRAM__TOKE", "PORTEVOIX_TELEGRAM__TOKEN"),
        ("PORTEVOIX_TELEGRM__TOKEN", "PORTEVOIX_TELEGRAM__TOKEN"),
        ("PORTEVOIX_TELEGRAM_TOKEN", "PORTEVOIX_TELEGRAM__TOKEN"),
        ("PORTEVOIX_WEB_PORT", "PORTEVOIX_WEB__PORT"),
        ("PORTEVOIX_DATABSE", "PORTEVOIX_DATABASE"),
        ("PORTEVOIX_COMMUNITIES__0__NAM", "PORTEVOIX_COMMUNITIES__0__NAME"),
    ],
)
def test_a_near_variable_is_named_in_full(monkeypatch: pytest.MonkeyPatch, variable: str, meant: str) -> None:
    monkeypatch.setenv(variable, "x")
    assert refusal() == f"Unknown setting {variable} in the environment. Did you mean {meant}?"


def test_a_near_key_of_the_file_is_named_in_full() -> None:
    cases: list[tuple[dict[str, Any], str]] = [
        ({"telegram": {"toke": "x"}}, "Unknown setting telegram.toke. Did you mean telegram.token?"),
        ({"digests": [{"huor": 8}]}, "Unknown setting digests.0.huor. Did you mean digests.0.hour?"),
        ({"web": {"qqq": 1}}, "Unknown setting web.qqq. Known here: port."),
    ]
    assert [(given, refusal(**given)) for given, _ in cases] == cases
