"""The Live tab: the image with the hand box, and what is read in it."""
