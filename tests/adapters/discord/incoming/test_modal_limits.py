"""Every form that a command may open, in every language: Discord takes it."""

import pytest
from simcord.components import validate_modal

from adapters.discord.incoming.modals import modal
from bot.catalogue import registry
from bot.core import Core


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_form_is_taken(core: Core, language: str) -> None:
    speech = core.languages.speech(language)
    for command in registry().commands:
        for areas in ((), ("Help", "a" * 120), tuple(f"Area {number}" for number in range(40))):
            for fields in ((), *((one.name,) for one in command.parameters)):
                made = modal(command, fields, speech, areas, prompt="9" * 19)
                if made.children:
                    validate_modal(made.to_dict())
