"""How fast it is: `make bench` measures everything anew and writes docs/benchmarks.md."""
