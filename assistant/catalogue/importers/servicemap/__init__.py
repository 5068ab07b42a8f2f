"""The Service Map and its registers."""
