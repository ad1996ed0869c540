"""Where do frames come from? Cameras, videos, images and network streams."""
