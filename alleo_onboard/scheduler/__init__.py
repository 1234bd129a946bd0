"""What starts the run every day, one mechanism in each file, all behind `Mechanism`."""
