"""`python -m bot.recognition.meaning [--check]`: learn the packaged sentences, or say whether that is due."""

import sys

from bot.language.encoding.encoders import BUNDLED, load
from bot.recognition.meaning.learned import FILE, learn, recall, write
from bot.recognition.meaning.sentences import load_sentences


def main(*, check: bool) -> None:
    """Write the file, or exit with what is to be done."""
    encoder = load(BUNDLED)
    if encoder is None:
        raise SystemExit("The default encoder is not installed.")
    sentences = load_sentences()
    if check and recall(encoder, sentences) is None:
        raise SystemExit(f"{FILE.name} is of other sentences: python -m bot.recognition.meaning")
    if not check:
        write(learn(encoder, sentences))


if __name__ == "__main__":
    main(check="--check" in sys.argv[1:])
