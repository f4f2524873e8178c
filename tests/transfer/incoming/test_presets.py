"""Files in the layouts of other tools: texts, tallies and statuses come along, and no person's identity."""

import io
import json
from typing import Any

import pytest

from bot.transfer.incoming.presets import PRESETS
from bot.transfer.incoming.reading.source import Source
from storage.vocabulary import Status
from tests.transfer.incoming.desk import Desk

Found = list[tuple[str, int, Status]]


async def found(desk: Desk) -> Found:
    return [(item.text, item.support, item.status) for item in await desk.items()]


async def check(desk: Desk, tool: str, content: str, expected: Found) -> None:
    """A file comes as it should, once, and without people."""
    said = await desk.brings(content, tool)
    assert desk.problems == []
    assert await found(desk) == expected
    assert said.imported == len(expected)
    assert (await desk.brings(content, tool)).known == len(expected)
    assert {item.author_id for item in await desk.items()} == {None}


FIDER = """number,title,description,created_at,created_by,votes_count,comments_count,status,responded_by,responded_at,response,original_number,original_title,tags
1,Dark theme,For the evening,2025-03-04T10:00:00Z,Ada L,12,2,completed,Mo,2025-05-01T09:00:00Z,It is there,,,"ui, look"
2,A bench,,2025-03-05T10:00:00Z,Ben,3,0,open,,,,,,
3,Night mode,,2025-03-06T10:00:00Z,Cleo,1,0,duplicate,Mo,2025-05-01T09:00:00Z,,1,Dark theme,
4,Sunday trains,,2025-03-06T10:00:00Z,Cleo,4,0,declined,Mo,2025-05-02T09:00:00Z,No driver,,,
5,A tap,,2025-03-06T10:00:00Z,Cleo,4,0,started,Mo,2025-05-02T09:00:00Z,,,,
"""  # noqa: E501 - the layout is as it is


async def test_fider(desk: Desk) -> None:
    expected = [
        ("Dark theme\n\nFor the evening", 12, Status.DONE),
        ("A bench", 3, Status.RECEIVED),
        ("Night mode", 1, Status.EXISTS),
        ("Sunday trains", 4, Status.NOT_PLANNED),
        ("A tap", 4, Status.IN_PROGRESS),
    ]
    await check(desk, "fider", FIDER, expected)
    [last, *_] = reversed(await desk.history((await desk.items())[3]))
    assert (last.note, last.at.isoformat()) == ("No driver", "2025-05-02T09:00:00+00:00")


EARLIER = (
    ("created_at", "created_on"),
    ("votes_count", "total_votes"),
    ("total_votes", "total_supporters"),
    ("responded_at", "responded_on"),
)


@pytest.mark.parametrize("renamed", range(1, len(EARLIER) + 1))
async def test_fider_s_columns_of_earlier_years(desk: Desk, renamed: int) -> None:
    content = FIDER
    for now, then in EARLIER[:renamed]:
        content = content.replace(now, then)
    await desk.brings(content, "fider")
    assert [item.support for item in await desk.items()] == [12, 3, 1, 4, 4]
    [first, *_] = await desk.items()
    assert first.created_at.isoformat() == "2025-03-04T10:00:00+00:00"
    [last, *_] = reversed(await desk.history(first))
    assert last.at.isoformat() == "2025-05-01T09:00:00+00:00"


USERVOICE = """Idea ID,Idea Title,Idea Description,Idea Creator Name,Forum Name,Public Status Name,Voters Count,Created Timestamp,Public Status Update Message,Public Status Updated Timestamp,User Email Address,User Name
7,Dark theme,For the evening,Ada,Web,completed,2,2025-07-21 03:37:03,Done!,2025-08-01 10:00:00,a@example.org,A
7,Dark theme,For the evening,Ada,Web,completed,2,2025-07-21 03:37:03,Done!,2025-08-01 10:00:00,b@example.org,B
8,A bench,,Ben,Web,,1,2025-07-22 03:37:03,,,c@example.org,C
"""  # noqa: E501 - the layout is as it is


async def test_uservoice_with_a_voter_a_row(desk: Desk) -> None:
    said = await desk.brings(USERVOICE, "uservoice")
    assert (said.imported, said.merged) == (2, 1)
    assert await found(desk) == [
        ("Dark theme\n\nFor the evening", 2, Status.DONE),
        ("A bench", 1, Status.RECEIVED),
    ]
    [first, _] = await desk.items()
    assert first.created_at.isoformat() == "2025-07-21T03:37:03+00:00", "its times are in UTC"


async def test_uservoice_s_own_names_of_fields(desk: Desk) -> None:
    content = (
        "suggestion.id,suggestion.title,suggestion.body,suggestion.status.name,suggestion.category.name,"
        "suggestion.created_timestamp\n7,Dark theme,For the evening,planned,Look,2025-07-21 03:37:03\n"
    )
    await check(desk, "uservoice", content, [("Dark theme\n\nFor the evening", 0, Status.PLANNED)])
    assert [item.area for item in await desk.items()] == ["Look"]


async def test_canny(desk: Desk) -> None:
    content = (
        "Post ID,Post title,Post details,Board,Status,Votes,Created,Author name,Author email,Category\n"
        'a1,Dark theme,"For the\nevening",Features,complete,"1,204",2025-03-04T10:00:00.000Z,Ada,a@example.org,Look\n'
        "b2,A bench,,Features,closed,3,2025-03-05T10:00:00.000Z,Ben,b@example.org,\n"
        "c3,A tap,,Features,under review,0,2025-03-05T10:00:00.000Z,Ben,b@example.org,\n"
    )
    expected = [
        ("Dark theme\n\nFor the\nevening", 1204, Status.DONE),
        ("A bench", 3, Status.NOT_PLANNED),
        ("A tap", 0, Status.UNDER_REVIEW),
    ]
    await check(desk, "canny", content, expected)


async def test_quackback(desk: Desk) -> None:
    content = (
        "id,title,body,author_email,author_name,board,status,moderation,tags,vote_count,created_at,response,response_at\n"
        "post_1,Dark theme,For the evening,a@example.org,Ada,features,in_progress,published,look,9,"
        "2025-03-04T10:00:00Z,Soon,2025-04-01T10:00:00Z\n"
    )
    await check(desk, "quackback", content, [("Dark theme\n\nFor the evening", 9, Status.IN_PROGRESS)])


def lines(*records: dict[str, Any]) -> str:
    return "".join(json.dumps(record) + "\n" for record in records)


SUGGESTION = {
    "_id": "a1b2c3d4",
    "guild_id": {"$numberLong": "1"},
    "state": "approved",
    "suggestion": "A bench",
    "suggestion_author_id": {"$numberLong": "2"},
    "created_at": {"$date": "2025-03-04T10:00:00Z"},
    "resolved_at": {"$date": "2025-04-01T10:00:00Z"},
    "resolution_note": "By the pond",
    "uses_views_for_votes": True,
    "up_voted_by": [{"$numberLong": "5"}, {"$numberLong": "6"}],
    "down_voted_by": [],
}
REJECTED = {**SUGGESTION, "_id": "b", "suggestion": "A tap", "state": "rejected", "total_up_votes": 4}
del REJECTED["up_voted_by"]
SUGGESTIONS = [("A bench", 2, Status.PLANNED), ("A tap", 4, Status.NOT_PLANNED)]


def array(*records: dict[str, Any]) -> str:
    return json.dumps(records)


def within(*records: dict[str, Any]) -> str:
    return json.dumps({"suggestions": records})


@pytest.mark.parametrize("layout", [lines, array, within])
async def test_suggestions_bot_as_lines_or_an_array(desk: Desk, layout: Any) -> None:
    await check(desk, "suggestions-bot", layout(SUGGESTION, REJECTED), SUGGESTIONS)


async def test_suggester(desk: Desk) -> None:
    base = {"id": "1", "suggester": "2", "submitted": {"$date": "2025-03-04T10:00:00Z"}, "votes": {"up": 3, "down": 1}}
    records = [
        {**base, "suggestionId": 1, "suggestion": "A bench", "status": "approved", "displayStatus": "implemented"},
        {**base, "suggestionId": 2, "suggestion": "A tap", "status": "approved", "displayStatus": "default"},
        {**base, "suggestionId": 3, "suggestion": "Trains", "status": "denied", "denial_reason": "No driver"},
        {**base, "suggestionId": 4, "suggestion": "A lamp", "status": "approved", "displayStatus": "working"},
        {**base, "suggestionId": 5, "suggestion": "A fair", "status": "awaiting_review"},
    ]
    statuses = [Status.DONE, Status.RECEIVED, Status.NOT_PLANNED, Status.IN_PROGRESS, Status.RECEIVED]
    texts = [str(record["suggestion"]) for record in records]
    await check(desk, "suggester", lines(*records), [(text, 3, one) for text, one in zip(texts, statuses, strict=True)])


BOT, ADA = {"id": "9", "name": "bot", "isBot": True}, {"id": "2", "name": "ada", "isBot": False}


def message(number: int, **more: Any) -> dict[str, Any]:
    return {
        "id": str(number),
        "type": "Default",
        "timestamp": "2025-03-04T10:00:00.123+01:00",
        "content": "",
        "author": BOT,
        "embeds": [],
        "reactions": [],
        **more,
    }


def reactions(**counts: int) -> list[dict[str, Any]]:
    return [{"emoji": {"id": "", "name": name}, "count": count} for name, count in counts.items()]


def discord(*messages: dict[str, Any]) -> str:
    return json.dumps({"guild": {"id": "1"}, "channel": {"id": "3", "name": "ideas"}, "messages": messages})


async def test_discord_embeds_with_votes_in_them(desk: Desk) -> None:
    open_ = (
        "**Submitter**\nAda\n\n**Suggestion**\nA bench\nby the pond\n\n"
        "**Results so far**\n:nerdSuccess:: **5**\n:nerdError:: **2**"
    )
    done = (
        "**Results**\n✅: **7**\n❌: **1**\n\n**Suggestion**\nA tap\n\n**Submitter**\n@ada\n\n"
        "**Approved By**\n@mo\n\n**Response**\nSoon"
    )
    suggester = {
        "description": "A lamp",
        "author": {"name": "Suggestion from ada#1"},
        "footer": {"text": "Suggestion ID: 4"},
        "fields": [
            {"name": "Public Status", "value": "Implemented"},
            {"name": "Votes", "value": "Opinion: +3\nUpvotes: 4 `80.00%`\nDownvotes: 1 `20.00%`"},
        ],
    }
    content = discord(
        message(1, embeds=[{"title": "", "description": open_, "footer": {"text": "User ID: 2 | sID: a1"}}]),
        message(2, embeds=[{"title": "", "description": done, "fields": []}]),
        message(3, embeds=[suggester]),
        message(4, type="ChannelPinnedMessage", content="pinned"),
        message(5, content="Thanks for your suggestion!"),
    )
    expected = [
        ("A bench\nby the pond", 5, Status.RECEIVED),
        ("A tap", 7, Status.PLANNED),
        ("A lamp", 4, Status.DONE),
    ]
    await check(desk, "discord-suggestions", content, expected)


async def test_discord_messages_with_reactions(desk: Desk) -> None:
    carl = {
        "title": "Suggestion #12 denied",
        "description": "A fair",
        "fields": [{"name": "Reason from Mo", "value": "No room"}],
    }
    content = discord(
        message(1, author=ADA, content="/suggest A bench", reactions=reactions(**{"👎": 4, "👍": 6})),
        message(2, author=BOT, embeds=[carl], reactions=reactions(upvote=6, downvote=2)),
        message(3, author=ADA, content="A tap", reactions=reactions(**{"⬆️": 2})),
        message(4, author=ADA, content=""),
    )
    expected = [("A bench", 6, Status.RECEIVED), ("A fair", 5, Status.NOT_PLANNED), ("A tap", 2, Status.RECEIVED)]
    await check(desk, "discord-suggestions", content, expected)
    assert (await desk.history((await desk.items())[1]))[-1].note == "No room"


async def test_discord_s_csv(desk: Desk) -> None:
    content = (
        "AuthorID,Author,Date,Content,Attachments,Reactions\n"
        '"2","ada","2025-03-04T10:00:00.0000000+00:00","A bench","","👍 (6),👎 (1)"\n'
        '"2","ada","2025-03-04T10:00:00.0000000+00:00","A tap","",""\n'
    )
    await check(desk, "discord-suggestions", content, [("A bench", 6, Status.RECEIVED), ("A tap", 0, Status.RECEIVED)])


async def test_telegram(desk: Desk) -> None:
    base = {
        "type": "message",
        "date": "2025-03-04T10:00:00",
        "date_unixtime": "1741082400",
        "from": "Ada",
        "from_id": "u2",
    }
    reacted = [{"type": "emoji", "count": 5, "emoji": "👍", "recent": [{"from": "Ben", "from_id": "u3"}]}]
    content = json.dumps(
        {
            "name": "Ideas",
            "type": "private_supergroup",
            "id": 1,
            "messages": [
                {"id": 1, "type": "service", "action": "create_group", "text": ""},
                {**base, "id": 2, "text": ["A ", {"type": "bold", "text": "bench"}, " here"], "reactions": reacted},
                {**base, "id": 3, "text": "+1", "reply_to_message_id": 2},
                {**base, "id": 4, "text": "", "photo": "(File not included)"},
                {**base, "id": 5, "text": "/suggest@our_bot A tap"},
            ],
        }
    )
    await check(
        desk, "telegram-suggestions", content, [("A bench here", 5, Status.RECEIVED), ("A tap", 0, Status.RECEIVED)]
    )
    [first, _] = await desk.items()
    assert first.created_at.isoformat() == "2025-03-04T10:00:00+00:00"


async def test_what_is_cut_off_is_said_and_the_rest_comes(desk: Desk) -> None:
    await desk.brings(lines(SUGGESTION, REJECTED)[:-40], "suggestions-bot")
    assert [text for text, *_ in await found(desk)] == ["A bench"]
    assert "cannot be read as JSON" in desk.problems[0].reason


def test_every_preset_says_what_it_reads() -> None:
    assert all(preset.words.endswith(".") for name, preset in PRESETS.items() if name != "csv")
    assert not any(preset.named for name, preset in PRESETS.items() if name != "csv")


def test_columns_of_people_are_said_to_be_left() -> None:
    source = Source(io.BytesIO(b"Post title,Votes,Author name,Author email\nA bench,3,Ada,a@example.org\n"), "file.csv")
    assert list(PRESETS["canny"].open(source).unread) == ["Author name", "Author email"]
