"""How does a network learn? Recipe, augmentation, the loop, what a run leaves behind."""
