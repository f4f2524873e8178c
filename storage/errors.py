"""What can be wrong with a store, in one line an operator can act on."""

from sqlalchemy.exc import DBAPIError


class StoreError(Exception):
    """The store cannot do what was asked; the message names the mend."""


class StoreBusy(StoreError):
    """Another program holds the database."""


class StoreFull(StoreError):
    """There is no room left to write."""


class StoreReadOnly(StoreError):
    """The database or its folder may not be written."""


class StoreLost(StoreError):
    """The connection to the database was lost."""


class WrongKey(StoreError):
    """The key does not open the database."""


class NewerStore(StoreError):
    """The database was written by a newer Portevoix."""


_SIGNS: tuple[tuple[str, type[StoreError], str], ...] = (
    ("disk is full", StoreFull, "The disk is full: make room where the database lives. What was stored is safe."),
    ("disk i/o error", StoreFull, "The disk refuses to write: check its room and its health. What was stored is safe."),
    ("no space left", StoreFull, "The disk is full: make room where the database lives. What was stored is safe."),
    ("is locked", StoreBusy, "Another program holds the database: stop it, or try again in a moment."),
    ("readonly database", StoreReadOnly, "The database is read-only: let this user write the file and its folder."),
    ("read-only", StoreReadOnly, "The database is read-only: let this user write the file and its folder."),
    (
        "unable to open",
        StoreReadOnly,
        "The database cannot be opened: check that its folder exists and may be written.",
    ),
    ("is not a database", WrongKey, "The key does not open this database: set PORTEVOIX_KEY_FILE to the key it had."),
    ("connection", StoreLost, "The database does not answer: check PORTEVOIX_DATABASE and that the server runs."),
)


def explain(error: BaseException) -> StoreError | None:
    """The store error behind a driver's error, or None when it is a fault of ours."""
    words = str(error.orig if isinstance(error, DBAPIError) else error).lower()
    for sign, kind, mend in _SIGNS:
        if sign in words:
            return kind(mend)
    return None
