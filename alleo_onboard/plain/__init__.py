"""The plain wizard: questions and lines, for screen readers, dumb terminals, and recordings."""
