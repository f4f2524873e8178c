"""What the page refuses: other sites, other names, too much, and what makes no sense."""

from collections.abc import AsyncIterator, Mapping
from uuid import uuid4

import httpx
import pytest
from structlog.testing import capture_logs

from adapters.web.security import MOST_BYTES
from storage.items import feedback
from tests.adapters.web.stage import WebStage
from tests.stage import Person

HERE = {"as": "camille"}


def _typed(text: str = "/suggest A dark theme", **other: str) -> dict[str, str]:
    return {"pane": "community", "event": str(uuid4()), "text": text, **other}


async def _filed(page: WebStage) -> bool:
    return await page.core.store.read(lambda session: feedback.by_number(session, 1, 1)) is not None


OTHER_HOSTS = ("evil.example", "evil.example:{port}", "127.0.0.1", "127.0.0.1:1", "0.0.0.0:{port}")
OWN_HOSTS = ("127.0.0.1:{port}", "localhost:{port}", "LOCALHOST:{port}", "[::1]:{port}")


async def test_another_host_is_refused_and_this_machine_has_several_names(page: WebStage) -> None:
    async def status(path: str, host: str) -> int:
        return (await page.http.get(path, headers={"Host": host.format(port=page.web.port)})).status_code

    paths = ("/", "/events", "/static/page.css")
    refused = {(host, path): await status(path, host) for host in OTHER_HOSTS for path in paths}
    assert refused == dict.fromkeys(refused, 400)
    assert {host: await status("/", host) for host in OWN_HOSTS} == dict.fromkeys(OWN_HOSTS, 200)


ELSEWHERE: tuple[Mapping[str, str], ...] = (
    {"Origin": "http://evil.example"},
    {"Origin": "null"},
    {"Origin": "http://localhost:{port}"},
    {"Origin": "https://127.0.0.1:{port}"},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
)
"""What the browser says of a form that another site sends."""


async def test_what_another_site_sends_changes_nothing_and_what_the_page_itself_sends_is_taken(
    page: WebStage, camille: Person
) -> None:
    for headers in ELSEWHERE:
        sent = {name: value.format(port=page.web.port) for name, value in headers.items()}
        for path in ("/act", "/language", "/clock"):
            answer = await page.http.post(path, params=HERE, data=_typed(language="fr"), headers=sent)
            assert answer.status_code == 403, (sent, path)
        assert not await _filed(page), sent
    own = {"Origin": f"http://127.0.0.1:{page.web.port}", "Sec-Fetch-Site": "same-origin"}
    answer = await page.http.post("/act", params=HERE, data=_typed(), headers=own)
    assert answer.status_code == 200
    assert await _filed(page)


async def test_too_much_is_refused_also_without_a_length_and_a_long_text_is_not_too_much(
    page: WebStage, camille: Person
) -> None:
    answer = await page.http.post("/act", params=HERE, data=_typed("x" * MOST_BYTES))
    assert (answer.status_code, answer.text) == (413, "This is more than the page takes.")
    await camille.says("/suggest " + "\u0627" * 20_000)
    camille.hears("Got it: suggestion #1.")

    async def endless() -> AsyncIterator[bytes]:
        for _ in range(20):
            yield b"x" * (MOST_BYTES // 10)

    try:
        answer = await page.http.post("/act", params=HERE, content=endless())
    except httpx.TransportError:
        return  # refused before all of it was sent
    assert answer.status_code == 413


SENSELESS: Mapping[str, dict[str, str]] = {
    "nothing": {},
    "no words": _typed(""),
    "blank words": _typed(" \n"),
    "no event": _typed(event=""),
    "an odd event": _typed(event="<b>"),
    "a long event": _typed(event="x" * 500),
    "no such pane": _typed(pane="attic"),
    "no event at all": {"text": "Hello"},
}
"""Forms that the page does not send."""
NOWHERE = {
    "/?as=nobody": 404,
    "/events?as=nobody": 404,
    "/?as=<script>": 404,
    "/nowhere": 404,
    "/static/../client.py": 404,
    "/static/%2e%2e/client.py": 404,
    "/act": 405,
    "/docs": 404,
    "/openapi.json": 404,
}
"""Addresses at which there is nothing to read, and how that is said."""


async def test_a_form_or_an_address_that_makes_no_sense_gets_a_short_page(page: WebStage, camille: Person) -> None:
    for what, form in SENSELESS.items():
        answer = await page.http.post("/act", params=HERE, data=form)
        assert answer.status_code == 400, what
        assert "Nothing arrived: the form was empty or incomplete." in answer.text, what
    for path, status in NOWHERE.items():
        answer = await page.http.get(path)
        assert answer.status_code == status, path
        assert len(answer.text) < 1_000, path
        assert "<script>" not in answer.text, path


async def test_a_language_nobody_taught_the_page_is_refused_and_unknown_names_reach_the_core_as_words_alone(
    page: WebStage, camille: Person
) -> None:
    answer = await page.http.post("/language", params=HERE, data={"language": "tlh"})
    assert answer.status_code == 400
    await page.act(camille, command="no<b>such", answers="9" * 30, **{"arg.__class__": "x"})
    camille.hears("I do not know /no<b>such.")
    await page.act(camille, button="no-such-button")
    camille.hears("This button is no longer in use.")


async def test_every_answer_forbids_scripts_from_elsewhere_and_the_page_asks_for_nothing_there(
    page: WebStage, camille: Person
) -> None:
    for path in ("/", "/static/page.js", "/nowhere"):
        headers = (await page.http.get(path)).headers
        assert "script-src 'self';" in headers["content-security-policy"]
        assert "unsafe" not in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin"
        assert headers["cache-control"] == "no-store"
    await camille.says("/help")
    text = (await page.http.get("/", params=HERE)).text
    style = (await page.http.get("/static/page.css")).text
    assert "http" not in text.replace("http-equiv", "")
    assert "url(" not in style
    assert "@import" not in style
    assert " style=" not in text
    assert " onclick=" not in text


async def test_a_fault_is_answered_with_a_reference_and_logged_without_words(
    page: WebStage, camille: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(*_: object) -> None:
        raise RuntimeError("my secret words")

    monkeypatch.setattr(type(page.web.scene), "act", broken)
    with capture_logs() as logs:
        answer = await page.http.post("/act", params=HERE, data=_typed("my secret words"))
    assert answer.status_code == 500
    assert logs[0]["reference"] in answer.text
    assert "secret" not in answer.text + str(logs)
