"""No named query reads a table that grows from end to end: each is asked on both databases, and its plan looked at.

A query is every public function in a room of `storage/` that takes a session; a new one is asked at once.
"""

import contextlib
import importlib
import inspect
import pkgutil
import types
from collections.abc import Callable, Iterator, Mapping
from collections.abc import Callable as CallableOrigin
from dataclasses import fields, is_dataclass
from datetime import date, datetime, timedelta
from enum import Enum
from functools import cache
from itertools import islice
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, SQLModel, select

import storage
from storage.engine.keys import Keys
from storage.models import Community, Feedback
from storage.privacy.retention import RULES, Rule
from storage.schema.opening import load_keys, open_engines
from tests.storage import rows
from tests.storage.landed import Past, copied
from tests.storage.plans.plan import read_whole, recorded
from tests.storage.rows import NOON

WHOLE = {
    "outbox.undelivered": "the operator is shown all that could not be delivered",
    "outbox.waiting_count": "the operator is told how much waits",
    "left_places.erase_community": "a community goes whole, once, weeks after the bot was removed from it",
    "left_places.people": "likewise, with those who were in it alone",
}
"""Queries that are for all there is, each with its reason; none is a command's."""
KEYS = Keys(bytes.fromhex("5b" * 32))
SOME: Mapping[Any, Any] = {
    timedelta: timedelta(minutes=1),
    int: 1,
    float: 1.0,
    str: "1",
    bool: True,
    bytes: b"1",
    datetime: NOON,
    date: NOON.date(),
    Any: 1,
    Keys: KEYS,
}
"""A value of every plain type that a query takes."""


MORE = (
    # Else PostgreSQL may count its few authors meanwhile, and rightly read all of them.
    "ALTER TABLE feedback SET (autovacuum_enabled = false)",
    """
    INSERT INTO outbox (dedupe_key, state, attempts, error, created_at, next_at)
    SELECT 'more:' || i, 'failed', 0, '', '2026-03-04 00:00:00', '2026-03-04 00:00:00' FROM generate_series(1, 5000) i
    """,
    """
    WITH more AS (
        INSERT INTO feedback (community_id, number, kind, status, audience, nameless, publication, language, text,
            base_support, support, seen, created_at, changed_at, closed_at)
        SELECT (SELECT min(id) FROM community), 1000 + i, 'praise', 'read', 'everyone', FALSE, 'shown', 'en', '', 0, 0,
            FALSE, '2026-03-04 00:00:00', '2026-03-04 00:00:00', '2026-03-04 00:00:00' FROM generate_series(1, 5000) i
        RETURNING id
    )
    INSERT INTO attachment (feedback_id, name, media_type, content, community_id, size)
    SELECT id, 'more', 'text/plain', '', id, 16384 FROM more
    """,
    "ANALYZE outbox",
    "ANALYZE attachment",
)
NAMED: Mapping[str, Any] = {
    "args": {},
    "edges": (NOON - timedelta(days=7), NOON),
    "holder": "someone",
    "language": "en",
    "page": 500,
    "rule": None,
}
"""What queries are given by the parameter's name, where its type does not tell enough."""
MACHINERY = ("storage.engine", "storage.migrations", "storage.models", "storage.schema")
"""Rooms without queries."""


def queries() -> Iterator[tuple[str, Callable[..., Any]]]:
    for module in pkgutil.walk_packages(storage.__path__, "storage."):
        if module.ispkg or module.name.startswith(MACHINERY):
            continue
        home = importlib.import_module(module.name)
        for name, found in inspect.getmembers(home, inspect.isfunction):
            if found.__module__ == home.__name__ and not name.startswith("_") and asks(found):
                yield f"{module.name.rpartition('.')[2]}.{name}", found


def asks(function: Callable[..., Any]) -> bool:
    return "session" in parameters(function)


@cache
def parameters(function: Callable[..., Any]) -> Mapping[str, inspect.Parameter]:
    return inspect.signature(function).parameters


@cache
def hints(kind: Any) -> dict[str, Any]:
    return get_type_hints(kind)


QUERIES = dict(queries())


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def engine(request: pytest.FixtureRequest, past: Past, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """A database with something in every table, and more where PostgreSQL would rather go through a few rows.

    Nothing of what is asked of it is kept, so that one is enough.
    """
    folder = tmp_path_factory.mktemp("plans")
    with (
        copied(request, past, folder, "plans") as place,
        pytest.MonkeyPatch.context() as patch,
        recorded(patch) as tape,
    ):
        writing, reading = open_engines(place, load_keys(place))
        patch.setattr(writing, "tape", tape, raising=False)
        if writing.dialect.name == "postgresql":
            with writing.begin() as connection:
                for statement in MORE:
                    connection.exec_driver_sql(statement)
        yield writing
        writing.dispose()
        reading.dispose()


def test_no_query_reads_a_growing_table_from_end_to_end(engine: Engine) -> None:
    assert len(QUERIES) > 140
    seen = set[str]()
    found = {name: faults for name in QUERIES if name not in WHOLE and (faults := list(faults_of(engine, name, seen)))}
    assert found == {}


@pytest.mark.parametrize(
    "statement", ["SELECT id FROM feedback WHERE text = '1'", "DELETE FROM outbox WHERE error = '1'"]
)
def test_a_growing_table_read_from_end_to_end_is_noticed(engine: Engine, statement: str) -> None:
    assert read_whole(engine, statement, ())


def test_what_a_driver_is_handed_directly_is_looked_at_too(engine: Engine) -> None:
    def straight(session: Session) -> None:
        cursor = session.connection().connection.cursor()
        cursor.execute("SELECT id FROM history WHERE note = '1'")

    (statement,) = asked(engine, straight, None, optional=False)
    assert statement == "SELECT id FROM history WHERE note = '1'"


def faults_of(engine: Engine, name: str, seen: set[str]) -> Iterator[str]:
    """What a query's statements read whole; a statement that was seen is not explained again."""
    given = parameters(QUERIES[name])
    for optional in {False, any(one.default is not one.empty for one in given.values())}:
        for rule in RULES if "rule" in given else (None,):
            statements = asked(engine, QUERIES[name], rule, optional=optional)
            for statement in statements.keys() - seen:
                for step in read_whole(engine, statement, statements[statement]):
                    yield f"{rule and rule.name} {step}: {' '.join(statement.split())}"
            seen |= statements.keys()


def asked(engine: Engine, query: Callable[..., Any], rule: Rule | None, *, optional: bool) -> dict[str, Any]:
    """The statements of a query, with what they were given; nothing of it is kept."""
    with Session(engine, expire_on_commit=False) as session:
        given = arguments(session, query, rule, optional=optional)
        session.flush()
        engine.tape.statements.clear()  # type: ignore[attr-defined]
        # What is there already cannot be stored again: up to there it was asked.
        with contextlib.suppress(IntegrityError):
            answer = query(session, **given)
            if inspect.isgenerator(answer):
                # As far as the further pages, which are read by a statement of their own.
                list(islice(answer, 1200))
            session.flush()
        session.rollback()
    return dict(engine.tape.statements)  # type: ignore[attr-defined]


def arguments(session: Session, query: Callable[..., Any], rule: Rule | None, *, optional: bool) -> dict[str, Any]:
    return {
        name: rule if name == "rule" else value(session, hints(query)[name], name)
        for name, parameter in parameters(query).items()
        if name != "session" and (optional or parameter.default is parameter.empty)
        if parameter.kind is not parameter.VAR_POSITIONAL
    }


def value(session: Session, hint: Any, name: str) -> Any:
    """Something a query may be given."""
    if name in NAMED:
        return NAMED[name]
    if hint in SOME:
        return SOME[hint]
    if name == "to" and hint is Feedback:
        # Another than what is joined to it.
        return rows.item(session, session.get_one(Community, 1))
    if get_origin(hint):
        return composed(session, get_origin(hint), get_args(hint), name)
    if isinstance(hint, TypeVar):
        return value(session, hint.__constraints__[0], name)
    if issubclass(hint, SQLModel):
        return session.exec(select(hint).limit(1)).first()
    if issubclass(hint, Enum):
        return next(iter(hint))
    if is_dataclass(hint):
        made: Any = hint
        given = {one.name: value(session, hints(made)[one.name], one.name) for one in fields(hint)}
        return made(**given)
    raise NotImplementedError(f"{name}: say in SOME or NAMED what a query may be given for {hint}")


def composed(session: Session, origin: Any, inner: tuple[Any, ...], name: str) -> Any:
    """The same for types made of others: one of each."""
    if origin is CallableOrigin:
        return str
    made = [value(session, one, name) for one in inner if one not in (type(None), Ellipsis)]
    if origin in (Union, types.UnionType):
        return made[0]
    if origin is tuple:
        return tuple(made)
    if origin in (Mapping, dict):
        return {made[0]: made[1]}
    return set(made) if origin in (set, frozenset) else made
