"""How do frames reach the window? The worker thread, the latest frame, the hand box."""
