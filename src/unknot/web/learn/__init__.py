"""The public library, straight from the knowledge base."""
