"""What people do with the bot: acknowledged once within 3 s, followed up within 15 min."""

from enum import IntEnum

from tests.sockets.fakes.discord.journal import Call
from tests.sockets.fakes.discord.rest import checks, messages, refusals
from tests.sockets.fakes.discord.rest.refusals import Form
from tests.sockets.fakes.discord.world import BOT, EPHEMERAL, JSON, LOADING, Interaction, World

LAST = 900.0
"""Seconds for all answers after the first."""
SLASH, PRESS, AUTOCOMPLETE, SUBMIT = 2, 3, 4, 5


class Answer(IntEnum):
    """The types of callbacks."""

    MESSAGE = 4
    DEFER = 5
    DEFER_UPDATE = 6
    UPDATE = 7
    CHOICES = 8
    MODAL = 9


UPDATES = {Answer.DEFER_UPDATE, Answer.UPDATE}
FITTING = {
    SLASH: {Answer.MESSAGE, Answer.DEFER, Answer.MODAL},
    PRESS: {Answer.MESSAGE, Answer.DEFER, Answer.MODAL} | UPDATES,
    AUTOCOMPLETE: {Answer.CHOICES},
    SUBMIT: {Answer.MESSAGE, Answer.DEFER} | UPDATES,
}
"""What each type of interaction may be answered with."""


def callback(world: World, call: Call) -> JSON | None:
    interaction = _waiting(world, call)
    kind, data = int(call.payload["type"]), call.payload.get("data") or {}
    if kind not in FITTING[interaction.data["type"]] or (kind in UPDATES and not _source(interaction)):
        form = Form()
        form.wrong("type", "INTERACTION_CALLBACK_TYPE_INVALID", "This response type cannot answer this interaction")
        form.close()
    message = _effect(world, call, interaction, kind, data)
    interaction.answer = kind
    return _told(interaction, kind, message) if call.query.get("with_response") in {"1", "true"} else None


def _waiting(world: World, call: Call) -> Interaction:
    """The interaction that is to be acknowledged.

    Raises:
        Refused: there is none, it is too late, or it was.
    """
    interaction = world.interactions.get(call.path["token"])
    if not interaction or interaction.data["id"] != call.path["interaction"]:
        raise refusals.unknown_interaction()
    if interaction.answer is not None:
        raise refusals.acknowledged()
    if world.now() - interaction.at > world.patience:
        raise refusals.unknown_interaction()
    return interaction


def _source(interaction: Interaction) -> JSON | None:
    """The message a button was pressed on."""
    source: JSON | None = interaction.data.get("message")
    return source


def _effect(world: World, call: Call, interaction: Interaction, kind: int, data: JSON) -> JSON | None:
    match kind:
        case Answer.MESSAGE:
            checks.message(data, call.files)
            return _post(world, call, interaction, data)
        case Answer.DEFER:
            flags = data.get("flags", 0) & EPHEMERAL | LOADING
            return _original(interaction, world.post(interaction.channel, {**_cause(interaction), "flags": flags}))
        case Answer.DEFER_UPDATE:
            return _original(interaction, _pressed(world, interaction))
        case Answer.UPDATE:
            return _original(interaction, messages.edit(world, call, data, _pressed(world, interaction)))
        case Answer.CHOICES:
            _check_choices(data.get("choices") or [])
        case Answer.MODAL:
            checks.modal(data)
    return None


def _post(world: World, call: Call, interaction: Interaction, data: JSON) -> JSON:
    """Put a new message up; the first is the original."""
    content = messages.content(world, call, data, interaction.channel)
    message = world.post(interaction.channel, {**_cause(interaction), **content})
    interaction.messages.add(int(message["id"]))
    return _original(interaction, message) if interaction.original is None else message


def _original(interaction: Interaction, message: JSON) -> JSON:
    interaction.original = int(message["id"])
    interaction.messages.add(interaction.original)
    return message


def _pressed(world: World, interaction: Interaction) -> JSON:
    """The message a button was pressed on, as it is now."""
    source = _source(interaction) or {}
    return world.messages[interaction.channel].setdefault(int(source["id"]), source)


def _cause(interaction: Interaction) -> JSON:
    """What a message says of the interaction it answers."""
    data = interaction.data
    user = data["member"]["user"] if "member" in data else data["user"]
    cause = {"id": data["id"], "type": data["type"], "user": user, "authorizing_integration_owners": {}}
    head = {"application_id": str(BOT), "webhook_id": str(BOT), "interaction_metadata": cause}
    return {**head, "type": 20 if data["type"] == SLASH else 0}


def _check_choices(choices: list[JSON]) -> None:
    form = Form()
    form.sized("data.choices", choices, 25)
    for number, one in enumerate(choices):
        form.sized(f"data.choices.{number}.name", one.get("name"), 100, 1)
        form.sized(f"data.choices.{number}.value", str(one.get("value", "")), 100, 1)
    form.close()


def _told(interaction: Interaction, kind: int, message: JSON | None) -> JSON:
    told: JSON = {"id": interaction.data["id"], "type": interaction.data["type"]}
    if message:
        flags = message["flags"]
        state = {
            "response_message_loading": bool(flags & LOADING),
            "response_message_ephemeral": bool(flags & EPHEMERAL),
        }
        told |= {"response_message_id": message["id"], **state}
    shown = {"message": message} if message and kind in {Answer.MESSAGE, Answer.UPDATE} else {}
    return {"interaction": told, "resource": {"type": kind, **shown}}


def follow_up(world: World, call: Call) -> JSON:
    """Another message; the first after a deferral takes its place and keeps its visibility."""
    interaction, data = _open(world, call), call.payload or {}
    original = world.messages[interaction.channel].get(interaction.original or 0)
    if original and original["flags"] & LOADING:
        return _filled(world, call, data, original)
    checks.message(data, call.files)
    return _post(world, call, interaction, data)


def _open(world: World, call: Call) -> Interaction:
    """The interaction a token belongs to, once it is acknowledged.

    Raises:
        Refused: there is none, or its time is over.
    """
    interaction = world.interactions.get(call.path["token"])
    if not interaction or interaction.answer is None or call.path["application"] != str(BOT):
        raise refusals.unknown_webhook()
    if world.now() - interaction.at > LAST:
        raise refusals.expired_token()
    return interaction


def _filled(world: World, call: Call, data: JSON, message: JSON) -> JSON:
    """A deferred answer arrives."""
    changed = messages.edit(world, call, data, {**message, "flags": message["flags"] & ~LOADING})
    message.clear()
    message.update(changed)
    return message


def _answered(world: World, call: Call) -> JSON:
    """The message a path names.

    Raises:
        Refused: there is none of this interaction.
    """
    interaction, named = _open(world, call), call.path["message"]
    identity = interaction.original if named == "@original" else int(named)
    message = world.messages[interaction.channel].get(identity or 0)
    if not message or identity not in interaction.messages:
        raise refusals.unknown_message()
    return message


def get_answer(world: World, call: Call) -> JSON:
    return _answered(world, call)


def edit_answer(world: World, call: Call) -> JSON:
    return _filled(world, call, call.payload or {}, _answered(world, call))


def delete_answer(world: World, call: Call) -> None:
    messages.remove(world, _answered(world, call))
