"""PDF files → rows of glyphs → lines of text."""
