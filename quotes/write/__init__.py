"""Records to outputs; one file a format."""
