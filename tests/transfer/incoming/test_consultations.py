"""Files of civic consultations: proposals with their votes and statuses, and no person's identity."""

from zoneinfo import ZoneInfo

import pytest

from storage.vocabulary import Status
from tests.transfer.incoming.desk import Desk

CAP = """\ufeffcontribution_type,proposal_id,proposal_reference,proposal_title,proposal_votes_totalCount,proposal_votes_digitalCount,proposal_createdAt,proposal_author_username,proposal_status_name,proposal_category_name,proposal_summary,proposal_description,proposal_officialResponse,proposal_votes_id,proposal_votes_author_username,proposal_comments_id,proposal_comments_body
proposal,UH1,1-1,Un préau,2,2,2025-02-01 09:08:00,ada,Approuvé,Jeunesse,Au sec,<p>Près de <b>l'école</b>.</p>,Oui !,,,,
proposalVote,UH1,1-1,Un préau,2,2,2025-02-01 09:08:00,ada,Approuvé,Jeunesse,Au sec,<p>Près de <b>l'école</b>.</p>,Oui !,V1,ben,,
proposalVote,UH1,1-1,Un préau,2,2,2025-02-01 09:08:00,ada,Approuvé,Jeunesse,Au sec,<p>Près de <b>l'école</b>.</p>,Oui !,V2,cleo,,
proposalVote,UH1,1-1,Un préau,2,2,2025-02-01 09:08:00,ada,Approuvé,Jeunesse,Au sec,<p>Près de <b>l'école</b>.</p>,Oui !,V3,dan,,
proposalComment,UH1,1-1,Un préau,2,2,2025-02-01 09:08:00,ada,Approuvé,Jeunesse,Au sec,<p>Près de <b>l'école</b>.</p>,Oui !,,,C1,Bravo
proposal,UH2,1-2,Un banc,0,0,2025-02-02 09:08:00,ben,Rejeté,,,Au soleil,,,,,
proposalCommentVote,,,,,,,,,,,,,,,,
"""  # noqa: E501 - the layout is as it is
LATER = """export_contribution_type,export_proposal_id,export_proposal_published_at,export_proposal_title,export_proposal_description,export_proposal_author_id,export_proposal_status_name,export_proposal_votes_author_id
export_contribution_type_proposal,proposal1,2025-02-01 00:00:00,Un préau,Au sec,userAda,En cours,
export_contribution_type_proposal_vote,proposal1,2025-02-01 00:00:00,Un préau,Au sec,userAda,En cours,userBen
export_contribution_type_proposal_vote,proposal1,2025-02-01 00:00:00,Un préau,Au sec,userAda,En cours,userCleo
export_contribution_type_proposal_news,proposal1,2025-02-01 00:00:00,Un préau,Au sec,userAda,En cours,
"""  # noqa: E501 - likewise
GROUPED = """export_contribution_type,export_proposal_votes_id,export_proposal_reference,export_proposal_title,export_proposal_id,export_proposal_published_at,export_proposal_description,export_proposal_votes_total_count,export_proposal_votes_total_points_count
export_contribution_type_proposal,,1337-1,Un préau,proposal24,2025-02-01 00:02:40,Au sec,2,7
export_contribution_type_proposal_vote,2051,1337-1,Un préau,,,,,
export_contribution_type_proposal_vote,2052,1337-1,Un préau,,,,,
"""  # noqa: E501 - likewise
LAW = """type,contributions_id,contributions_author_id,contributions_section_title,contributions_title,contributions_bodyText,contributions_createdAt,contributions_votesCount,contributions_votesCountOk,contributions_arguments_id,contributions_arguments_body
opinion,T3B,VXN,Les causes,Article 1,La donnée est ouverte.,2025-03-01 00:36:00,7,5,,
argument,,,,,,,,,QXJ,<p>Non</p>
vote,,,,,,,,,,
"""  # noqa: E501 - likewise
DECIDIM = """id;author/name;category/name/fr;category/name/en;title/fr;title/en;title/machine_translations/es;body/fr;body/en;state;answer/fr;answered_at;votes;endorsements/total_count;published_at;url
1;Ada;Rues;Streets;Un préau;;Un techo;<p>Au sec</p>;;accepted;<p>C'est voté</p>;2025-05-01T08:00:00Z;12;3;2025-03-04 10:00:00 UTC;https://example.org/1
2;Ben;;;;A bench;;;In the sun;rejected;Pas de place;2025-05-02T08:00:00Z;4;0;2025-03-05 10:00:00 UTC;https://example.org/2
3;Cleo;;;Une fontaine;;;Ici;;;;;;;2025-03-06 10:00:00 UTC;https://example.org/3
4;Cleo;;;Un arbre;;;Là;;evaluating;;;0;;2025-03-06 10:00:00 UTC;https://example.org/4
"""  # noqa: E501 - likewise


@pytest.mark.parametrize(
    ("tool", "content", "expected"),
    [
        (
            "cap-collectif",
            CAP,
            [
                ("Un préau\n\nAu sec\n\nPrès de l'école.", 2, Status.PLANNED, "2025-02-01"),
                ("Un banc\n\nAu soleil", 0, Status.NOT_PLANNED, "2025-02-02"),
            ],
        ),
        ("cap-collectif", LATER, [("Un préau\n\nAu sec", 2, Status.IN_PROGRESS, "2025-02-01")]),
        ("cap-collectif", GROUPED, [("Un préau\n\nAu sec", 2, Status.RECEIVED, "2025-02-01")]),
        ("cap-collectif", LAW, [("Article 1\n\nLa donnée est ouverte.", 7, Status.RECEIVED, "2025-03-01")]),
        (
            "decidim",
            DECIDIM,
            [
                ("Un préau\n\nAu sec", 12, Status.PLANNED, "2025-03-04"),
                ("A bench\n\nIn the sun", 4, Status.NOT_PLANNED, "2025-03-05"),
                ("Une fontaine\n\nIci", 0, Status.RECEIVED, "2025-03-06"),
                ("Un arbre\n\nLà", 0, Status.UNDER_REVIEW, "2025-03-06"),
            ],
        ),
    ],
)
async def test_proposals_come_with_their_votes_and_statuses_and_without_people(
    desk: Desk, tool: str, content: str, expected: list[tuple[str, int, Status, str]]
) -> None:
    said = await desk.brings(content, tool)
    items, zone = await desk.items(), ZoneInfo(desk.community.timezone)
    found = [(one.text, one.support, one.status, f"{one.created_at.astimezone(zone):%Y-%m-%d}") for one in items]
    assert (found, desk.problems, said.imported) == (expected, [], len(expected))
    assert {item.author_id for item in items} == {None}
    assert (await desk.brings(content, tool)).imported == 0


async def test_what_the_city_answered_is_the_reason(desk: Desk) -> None:
    await desk.brings(DECIDIM, "decidim")
    [last, *_] = reversed(await desk.history((await desk.items())[0]))
    assert (last.note, last.at.isoformat()) == ("C'est voté", "2025-05-01T08:00:00+00:00")
