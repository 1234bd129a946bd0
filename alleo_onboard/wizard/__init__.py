"""The wizard as a pure state machine: what is settled, where a person may go, and where to continue after quitting."""
