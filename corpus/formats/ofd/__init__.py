"""OFD files, the national fixed layout (GB/T 33190-2016)."""
