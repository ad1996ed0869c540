"""What does every folder need? Files that stay whole, paths, errors, priorities."""
