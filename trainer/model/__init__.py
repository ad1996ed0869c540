"""What is needed to use a trained network? Preprocessing, inference, weight files."""
