"""The desktop app: it draws, and asks `trainer` for everything that is machine learning."""
