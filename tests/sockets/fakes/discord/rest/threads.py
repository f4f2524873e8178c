"""Forums and their posts: opened, edited, archived, deleted by the bot; other threads come with events alone."""

from tests.sockets.fakes.discord.journal import Call
from tests.sockets.fakes.discord.rest import checks, permissions, refusals
from tests.sockets.fakes.discord.rest.messages import content
from tests.sockets.fakes.discord.rest.refusals import Form
from tests.sockets.fakes.discord.world import BOT, JSON, World

FORUM, POST = 15, 11
REQUIRES_TAG = 1 << 4
STATE = ("archived", "locked", "auto_archive_duration")
OWNERS = {"name", "archived", "auto_archive_duration", "applied_tags"}
"""What who opened a post may change of it."""


def create_thread(world: World, call: Call) -> JSON:
    """Open a post of a forum; for no nonce is there a place."""
    forum, payload = world.channel(call.number("channel")), call.payload
    if forum["type"] != FORUM:
        raise refusals.Refused(400, 50024, "Cannot execute action on this channel type")
    permissions.need(world, forum, permissions.SEND, *([permissions.FILES] if call.files else []))
    checks.message(payload["message"], call.files)
    _check(world, forum, payload)
    identity = world.new_id()
    post = world.open_post(forum, identity, payload["name"], payload.get("applied_tags") or [])
    made = world.post(identity, content(world, call, payload["message"], identity), identity=identity)
    return {**post, "message": made}


def edit_channel(world: World, call: Call) -> JSON:
    """Change a post, or the tags of a forum."""
    channel, payload = world.channel(call.number("channel")), call.payload
    if channel["type"] in permissions.THREADS:
        return _edit_thread(world, channel, payload)
    permissions.need(world, channel, permissions.MANAGE_CHANNELS)
    form = Form()
    form.sized("available_tags", payload.get("available_tags"), 20)
    for number, tag in enumerate(payload.get("available_tags") or []):
        form.sized(f"available_tags.{number}.name", tag["name"], 20, 1)
    form.close()
    if "available_tags" in payload:
        channel["available_tags"] = [world.tag(**tag) for tag in payload["available_tags"]]
    world.announce("CHANNEL_UPDATE", channel)
    return channel


def _edit_thread(world: World, post: JSON, payload: JSON) -> JSON:
    state, forum = post["thread_metadata"], world.channels[int(post["parent_id"])]
    permissions.need(world, post)
    manages = permissions.held(world, post) & permissions.MANAGE_THREADS
    opens = payload.get("archived") is False
    if not manages:
        own = post["owner_id"] == str(BOT) and payload.keys() <= OWNERS
        only_opens = opens and payload.keys() == {"archived"} and not state["locked"]
        if not (only_opens or (own and not state["locked"])):
            raise refusals.missing_permissions()
        permissions.need(world, post, permissions.SEND_IN_THREADS)
    if state["archived"] and not opens:
        raise refusals.archived()
    _check(world, forum, {"name": post["name"], "applied_tags": post["applied_tags"], **payload})
    post.update({name: payload[name] for name in ("name", "applied_tags") if name in payload})
    world.turn_post(post, **{name: payload[name] for name in STATE if name in payload})
    return post


def _check(world: World, forum: JSON, payload: JSON) -> None:
    """What a post's name and tags may be."""
    form, tags = Form(), payload.get("applied_tags") or []
    form.sized("name", payload["name"], 100, 1)
    form.sized("applied_tags", tags, 5)
    known = {tag["id"]: tag for tag in forum["available_tags"]}
    if any(tag not in known for tag in tags):
        form.wrong("applied_tags", "BASE_TYPE_CHOICES", "Unknown tag")
    if forum["flags"] & REQUIRES_TAG and not tags:
        raise refusals.Refused(400, 40067, "A tag is required to create a forum post in this channel")
    form.close()
    if any(known[tag]["moderated"] for tag in tags):
        permissions.need(world, forum, permissions.MANAGE_THREADS)


def delete_channel(world: World, call: Call) -> JSON:
    post = world.channel(call.number("channel"))
    permissions.need(world, post, permissions.MANAGE_THREADS)
    world.close_post(post)
    return post


def get_active_threads(world: World, call: Call) -> JSON:
    return {"threads": world.guild(call.number("guild"))["threads"], "members": []}


def get_archived_threads(world: World, call: Call) -> JSON:
    forum = world.channel(call.number("channel"))
    permissions.need(world, forum, permissions.HISTORY)
    found = [
        one
        for one in world.channels.values()
        if one.get("parent_id") == forum["id"] and one["thread_metadata"]["archived"]
    ]
    return {"threads": found[::-1], "members": [], "has_more": False}
