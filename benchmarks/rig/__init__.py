"""Shared parts of the benchmarks: simulated people, filled stores, bot processes, timing and the report."""
