"""A person who leaves a word of their own in each kind of data, among people who speak of them."""

from dataclasses import dataclass

from bot.ports.inbound import Actor, File, Means, Role, Said
from tests.clock import StillClock
from tests.stage import PLATFORM, BareStage, Person

ACCOUNT = "zoe-of-the-quay"
SAID = {
    "account and name": ACCOUNT,
    "feedback with a name": "rosemary",
    "feedback without a name": "thyme",
    "a file": "basil-in-the-file",
    "a file's name": "basil-as-a-name",
    "a question with a name": "oregano",
    "a question without a name": "savory",
    "a question that finds an answer": "chervil",
    "a draft without a name": "dill",
    "an open offer": "lovage",
    "an appeal": "tarragon",
    "a request to look at a block again": "marjoram",
    "a reason given as a moderator": "fennel",
    "the reason of a block": "borage",
    "an answer to an author on its way": "sorrel",
    "an answer to a question on its way": "hyssop",
    "what others pass on, as a draft": "chicory",
    "what others passed on": "purslane",
    "the link to what was passed on": "https://example.org/cress",
}
"""By kind of data, what Zoé says there and nowhere else."""
KEPT = {
    "an answer kept for whoever asks next": ("nettle", {"answer"}),
    "what somebody else wrote of them": ("Camille thanks Zoé-by-name", {"feedback", "digest", "outbox"}),
    "the reason another moderator gave somebody else": ("Alex saw Zoé-by-sight", {"history"}),
}
"""What others wrote, or she for the team, which her erasure leaves: by kind, the words, and the tables they are in."""


@dataclass
class Life:
    """The people and the clock of one life; `zoe` moderates and is a trusted contact, too."""

    stage: BareStage
    clock: StillClock

    def __post_init__(self) -> None:
        self.zoe = Person(self.stage, ACCOUNT, Role.MODERATOR)
        self.camille, self.alex = Person(self.stage, "camille"), Person(self.stage, "alex", Role.MODERATOR)

    async def live(self) -> None:
        """Leave something everywhere; what is on its way to others at the end is not delivered."""
        await self._others_write()
        await self._files()
        await self._asks()
        await self._moderates()
        await self._is_blocked()
        await self._is_passed_on()
        await self._drafts()
        await self.stage.do(self.alex, text="/status 3", means=Means(durable=True))

    async def _others_write(self) -> None:
        await self.camille.says(f"/suggest {KEPT['what somebody else wrote of them'][0]}")
        await self.camille.says("/suggest Sunday opening")
        await self.alex.says(f"/queue 2 planned {KEPT['the reason another moderator gave somebody else'][0]}")

    async def _files(self) -> None:
        """Items #3, with a file, #1000 without a name, and #4, which is taken from view."""
        file = File(SAID["a file's name"] + ".txt", "text/plain", SAID["a file"].encode())
        await self.stage.do(
            self.zoe, text=f"/suggest {SAID['feedback with a name']}", addressed=True, attachments=(file,)
        )
        await self._without_a_name(SAID["feedback without a name"])
        await self.zoe.presses("Send")
        await self.zoe.says("/suggest Something loud")
        await self.alex.says("/remove 4 Please mind the tone.")
        await self.zoe.says(f"/appeal 4 {SAID['an appeal']}")

    async def _without_a_name(self, words: str) -> None:
        await self.zoe.says("/problem")
        await self.zoe.fills(text=words, audience="everyone", name="nameless")

    async def _asks(self) -> None:
        await self.zoe.says(f"/ask Where does {SAID['a question that finds an answer']} grow?")
        await self._answered_by(self.alex, "On the balcony.")
        await self.alex.presses("Keep the answer")
        await self.alex.presses("As it is")
        await self.zoe.says(f"/ask Why is there no {SAID['a question with a name']}?")
        await self.zoe.says("/ask")
        await self.zoe.fills(question=f"Who waters the {SAID['a question without a name']}?", name="nameless")
        self.clock.forward(minutes=1)
        await self.alex.says("/digest now")
        await self.stage.deliver()

    async def _answered_by(self, moderator: Person, text: str) -> None:
        """Answer the question asked last, which is the only one or the most asked."""
        self.clock.forward(minutes=1)
        await moderator.says(f"/answer {text}")
        shown = moderator.hears("[Answer: ")
        await moderator.presses(shown.rpartition("[Answer: ")[2].join(("Answer: ", "")).split("]")[0])

    async def _moderates(self) -> None:
        await self.camille.says("/problem")
        await self.camille.fills(text="It is about the team", audience="trusted", name="named")
        await self.stage.deliver()
        await self.zoe.presses("Answer")
        await self.zoe.says(SAID["an answer to an author on its way"])
        await self.camille.says("/ask How late is the harbour open?")
        await self._answered_by(self.zoe, SAID["an answer to a question on its way"])
        await self.camille.says("/ask When do the boats leave?")
        await self._answered_by(self.zoe, KEPT["an answer kept for whoever asks next"][0])
        await self.zoe.presses("Keep the answer")
        await self.zoe.presses("As it is")
        await self.zoe.says(f"/queue 1 not_planned {SAID['a reason given as a moderator']}")
        await self.zoe.says(f"/block 1 week {SAID['the reason of a block']}")

    async def _is_blocked(self) -> None:
        await self.alex.says("/block 3 week Please mind the tone.")
        await self.zoe.says("/suggest Again")
        await self.zoe.presses("Ask to look again")
        await self.zoe.says(SAID["a request to look at a block again"])

    async def _is_passed_on(self) -> None:
        await self._points_at(SAID["what others passed on"], "1")
        await self.alex.presses("As a problem")
        await self._points_at(SAID["what others pass on, as a draft"], "2")

    async def _points_at(self, words: str, message: str) -> None:
        link = SAID["the link to what was passed on"]
        said = Said(Actor(PLATFORM, ACCOUNT, ACCOUNT), words, message, link=link)
        await self.stage.do(self.alex, command="passon", about=said)

    async def _drafts(self) -> None:
        await self.zoe.says(f"I want to complain: {SAID['an open offer']}")
        await self.alex.says("/unblock 3")
        await self._without_a_name(SAID["a draft without a name"])

    async def leave(self) -> None:
        """Have everything erased at once."""
        await self.zoe.says("/forgetme")
        await self.zoe.presses("Everything at once")
        self.zoe.hears("nothing stored here leads to you any more.")
