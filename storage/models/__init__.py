"""The tables, as SQLModel classes that are used as records everywhere; there are no separate domain classes."""

from storage.models.alerts import Alert, AlertItem, AlertPost, AlertQuestion
from storage.models.desk import ReadyReason
from storage.models.dialogue import Inquiry, Invitation, Readiness, Referral
from storage.models.feedback import Attachment, Card, Feedback, Follow, History, ItemVector, Support, Voice
from storage.models.knowledge import (
    Answer,
    AnswerVectors,
    KnowledgeChange,
    KnowledgeSource,
    Phrasing,
    Proposal,
    ProposalMark,
    Question,
    Refusal,
)
from storage.models.people import (
    Block,
    Community,
    Departure,
    Identity,
    Installation,
    Member,
    Membership,
    Place,
    PrivateChat,
)
from storage.models.routing import Incident, Route
from storage.models.themes import Theme, ThemeItem
from storage.models.told import AnswerTime, ToldMonth
from storage.models.traffic import Button, Digest, DigestOwner, Inbox, Mention, Outbox, Prompt, Rate, Screen, Trace
from storage.models.words import Detail, Word

__all__ = [
    "Alert",
    "AlertItem",
    "AlertPost",
    "AlertQuestion",
    "Answer",
    "AnswerTime",
    "AnswerVectors",
    "Attachment",
    "Block",
    "Button",
    "Card",
    "Community",
    "Departure",
    "Detail",
    "Digest",
    "DigestOwner",
    "Feedback",
    "Follow",
    "History",
    "Identity",
    "Inbox",
    "Incident",
    "Inquiry",
    "Installation",
    "Invitation",
    "ItemVector",
    "KnowledgeChange",
    "KnowledgeSource",
    "Member",
    "Membership",
    "Mention",
    "Outbox",
    "Phrasing",
    "Place",
    "PrivateChat",
    "Prompt",
    "Proposal",
    "ProposalMark",
    "Question",
    "Rate",
    "Readiness",
    "ReadyReason",
    "Referral",
    "Refusal",
    "Route",
    "Screen",
    "Support",
    "Theme",
    "ThemeItem",
    "ToldMonth",
    "Trace",
    "Voice",
    "Word",
]
