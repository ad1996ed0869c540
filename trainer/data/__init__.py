"""Labelled images: from CSV files and from folders."""
