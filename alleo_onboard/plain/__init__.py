"""The wizard as questions and lines, one after the other: for screen readers, dumb terminals, and recordings."""
