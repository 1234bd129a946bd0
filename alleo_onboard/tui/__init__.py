"""The full-screen terminal wizard (Textual). Shows what use cases and the state machine return; makes no decisions."""
