"""The operator's own pages: read as knowledge, once, and only where a public page can lie."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.errors import OperatorError
from bot.knowledge.sources import Draft, Problem
from bot.knowledge.sources.places import Reading
from bot.knowledge.sources.web.crawl import read_pages
from bot.knowledge.sources.web.fetching import is_public
from bot.knowledge.sources.web.page import read_page

FAQ = """<!doctype html><html><head><title>FAQ – Plaza</title></head><body><nav><h2>Menu?</h2><a href="/">x</a></nav>
<main><h1>FAQ</h1><h2>When does the pool open?</h2><p>At <b>nine</b>, see <a href="plan">the plan</a>.</p>
<details><summary>Is there parking?</summary><p>Yes. <a href="#top">Top</a></p></details></main>
<footer><h2>Where?</h2>Here.</footer></body></html>"""
PROSE = "<html><body><article><h1>How to join</h1><p>Write to the desk.</p><img src=x></article></body></html>"
TOLD = """<html><script type="application/ld+json">{"@type": "FAQPage", "mainEntity": [{"@type": "Question",
"name": "Who?", "acceptedAnswer": {"@type": "Answer", "text": "<p>Everybody.</p>"}}]}</script><h1>x</h1>y</html>"""


@dataclass
class Site:
    """A site with pages, robots.txt included, which counts what was asked for."""

    server: TestServer
    pages: dict[str, web.Response] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def at(self, path: str) -> str:
        return f"http://localhost:{self.server.port}{path}"

    def has(self, path: str, text: str, status: int = 200, **headers: str) -> str:
        kind = "text/plain" if path.endswith(".txt") else "text/html"
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.pages[path] = web.Response(text=text, status=status, content_type=kind, headers=named)
        return self.at(path)

    async def answer(self, request: web.Request) -> web.Response:
        self.asked.append(request.path)
        held = self.pages.get(request.path)
        if held is None:
            return web.Response(status=404)
        if held.headers.get("ETag") and request.headers.get("If-None-Match") == held.headers["ETag"]:
            return web.Response(status=304)
        return web.Response(body=held.body, status=held.status, headers=held.headers)

    async def reads(self, *addresses: str, **versions: str) -> list[Reading]:
        return await read_pages(addresses, versions, admits=lambda address: address == "127.0.0.1")


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    application = web.Application()
    site = Site(TestServer(application))
    application.router.add_get("/{path:.*}", site.answer)
    await site.server.start_server()
    yield site
    await site.server.close()


def questions(readings: list[Reading]) -> list[str]:
    return [one.phrasings[0] for reading in readings for one in reading.found if isinstance(one, Draft)]


def problems(readings: list[Reading]) -> list[str]:
    return [one.reason for reading in readings for one in reading.found if isinstance(one, Problem)]


def test_a_page_s_headings_and_folds_are_questions_and_what_surrounds_them_is_not() -> None:
    found = [(one.phrasings, one.answer) for one in read_page(FAQ, "https://x.org/a/faq") if isinstance(one, Draft)]
    assert found == [
        (("When does the pool open?",), "At **nine**, see [the plan](https://x.org/a/plan)."),
        (("Is there parking?",), "Yes. Top"),
    ]


def test_a_page_of_prose_is_one_answer_under_its_title() -> None:
    [found] = read_page(PROSE)
    assert isinstance(found, Draft)
    assert (found.phrasings, found.answer) == (("How to join",), "# How to join\n\nWrite to the desk.")


def test_questions_told_to_search_engines_are_read() -> None:
    assert [(one.phrasings, one.answer) for one in read_page(TOLD) if isinstance(one, Draft)] == [
        (("Who?",), "Everybody.")
    ]


async def test_a_page_is_read_with_its_address(site: Site) -> None:
    address = site.has("/faq", FAQ)
    [reading] = await site.reads(address)
    assert questions([reading]) == ["When does the pool open?", "Is there parking?"]
    assert {(one.source, one.address) for one in reading.found if isinstance(one, Draft)} == {(address, address)}


async def test_the_pages_of_a_sitemap_are_read_each_once_and_loops_end(site: Site) -> None:
    site.has("/faq", FAQ)
    locs = "".join(f"<url><loc>{site.at(path)}</loc></url>" for path in ("/faq", "/faq#2", "/gone", "/faq"))
    site.has("/pages.xml", f"<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>{locs}"
             "<url><loc>http://other.example/</loc></url></urlset>")  # fmt: skip
    inner = "".join(f"<sitemap><loc>{site.at(path)}</loc></sitemap>" for path in ("/pages.xml", "/sitemap.xml"))
    address = site.has("/sitemap.xml", f"<sitemapindex>{inner}</sitemapindex>")
    readings = await site.reads(address)
    assert questions(readings) == ["When does the pool open?", "Is there parking?"]
    assert problems(readings) == ["answers with status 404", "is on another site"]
    assert site.asked == ["/robots.txt", "/sitemap.xml", "/pages.xml", "/faq", "/gone"]


async def test_a_list_of_addresses_is_read(site: Site) -> None:
    address = site.has("/list.txt", f"# ours\n{site.has('/faq', FAQ)}\n{site.has('/join', PROSE)}\n")
    assert "How to join" in questions(await site.reads(address))


async def test_a_sitemap_that_defines_entities_is_none(site: Site) -> None:
    address = site.has("/s.xml", '<!DOCTYPE x [<!ENTITY a "b">]><urlset><url><loc>&a;</loc></url></urlset>')
    assert questions(await site.reads(address)) == []


async def test_what_robots_txt_forbids_is_not_read(site: Site) -> None:
    site.has("/robots.txt", "User-agent: *\nDisallow: /secret\n")
    secret = site.has("/secret", FAQ)
    with pytest.raises(OperatorError, match=r"robots\.txt"):
        await site.reads(secret)
    readings = await site.reads(site.has("/list.txt", f"{secret}\n{site.has('/join', PROSE)}"))
    assert questions(readings) == ["How to join"]
    assert "/secret" not in site.asked


async def test_a_redirect_leads_to_no_page_that_robots_txt_forbids_and_to_no_page_twice(site: Site) -> None:
    site.has("/robots.txt", "User-agent: *\nDisallow: /secret\n")
    site.has("/secret", FAQ)
    site.has("/faq", FAQ)
    paths = [site.has(f"/r{n}", "", status=302, Location=to) for n, to in enumerate(("/secret", "/faq", "/faq"))]
    readings = await site.reads(site.has("/list.txt", "\n".join(paths)))
    assert questions(readings) == ["When does the pool open?", "Is there parking?"]
    assert problems(readings) == [
        "may not be read, as the site's robots.txt says",
        f"leads to {site.at('/faq')}, which was read already",
    ]
    assert "/secret" not in site.asked


async def test_no_page_is_read_while_the_site_cannot_say_what_may_be(site: Site) -> None:
    site.has("/robots.txt", "", status=503)
    with pytest.raises(OperatorError, match=r"robots\.txt"):
        await site.reads(site.has("/faq", FAQ))
    assert site.asked == ["/robots.txt"]


async def test_a_page_that_has_not_changed_is_not_read_again(site: Site) -> None:
    address = site.has("/faq", FAQ, ETag='"1"')
    [reading] = await site.reads(address)
    [again] = await read_pages([address], {address: reading.version}, admits=lambda _: True)
    assert (again.unchanged, list(again.found)) == (True, [])


async def test_a_page_that_fails_today_keeps_its_answers_and_one_that_is_gone_does_not(site: Site) -> None:
    paths = f"{site.has('/busy', '', status=503)}\n{site.at('/gone')}\n"
    _, busy, gone = await site.reads(site.has("/list.txt", paths))
    assert (busy.unchanged, gone.unchanged) == (True, False)


async def test_redirects_to_private_addresses_and_without_end_are_refused(site: Site) -> None:
    inward = site.has("/in", "", status=302, Location=f"http://127.0.0.2:{site.server.port}/faq")
    with pytest.raises(OperatorError, match="lies on a private or local address"):
        await site.reads(inward)
    with pytest.raises(OperatorError, match="redirects more than 5 times"):
        await site.reads(site.has("/round", "", status=301, Location="/round"))
    with pytest.raises(OperatorError, match="is no address of a page"):
        await site.reads(site.has("/file", "", status=301, Location="file:///etc/passwd"))


async def test_a_huge_page_is_refused(site: Site) -> None:
    with pytest.raises(OperatorError, match="is larger than 4 MB"):
        await site.reads(site.has("/huge", "x" * 5_000_000))


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "[::1]", "[::ffff:127.0.0.1]", "2130706433", "0"])
async def test_our_own_machine_is_no_public_page(site: Site, host: str) -> None:
    with pytest.raises(OperatorError, match=r"private or local|cannot be reached"):
        await read_pages([f"http://{host}:{site.server.port}/faq"], {})
    assert site.asked == []


def test_private_addresses_are_not_public() -> None:
    cases: list[str] = [
        "10.0.0.1",
        "192.168.1.1",
        "172.16.0.1",
        "169.254.169.254",
        "0.0.0.0",  # noqa: S104 - nothing is bound
        "100.64.0.1",
        "224.0.0.1",
        "::",
        "fc00::1",
        "fe80::1%eth0",
        "::ffff:10.0.0.1",
        "2002:7f00:1::",
    ]
    assert [address for address in cases if is_public(address)] == []


def test_public_addresses_are() -> None:
    assert is_public("93.184.216.34")
    assert is_public("2606:2800:220:1::1")
