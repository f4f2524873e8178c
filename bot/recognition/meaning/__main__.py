"""`python -m bot.recognition.meaning [--check]`: fit the model to the packaged sentences, or check if that is due."""

import sys

from bot.language.encoding.encoders import BUNDLED, load
from bot.recognition.meaning.learned import FILE, learn, read_learned, write
from bot.recognition.meaning.sentences import load_sentences


def main(*, check: bool) -> None:
    """Write the file, or with `check`, exit with a message when it has to be written anew."""
    encoder = load(BUNDLED)
    if encoder is None:
        raise SystemExit("The default encoder is not installed.")
    sentences = load_sentences()
    if check and read_learned(encoder, sentences) is None:
        raise SystemExit(f"{FILE.name} is of other sentences: python -m bot.recognition.meaning")
    if not check:
        write(learn(encoder, sentences))


if __name__ == "__main__":
    main(check="--check" in sys.argv[1:])
