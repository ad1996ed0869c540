"""What is in labelled images? Tables, folders, archives and annotations become data sets."""
