"""Labelled pictures: from CSV files and from folders."""
