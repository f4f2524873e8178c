"""Who, where, and in which community: the cases in which every command is tried."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import product

from sqlmodel import Session

from bot.commands import buttons
from bot.commands.registry import Command, Shape
from bot.dispatch.community.belonging import CHOOSE
from bot.ports.inbound import Actor, Chat, Inbound, Role
from bot.ports.plain import plain
from bot.ports.reply import Button, Buttons, Reply
from storage.models import Community
from tests.stage import PLATFORM, BareStage

REFUSALS = {
    "This is for moderators. /help shows what you can do here.",
    "This is for the staff. /help shows what you can do here.",
}
OUTSIDE = "To take part, write to the bot once in a group of the community"
NOWHERE = "This place does not belong to a community yet; a moderator brings it in with /setup CODE"


@dataclass(frozen=True)
class Kind:
    """A kind of person, with their role in the community that is theirs.

    Attributes:
        name: also that of the account.
        role: in their own community's places; elsewhere they are members.
        contact: whether they are a trusted contact of it.
        seen: whether places of both communities have seen them.
    """

    name: str
    role: Role = Role.MEMBER
    contact: bool = False
    seen: bool = True


KINDS = (
    Kind("member"),
    Kind("contact", contact=True),
    Kind("moderator", Role.MODERATOR),
    Kind("staff", Role.STAFF),
    Kind("both", Role.MODERATOR, contact=True),
)
STRANGER = Kind("stranger", seen=False)
OWN, OTHER, NONE = "plaza", "forum", ""
PUBLIC, STAFF, PRIVATE = "public", "staff", "private"


@dataclass(frozen=True)
class Case:
    """One kind of person in one place of one community."""

    kind: Kind
    community: str
    place: str

    def __str__(self) -> str:
        return f"{self.kind.name} in {self.community or 'no community'}, {self.place}"

    @property
    def role(self) -> Role:
        """What the adapters find: rights in a community's places count in that community only."""
        return self.kind.role if self.community == OWN else Role.MEMBER

    @property
    def chat(self) -> Chat:
        if self.place == PRIVATE:
            return Chat(PLATFORM, self.kind.name, private=True, own=self.kind.name)
        place = f"{self.community}-desk" if self.place == STAFF else self.community or "elsewhere"
        return Chat(PLATFORM, place, staff=self.place == STAFF, overlooked=True, own=self.kind.name)

    @property
    def actor(self) -> Actor:
        """In private, with the roles by the place that gives each; the highest counts until the community is known."""
        name, private = self.kind.name, self.place == PRIVATE
        roles = {OWN: self.kind.role} if private and self.kind.role else {}
        return Actor(PLATFORM, name, name, self.kind.role if private else self.role, "en", roles=roles)

    def may(self, command: Command) -> bool:
        """What the registry says."""
        # A stranger has no communities to choose from.
        anywhere = command.anywhere and (self.kind.seen or command.name != CHOOSE)
        return self.role >= command.role and (bool(self.community) or anywhere)


CASES = (
    *(Case(kind, OWN, place) for kind, place in product(KINDS, (PUBLIC, STAFF, PRIVATE))),
    # Elsewhere all are members. Who is a mere one here, too, has nothing that could count there, and who is a moderator
    # or a contact alone has nothing that who is both has not.
    *(Case(kind, OTHER, place) for kind, place in product(KINDS[3:], (PUBLIC, STAFF, PRIVATE))),
    *(Case(kind, NONE, PUBLIC) for kind in (KINDS[0], *KINDS[3:])),
    Case(STRANGER, NONE, PRIVATE),
)
MEMBER, CONTACT, MODERATOR, STAFFER, BOTH = KINDS
FEW = (
    Case(MEMBER, OWN, PUBLIC),
    Case(CONTACT, OWN, PRIVATE),
    Case(MODERATOR, OWN, STAFF),
    Case(STAFFER, OWN, PRIVATE),
    Case(BOTH, OWN, PUBLIC),
    Case(STAFFER, OTHER, PRIVATE),
    Case(BOTH, OTHER, PUBLIC),
    Case(STAFFER, NONE, PUBLIC),
    Case(STRANGER, NONE, PRIVATE),
)
"""Of `CASES`, each kind of person and of place, at home, in another community and in none, at least once."""


@dataclass
class Trial:
    """One case's attempts on a stage, and what was heard.

    Attributes:
        aloud: what everybody in the place heard, too.
    """

    stage: BareStage
    case: Case
    communities: Mapping[str, Community]
    heard: list[str] = field(default_factory=list)
    aloud: list[str] = field(default_factory=list)

    async def types(self, command: Command, number: int) -> str:
        """Type a command."""
        words = " ".join(value for value in arguments(command, number).values())
        return await self.does(f"/{command.name} {words}".strip())

    async def presses(self, command: Command, number: int, community: str) -> str:
        """Press a button of a community that calls a command; anybody may try, whoever it was shown to."""
        core, own = self.stage.core, self.communities[community].id
        button = Button("", command.name, arguments(command, number))
        token = buttons.sign(core.store.keys, button, None, core.clock.now(), own)
        return await self.does(button=token or await self._stored(button, own))

    async def _stored(self, button: Button, community_id: int) -> str:
        """The token of a button whose arguments are too long to be in it."""
        core, shown = self.stage.core, Reply((Buttons((button,)),))

        def job(session: Session) -> Reply:
            return buttons.with_tokens(session, core.store.keys, shown, None, core.clock.now(), community_id)

        made = (await core.store.write(job)).blocks[0]
        assert isinstance(made, Buttons)
        return made.buttons[0].token

    async def does(self, text: str = "", button: str | None = None) -> str:
        """Type or press something; returns what is heard."""
        number, at = next(self.stage._events), self.stage.core.clock.now()
        done = Inbound(f"try-{number}", self.case.actor, self.case.chat, at, text=text, button=button)
        reply = await self.stage.app.handle(done)
        self.heard.append(plain(reply) if reply else "")
        if reply and not reply.private:
            self.aloud.append(self.heard[-1])
        return self.heard[-1]


def arguments(command: Command, number: int) -> dict[str, str]:
    """Something for every parameter that a command needs, and a number wherever it takes one."""
    return dict(_arguments(command, number))


def _arguments(command: Command, number: int) -> Iterator[tuple[str, str]]:
    for one in command.parameters:
        if one.shape is Shape.NUMBER:
            yield one.name, str(number)
        elif one.required:
            yield one.name, _value(one.shape, str(one.choices[0].value) if one.choices else "")


def _value(shape: Shape, choice: str) -> str:
    return {Shape.HIDDEN: "9", Shape.CHOICE: choice, Shape.AREA: "Support"}.get(shape, "words")


def refused(heard: str) -> bool:
    """Whether the policy refused, as it does in one kind sentence."""
    return heard.strip() in REFUSALS or heard.startswith((NOWHERE, OUTSIDE))
