"""Benchmarks of speed, memory and size: `make bench` runs them all and writes docs/benchmarks.md."""
