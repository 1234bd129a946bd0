"""Run: what may be applied, applying it, reading it back, and taking it back."""
