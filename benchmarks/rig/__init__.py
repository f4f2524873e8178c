"""What the benchmarks stand on: bots, fakes, timing, and the page they are written to."""
