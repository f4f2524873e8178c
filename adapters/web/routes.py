"""The page's routes."""

import asyncio
import contextlib
import secrets
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import structlog
from fastapi import FastAPI, Header, HTTPException, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse
from fastapi.sse import EventSourceResponse, ServerSentEvent
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException as AnyHTTPException

from adapters.web import render
from adapters.web.personas import PLATFORM
from adapters.web.receive import Act, Reader, Unreadable
from adapters.web.scene import Scene
from adapters.web.security import Guard
from adapters.web.timeline import Pane
from adapters.web.visit import Here, Visit, next_monday, read_visit
from bot.clock import MovableClock
from bot.dispatch.faults import frames
from bot.ports.inbound import Chat, Inbound
from bot.ports.plain import plain
from storage.engine.errors import StoreError

STATIC = Path(__file__).parent / "static"


def application(scene: Scene, port: int) -> FastAPI:
    """Make the web application; FastAPI's generated documentation is off."""
    app = FastAPI(openapi_url=None)
    app.state.scene = scene
    app.add_middleware(Guard, port=port)
    app.add_api_route("/", page, response_class=HTMLResponse)
    app.add_api_route("/events", events, response_class=EventSourceResponse)
    app.add_api_route("/act", act, methods=["POST"])
    app.add_api_route("/language", language, methods=["POST"])
    app.add_api_route("/clock", clock, methods=["POST"])
    app.mount("/static", StaticFiles(directory=STATIC))
    app.add_exception_handler(AnyHTTPException, _refuse)
    app.add_exception_handler(RequestValidationError, _refuse)
    app.add_exception_handler(Exception, _report)
    return app


async def page(visit: Here) -> HTMLResponse:
    """The page as one person sees it."""
    return HTMLResponse(await render.page(visit))


async def events(
    visit: Here, after: str = "", last_event_id: Annotated[str, Header()] = ""
) -> AsyncIterator[ServerSentEvent]:
    """Stream new entries and the clock as server-sent events, after a cursor or the last event received."""
    timeline, board, clock_shown = visit.scene.timeline, visit.scene.board, ""
    seen = arranged = timeline.after(last_event_id or after)
    cards: dict[str, int] = {}
    while not timeline.closed:
        news = timeline.news
        if board.turn > arranged:
            # Without an id, and before the entries: a client that has received a later id has received this.
            arranged = board.turn
            yield ServerSentEvent(raw_data=await render.cards(visit, cards), event="ideas")
        fresh = list(timeline.shown(visit.readers, seen))
        for entry, html in zip(fresh, await render.fragments(visit, fresh), strict=True):
            seen = entry.turn
            yield ServerSentEvent(raw_data=html, event=entry.pane.value, id=timeline.cursor_of(seen))
        if (time := visit.clock()) != clock_shown:
            clock_shown = time
            yield ServerSentEvent(raw_data=time, event="clock")
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(news.wait(), 60 - visit.scene.core.clock.now().second)


async def act(request: Request, visit: Here) -> Response:
    """Handle text, a submitted form or a button press."""
    done = await _read(request, visit)
    answered = await visit.scene.act(done)
    prompt = done.inbound.answers
    settled = prompt is None or not await visit.scene.open_prompts(prompt)
    said = _how_to_ask(visit) if done.aloud and "?" in done.line and answered is None else ""
    if answered and visit.scene.board.has(done.inbound.pressed):
        # The bot's confirmation in the community's pane may be out of view.
        said = plain(replace(answered, blocks=answered.blocks[:1])).strip()
    return await _answer(request, visit, done.pane, settled=settled, said=said)


async def language(request: Request, visit: Here) -> Response:
    """Set the language of the page and of the bot's answers."""
    form = await _form(request)
    chosen = form.get("language", "")
    if chosen not in visit.scene.core.languages.codes:
        raise HTTPException(400, visit.speech.say("The page does not speak this language."))
    for pane in Pane:
        await visit.scene.handle(_choose(visit, pane, chosen))
    return RedirectResponse(f"/?{visit.query(lang=chosen)}", 303)


async def clock(request: Request, visit: Here) -> Response:
    """Move the demo's clock to next Monday, which makes the scheduled jobs run."""
    core = visit.scene.core
    if not isinstance(core.clock, MovableClock):
        raise HTTPException(404, visit.speech.say("This clock cannot be moved."))
    try:
        await core.clock.travel(next_monday(core.clock.now(), visit.zone))
    except Exception as error:
        words = visit.speech.say(
            "The clock could not be moved. Please try again in a moment. ({reference})", reference=_log(error)
        )
        raise HTTPException(503, words) from error
    visit.scene.timeline.notify()
    return await _answer(
        request, visit, Pane.STAFF, said=visit.speech.say("Monday's digest arrives in the staff's place.")
    )


def _choose(visit: Visit, pane: Pane, code: str) -> Inbound:
    """The `/language` command as an event that the page does not show."""
    chat = Chat(PLATFORM, pane.value, staff=pane is Pane.STAFF)
    now = visit.scene.core.clock.now()
    return Inbound(f"language-{secrets.token_hex(8)}", visit.actor(pane), chat, now, "language", {"language": code})


async def _read(request: Request, visit: Visit) -> Act:
    form = await _form(request)
    try:
        pane = Pane(form.get("pane", ""))
        reader = Reader(visit.actor(pane), pane, visit.scene.core.registry, visit.scene.core.clock.now())
        return reader.read(form)
    except (Unreadable, ValueError):
        words = visit.speech.say("Nothing arrived: the form was empty or incomplete.")
        raise HTTPException(400, words) from None


async def _form(request: Request) -> dict[str, str]:
    """The form's fields, without files."""
    async with request.form() as form:
        return {name: value for name, value in form.items() if isinstance(value, str)}


def _how_to_ask(visit: Visit) -> str:
    """The page's hint shown when the bot does not answer a question that was not addressed to it."""
    return visit.speech.say("Everyone here can read this. To ask the bot, begin with @portevoix.")


async def _answer(request: Request, visit: Visit, pane: Pane, *, settled: bool = True, said: str = "") -> Response:
    """Redirect to the page; for the page's script, JSON with what to change.

    Args:
        settled: whether the submitted form is finished.
        said: a notice to show.
    """
    now = await read_visit(request, visit.persona.id, visit.speech.language)
    if _for_the_script(request):
        return JSONResponse({"language": now.speech.language, "settled": settled, "said": said})
    return RedirectResponse(f"/?{now.query()}#{pane.value}", 303)


def _for_the_script(request: Request) -> bool:
    return "application/json" in request.headers.get("accept", "")


async def _refuse(request: Request, error: Exception) -> Response:
    """A short page with the reason; for the page's script, JSON."""
    status, words = 400, "This address is incomplete."
    if isinstance(error, AnyHTTPException):
        status, words = error.status_code, error.detail
    if _for_the_script(request):
        return JSONResponse({"refused": words}, status)
    return HTMLResponse(render.refusal(str(status), words), status)


async def _report(request: Request, error: Exception) -> Response:
    """A page for an unexpected error, with its reference."""
    words = f"Something went wrong on our side. The team can find it under {_log(error)}."
    return HTMLResponse(render.refusal("500", words), 500)


def _log(error: Exception) -> str:
    """Log an error under a new reference, without content.

    Returns:
        The reference.
    """
    reference, kind = secrets.token_hex(3), type(error).__name__
    mend = {"mend": str(error)} if isinstance(error, StoreError) else {}
    structlog.get_logger().error(
        "fault", reference=reference, platform=PLATFORM, error=kind, frames=frames(error), **mend
    )
    return reference
