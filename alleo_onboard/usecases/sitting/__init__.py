"""One session of a wizard (full-screen or plain): its state, and what was found so far."""
