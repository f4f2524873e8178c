"""Which of the configured languages a text is in."""

from functools import cached_property
from typing import Any

SURE = 0.8
SHORTEST = 12
MOST_CHARACTERS = 600


class Detector:
    """Tells languages apart among a few. Its model is read on first use, or ahead of it by `warm`."""

    def __init__(self, languages: tuple[str, ...]) -> None:
        self._languages = languages

    def detect(self, text: str, otherwise: str) -> str:
        """The text's language, or `otherwise` when it is too short or too unclear to tell."""
        if len(text) < SHORTEST:
            return otherwise
        language, sure = self._identifier.classify(text[:MOST_CHARACTERS])
        return str(language) if sure >= SURE else otherwise

    def warm(self) -> None:
        """Read the model now, off the event loop, so that nobody waits for it."""
        self._identifier  # noqa: B018 - reading it is the point

    @cached_property
    def _identifier(self) -> Any:
        # Imported here: a command that detects nothing need not wait for it.
        from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415

        identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
        identifier.set_languages(list(self._languages))
        return identifier
