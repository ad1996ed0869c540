"""What can be typed? One module a command: its arguments, what it runs, what it prints."""
