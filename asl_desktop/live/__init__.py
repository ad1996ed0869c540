"""Which letter is the hand signing now? The image with the hand box, and the reading."""
