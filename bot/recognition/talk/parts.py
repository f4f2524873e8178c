"""The roles of phrases of plain talk in a message."""

from enum import StrEnum


class Part(StrEnum):
    """The role of a phrase in a message."""

    HELP = "help"
    ABILITIES = "abilities"
    IDENTITY = "identity"
    ROBOT = "robot"
    HUMAN = "human"
    DESTINATION = "destination"
    PRIVACY = "privacy"
    ERASURE = "erasure"
    NEWS = "news"
    INSULT = "insult"
    IDEA = "idea"
    IDEA_LABEL = "idea, before a colon"
    IDEA_SENTENCE = "the start of a sentence that is an idea"
    COMPLAINT = "complaint"
    COMPLAINT_LABEL = "complaint, before a colon"
    TROUBLE = "a whole complaint in itself"
    VAGUE_TROUBLE = "a complaint that says nothing yet"
    FILLER = "filler"
    SINCE = "since when, after a trouble"
