"""Exit codes of the wizard, the same as those of the command line (product.md)."""

DONE = 0
UNEXPECTED = 1
FAILED_CHANGES = 8
INTERRUPTED = 130
