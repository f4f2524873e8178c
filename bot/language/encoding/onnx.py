"""Loads any sentence encoder from a folder with `model.onnx`, `tokenizer.json`, and its pooling mode."""

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from bot.errors import OperatorError
from bot.language.arrays import Array
from bot.language.encoding.encoder import unit
from bot.language.text.normalise import cut

BATCH, MOST_TOKENS = 32, 128
HASHED = 1 << 20
"""The number of bytes at the model's end that are hashed for its id, with its size: they contain weights."""


class OnnxEncoder:
    """A sentence encoder from a folder.

    Args:
        folder: with `model.onnx`, or `onnx/model.onnx`, and `tokenizer.json`.
        first: whether to pool by the first token's vector instead of the mean; None to read `1_Pooling/config.json`.

    Raises:
        OperatorError: a file or a package is missing.
    """

    def __init__(self, folder: Path, *, first: bool | None = None) -> None:
        model = next((file for file in (folder / "model.onnx", folder / "onnx/model.onnx") if file.is_file()), None)
        if model is None or not (folder / "tokenizer.json").is_file():
            raise OperatorError(f"encoder: {folder} has no model.onnx and tokenizer.json.")
        try:
            from onnxruntime import InferenceSession, SessionOptions  # noqa: PLC0415 - not everyone has it
            from tokenizers import Tokenizer  # noqa: PLC0415
        except ImportError as error:
            raise OperatorError(f"encoder: {error.name} is missing: pip install portevoix[english].") from error
        options = SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        self._session = InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.enable_truncation(MOST_TOKENS)
        self._tokenizer.enable_padding()
        self._first = _takes_first(folder) if first is None else first
        self.id = f"onnx/{_digest(model)}"
        self.dimension = self.encode(["."]).shape[1]

    def encode(self, texts: Sequence[str]) -> Array:
        """The vectors of texts, one a row, each of length 1."""
        parts = [self._encode(texts[start : start + BATCH]) for start in range(0, len(texts), BATCH)]
        return np.concatenate(parts) if parts else np.empty((0, self.dimension), np.float32)

    def _encode(self, texts: Sequence[str]) -> Array:
        found = self._tokenizer.encode_batch([cut(text) or "." for text in texts])
        columns = {
            "input_ids": np.array([one.ids for one in found], np.int64),
            "attention_mask": np.array([one.attention_mask for one in found], np.int64),
            "token_type_ids": np.array([one.type_ids for one in found], np.int64),
        }
        wanted = {one.name for one in self._session.get_inputs()}
        said: Any = self._session.run(None, {name: rows for name, rows in columns.items() if name in wanted})[0]
        if said.ndim == 2:
            return unit(said)
        mask = columns["attention_mask"][:, :, None]
        return unit(said[:, 0] if self._first else (said * mask).sum(axis=1) / mask.sum(axis=1))


def _takes_first(folder: Path) -> bool:
    file = folder / "1_Pooling" / "config.json"
    return file.is_file() and bool(json.loads(file.read_text(encoding="utf-8")).get("pooling_mode_cls_token"))


def _digest(model: Path) -> str:
    with model.open("rb") as file:
        size = file.seek(0, 2)
        file.seek(max(0, size - HASHED))
        return hashlib.sha256(str(size).encode() + file.read()).hexdigest()[:16]
