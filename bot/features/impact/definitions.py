"""The definition of each figure of an impact report: its formula, its assumptions, and the rows it is based on."""

from bot.features.impact.wording import TIMES, interval
from bot.impact.figures import Figure, Key
from bot.impact.report import Report
from bot.locales.speech import Speech

DELIVERED = (Key.TOLD, Key.ANSWER)
"""The figures of deliveries, which are stored for some days only."""
FEWEST = 6
"""The fewest values with a 95 % confidence interval of the median, see `bot.impact.intervals`: 2 × 0.5⁶ < 0.05."""
FEWEST_MONTHS = 2
"""The fewest months of a period for people to be counted in several of them."""


def formula(speech: Speech, key: Key, report: Report) -> str:
    """The formula of a figure, in words."""
    minutes = speech.decimal(report.settings.minutes_per_answer)
    cost = speech.money(report.settings.hourly_cost or 0, report.settings.currency or "EUR")
    return {
        Key.HEARD: speech.say("distinct people who wrote to the team or asked the bot."),
        Key.TOLD: speech.say("distinct people to whom a message arrived that says what became of feedback."),
        Key.ANSWERED: speech.say(
            "distinct questions that the bot answered from the knowledge, without those marked as not useful."
        ),
        Key.ANSWERED_SHARE: speech.say("questions answered without the team ÷ all distinct questions."),
        Key.HOURS: speech.say("questions answered without the team × {minutes} minutes ÷ 60.", minutes=minutes),
        Key.MONEY: speech.say("hours saved × {cost}.", cost=cost),
        Key.ANSWER: speech.say("median from a question to the team's first answer of the period."),
        Key.WORD: speech.say("median from feedback to the team's first decision or question, if in the period."),
        Key.DECISION: speech.say("median from feedback to its first decision, if in the period."),
        Key.IDEAS: speech.say("ideas done ÷ ideas that became done, not planned or already existing in the period."),
        Key.CLOSURE: speech.say("messages of the period that have an outcome now ÷ all messages of the period."),
    }[key]


def assumption(speech: Speech, key: Key, report: Report) -> str:
    """The assumptions of a figure, in words."""
    minutes = speech.decimal(report.settings.minutes_per_answer)
    return {
        Key.HEARD: speech.say(
            "Who wrote with and without a name counts twice. People known from an import alone do not count."
        ),
        Key.TOLD: _told(speech, report),
        Key.ANSWERED: speech.say(
            "The same words of one person count once. An answer that came later counts too; one deleted since does not."
        ),
        Key.ANSWERED_SHARE: speech.say("Questions that nobody answered count among all."),
        Key.HOURS: speech.say("One answer would take a person {minutes} minutes.", minutes=minutes),
        Key.MONEY: speech.say("The cost of an hour is what the settings say."),
        Key.ANSWER: speech.say("Without a name, it counts from the beginning of the day."),
        Key.WORD: speech.say("Without praise and imports. Without a name, it counts from the beginning of the day."),
        Key.DECISION: speech.say(
            "“Under review” is no decision. Without praise and imports; without a name, from the beginning of the day."
        ),
        Key.IDEAS: speech.say("A planned idea counts once it has ended."),
        Key.CLOSURE: speech.say(
            "What was joined to another has its outcome; praise has one once it was read. Imports count."
        ),
    }[key]


def _told(speech: Speech, report: Report) -> str:
    usual = speech.say("Who has no name counts once for each message they wrote. Answers do not count.")
    if len(report.reach.months) < FEWEST_MONTHS:
        return usual
    return f"{usual} {speech.say('Of months whose deliveries are gone, each person counts once a month.')}"


def definition(speech: Speech, figure: Figure, report: Report) -> str:
    """The formula, the rows and the assumptions of a figure."""
    assumed = speech.say("Assumed: {assumption}", assumption=assumption(speech, figure.key, report))
    return f"{formula(speech, figure.key, report)} {basis(speech, figure, report)} {assumed}"


def basis(speech: Speech, figure: Figure, report: Report) -> str:
    """The number of rows of a figure, its confidence interval, and since when it is known."""
    rows = speech.count("{n} row.", "{n} rows.", figure.rows)
    found = interval(speech, figure)
    between = [speech.say("95 % interval: {interval}.", interval=found)] if found else []
    few = [speech.say("Too few for an interval.")] if figure.key in TIMES and 0 < figure.rows < FEWEST else []
    return " ".join((rows, *between, *few, *known(speech, figure.key, report)))


def known(speech: Speech, key: Key, report: Report) -> list[str]:
    """A list with the sentence on since when a figure of deliveries is known; empty if for the whole period."""
    if key not in DELIVERED or not report.partly_delivered:
        return []
    days = report.kept
    if report.delivered_since is None:
        return [
            speech.say("No longer known: deliveries are kept for {days} days, then counted by the month.", days=days)
        ]
    day = speech.dated(report.delivered_since, report.period.last)
    return [
        speech.say(
            "Only since {day}: deliveries are kept for {days} days, then counted by the month.", day=day, days=days
        )
    ]
