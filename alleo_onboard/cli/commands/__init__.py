"""One module a command; `main(args)` returns the exit code."""
