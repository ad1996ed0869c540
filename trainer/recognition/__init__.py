"""How do frames become text? From one reading to steady letters and words."""
