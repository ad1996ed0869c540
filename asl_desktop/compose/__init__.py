"""What was spelled? The text strip: letters become words, to speak, copy or save."""
