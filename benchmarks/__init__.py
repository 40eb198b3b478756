"""Quality and speed, measured: one module a benchmark, `floors.toml` is what CI holds."""
