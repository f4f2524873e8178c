"""What earlier versions stored is read under the names of today."""

import json
from dataclasses import asdict

import pytest

from bot.delivery.envelope import unseal
from bot.ports.adapter import Address
from bot.ports.codec import ReplyCodec
from bot.ports.reply import say
from storage.engine.keys import Keys
from storage.traffic.outbox import SEALED

KEYS = Keys(bytes(32))


def former(stored: dict[str, object], name: str, today: str) -> dict[str, object]:
    """What is stored, with an attribute under its former name."""
    return {name if one == today else one: value for one, value in stored.items()}


def test_a_stored_reply_still_edits_the_message_that_was_pressed() -> None:
    codec = ReplyCodec()
    stored = former(codec.dump(say("Done.")) | {"edits": True}, "instead", "edits")
    assert "instead" in stored
    assert codec.load(stored).edits


def test_a_stored_address_still_names_the_message_to_edit() -> None:
    stored = former(asdict(Address("1", True, "key", edits="7")), "replaces", "edits")
    assert unseal(KEYS, KEYS.seal(json.dumps(["bare", stored]).encode())) == (
        "bare",
        Address("1", True, "key", edits="7"),
    )


def test_a_sealed_reply_needs_its_key() -> None:
    sealed = ReplyCodec(KEYS).dump(say("Words"), sealed=True)
    assert ReplyCodec(KEYS).load(sealed) == say("Words")
    assert SEALED in ReplyCodec(KEYS).rewrite(sealed, say("Others"))
    with pytest.raises(ValueError, match="no key"):
        ReplyCodec().load(sealed)
