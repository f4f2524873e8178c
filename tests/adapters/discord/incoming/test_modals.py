"""A question longer than a form's title stands whole in the form."""

import pytest

from adapters.discord.incoming.modals import LONGEST_LABEL, modal, read_fields
from bot.catalogue import registry
from bot.core import Core

LONG = "Pourquoi ? Toutes les personnes qui suivent ce retour liront la réponse *telle quelle*."


@pytest.mark.parametrize(("asks", "whole"), [(LONG, True), ("Why?", False)])
def test_a_question_is_shown_whole(core: Core, asks: str, whole: bool) -> None:
    command, speech = registry().command("queue"), core.languages.speech("fr")
    made = modal(command, ("reason",), speech, (), asks=asks).to_dict()
    shown = [one["content"] for one in made["components"] if one["type"] == 10]
    assert len(made["title"]) <= LONGEST_LABEL
    assert shown == ([LONG.replace("*", "\\*")] if whole else [])
    assert len(made["components"]) <= 5


def test_a_form_with_such_a_question_is_read_as_any_other() -> None:
    sent = {
        "components": [
            {"type": 10, "id": 1},
            {"type": 18, "component": {"type": 4, "custom_id": "reason", "value": "Too costly."}},
        ]
    }
    assert read_fields(sent) == {"reason": "Too costly."}


def test_new_feedback_has_its_usual_audience_ready(core: Core) -> None:
    made = modal(registry().command("problem"), (), core.languages.speech("en"), ("Help",)).to_dict()
    fields = {one["component"]["custom_id"]: one["component"] for one in made["components"]}
    assert [(one["value"], bool(one["description"])) for one in fields["audience"]["options"] if one["default"]] == [
        ("team", True)
    ]
    assert all(one["default"] in (True, False) for one in fields["name"]["options"])
