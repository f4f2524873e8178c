"""The exceptions of the store, and the mapping of database drivers' errors to them."""

from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, SQLAlchemyError


class StoreError(Exception):
    """The store failed; the message says what the operator can do about it."""


class StoreBusy(StoreError):
    """Another program holds the database."""


class StoreFull(StoreError):
    """The disk is full."""


class StoreReadOnly(StoreError):
    """The process may not write to the database or its folder."""


class StoreLost(StoreError):
    """The connection to the database was lost."""


class StoreClosed(StoreError):
    """The store was used after it had been closed."""


class WrongKey(StoreError):
    """The key does not open the database."""


class NewerStore(StoreError):
    """The database was written by a newer Portevoix."""


_FULL = "The disk is full: make room where the database lives. What was stored is safe."
_BUSY = "Another program holds the database: stop it, or try again in a moment."
_READ_ONLY = "The database is read-only: let this user write the file and its folder."
_LOST = "The database does not answer: check PORTEVOIX_DATABASE and that the server runs."

_DAMAGED = "The database file is damaged: bring back a backup. Nothing was changed."

_SIGNS: tuple[tuple[str, type[StoreError], str], ...] = (
    ("disk is full", StoreFull, _FULL),
    ("no space left", StoreFull, _FULL),
    ("disk i/o error", StoreFull, "The disk refuses to write: check its room and its health. What was stored is safe."),
    ("is locked", StoreBusy, _BUSY),
    ("deadlock detected", StoreBusy, _BUSY),
    ("too many clients", StoreBusy, "The database takes no more connections: close some, or let it take more."),
    ("readonly database", StoreReadOnly, _READ_ONLY),
    ("read-only", StoreReadOnly, _READ_ONLY),
    ("permission denied", StoreReadOnly, "The database refuses this user: let it create and write tables there."),
    ("unable to open", StoreReadOnly, "The database cannot be opened: check that its folder exists and is writable."),
    (
        "is not a database",
        WrongKey,
        "This is not a Portevoix database, or the key is another one: check PORTEVOIX_DATABASE and PORTEVOIX_KEY_FILE.",
    ),
    ("malformed", StoreError, _DAMAGED),
    ("password", StoreLost, "The database refuses the user or the password: check PORTEVOIX_DATABASE."),
    ("does not exist", StoreLost, "There is no such database or user on the server: check PORTEVOIX_DATABASE."),
    ("resolve host", StoreLost, _LOST),
    ("closed database", StoreLost, _LOST),
    ("connection", StoreLost, _LOST),
)


_DRIVERS = {"sqlcipher3", "psycopg", "psycopg_pool"}
"""The drivers' packages, whose errors arrive unwrapped where a statement does not run through SQLAlchemy."""


def store_error(error: BaseException) -> StoreError | None:
    """The exception itself if it is a `StoreError`, else the one it maps to; None when it is not the database's."""
    if isinstance(error, StoreError):
        return error
    if not (isinstance(error, SQLAlchemyError) or type(error).__module__.partition(".")[0] in _DRIVERS):
        return None
    known = explain(error)
    # The key was right when the database was opened, so a page that it does not decrypt is damaged.
    return StoreError(_DAMAGED) if isinstance(known, WrongKey) else known


def explain(error: BaseException) -> StoreError | None:
    """The store error that a driver's error maps to; None when it is unknown, as for an error in the program.

    The first of a chain of errors counts: a full disk also removes the savepoints, and the driver then reports those.
    """
    if isinstance(error, IntegrityError | DataError):
        # Their messages quote the rejected values: a member's text must not be mistaken for an error message.
        return None
    if error.__context__ is not None and (first := explain(error.__context__)) is not None:
        return first
    if isinstance(error, StoreError):
        return error
    words = str(error.orig if isinstance(error, DBAPIError) else error).lower()
    return next((kind(mend) for sign, kind, mend in _SIGNS if sign in words), None)
