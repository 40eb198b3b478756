"""The `summit` command: one module a subcommand, `main` puts them together."""
