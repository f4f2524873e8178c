"""From what Discord sends to an `Inbound`, and to its first response."""
