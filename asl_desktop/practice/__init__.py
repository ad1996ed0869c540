"""The Practice tab: learn, drill, spell and read the manual alphabet."""
