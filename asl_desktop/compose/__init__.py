"""The text strip of the Live tab: signed letters become words, to speak, copy or save."""
