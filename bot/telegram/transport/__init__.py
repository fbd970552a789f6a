"""Updates in and messages out: in order, within limits, surviving a restart."""
