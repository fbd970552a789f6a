"""The store in one folder: FAISS, SQLite and mapped arrays."""
