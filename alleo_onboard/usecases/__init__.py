"""What the tool does for people: each use case puts input and output in order around the rules."""
