"""The wizard as a pure state machine: what is settled, where one may go, and where to go on after quitting."""
