"""How do I learn the alphabet? Learn, drill, spell and read hands."""
