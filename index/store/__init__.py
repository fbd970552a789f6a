"""Where passages, vectors and postings live, behind one interface."""
