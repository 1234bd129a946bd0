"""Preview: reads both systems and makes the plan. Writes nothing."""
