"""From an `Inbound` to a `Reply`: understand, admit, run, report faults."""
