"""The wizard's face in the terminal: renders what use cases and the state machine say, and decides nothing."""
