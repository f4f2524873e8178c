"""Generates the JSON Schema of an export from the model that is written and read."""

import json

from bot.transfer.outgoing.record import ItemPart

FILE = "docs/export.schema.json"
DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schema() -> str:
    """The schema of one export in JSON: an array of items, each of which is a line of JSON Lines."""
    item = ItemPart.model_json_schema(mode="validation")
    parts = item.pop("$defs")
    whole = {
        "$schema": DIALECT,
        "title": "Feedback exported by Portevoix",
        "type": "array",
        "items": {"$ref": "#/$defs/ItemPart"},
        "$defs": {"ItemPart": item, **parts},
    }
    return json.dumps(whole, indent=2, ensure_ascii=False) + "\n"
