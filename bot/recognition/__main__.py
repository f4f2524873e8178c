"""`python -m bot.recognition`: fits the packaged sentences of danger anew, after one was changed."""

from bot.language.encoding import encoders
from bot.recognition import fitted
from bot.recognition.likeness import fit_sentences
from bot.recognition.sentences import load_sentences


def main() -> None:
    """Write the file that spares each start the fitting.

    Raises:
        SystemExit: the default encoder is not installed.
    """
    encoder = encoders.load(encoders.BUNDLED)
    if encoder is None:
        raise SystemExit("The default encoder is not installed.")
    sentences = load_sentences()
    fitted.write(fitted.sign(encoder.id, sentences), fit_sentences(encoder, sentences))


if __name__ == "__main__":
    main()
