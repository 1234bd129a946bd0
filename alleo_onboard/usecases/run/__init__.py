"""Run: checks what may be applied, applies it, reads it back, and undoes it."""
