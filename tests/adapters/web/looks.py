"""What a person sees on the page, found in its HTML."""

from storage.items import feedback
from tests.adapters.html import Node, read
from tests.adapters.web.stage import WebStage
from tests.stage import Person


async def _look(page: WebStage, person: Person, **query: str) -> Node:
    answer = await page.http.get("/", params={"as": person.id, **query})
    assert answer.status_code == 200
    return read(answer.text)


def _articles(tree: Node, pane: str = "community") -> list[Node]:
    section = next(node for node in tree.all("section") if node.attributes["id"] == pane)
    return section.all("article")


async def _kept(page: WebStage, number: int = 1) -> str | None:
    found = await page.core.store.read(lambda session: feedback.by_number(session, 1, number))
    return found.text if found else None
