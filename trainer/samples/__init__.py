"""What does my own hand look like? One person's images, kept on disk."""
