"""A neural network from scratch in NumPy: layers, loss, optimisers, schedules, inference."""
