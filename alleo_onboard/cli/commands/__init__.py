"""One module for each command; `main(args)` runs it and returns the exit code."""
