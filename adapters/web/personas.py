"""The people a visitor can act as: members of the community, and one of its staff."""

from dataclasses import field

from bot.locales.words import mark
from bot.ports.inbound import Actor, Role
from storage.values import frozen

PLATFORM = "web"


@frozen
class Persona:
    """A person the visitor can act as.

    Attributes:
        title: their role in a word or two, before translation.
        about: a sentence about them, before translation.
    """

    id: str
    name: str
    title: str
    about: str
    role: Role = Role.MEMBER

    def actor(self, language: str) -> Actor:
        """This person as the actor of an event."""
        return Actor(PLATFORM, self.id, self.name, self.role, language)


@frozen
class Cast:
    """All people on the page.

    Attributes:
        staff: the person who acts in the staff's pane.
        visitors: the people who can be chosen in the community's pane, by id; the first is the default.
    """

    staff: Persona
    visitors: dict[str, Persona] = field(default_factory=dict)

    def find(self, id_: str) -> Persona | None:
        """The person of that id, or None; an empty id is the first visitor."""
        return self.visitors.get(id_) if id_ else next(iter(self.visitors.values()))

    def knows(self, id_: str) -> bool:
        """Whether an account belongs to a person on the page."""
        return id_ in self.visitors or id_ == self.staff.id


def cast(staff: Persona, *visitors: Persona) -> Cast:
    """Make a cast of these people."""
    return Cast(staff, {person.id: person for person in visitors})


CAST = cast(
    Persona(
        "dominique",
        "Dominique",
        mark("Staff"),
        mark("Reads the digests, goes through the queue, decides."),
        Role.STAFF,
    ),
    Persona("camille", "Camille", mark("Member"), mark("Speaks under a name and likes to see what becomes of it.")),
    Persona("noor", "Noor", mark("Shy member"), mark("Has something to say and would rather not be named.")),
    Persona(
        "alex",
        "Alex",
        mark("Moderator"),
        mark("Lives with the community, goes through the queue, passes decisions on."),
        Role.MODERATOR,
    ),
)
