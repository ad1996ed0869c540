"""Which images of a folder are labelled, and how: one module for each way of saying it."""
