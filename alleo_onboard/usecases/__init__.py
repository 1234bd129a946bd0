"""Use cases: what the tool does for people. Each one calls input, rules and output in order."""
