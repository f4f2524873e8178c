"""Which of the configured languages a text is in."""

from py3langid.langid import MODEL_FILE, LanguageIdentifier

SURE = 0.8
SHORTEST = 12


class Detector:
    """Tells languages apart among a few; the model is read when this is built."""

    def __init__(self, languages: tuple[str, ...]) -> None:
        self._identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
        self._identifier.set_languages(list(languages))

    def detect(self, text: str, otherwise: str) -> str:
        """The text's language, or `otherwise` when it is too short or too unclear to tell."""
        if len(text) < SHORTEST:
            return otherwise
        language, sure = self._identifier.classify(text[:600])
        return str(language) if sure >= SURE else otherwise
