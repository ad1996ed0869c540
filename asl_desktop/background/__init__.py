"""What runs beside the window? Child processes, loaders, threads."""
