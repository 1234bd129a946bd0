"""The rules: who syncs, with which budget, and what changes. Standard library only, no clock, no input or output."""
