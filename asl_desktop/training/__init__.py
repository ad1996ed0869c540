"""The Training tab: retrain in the app, and see it learn."""
