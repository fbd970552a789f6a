"""What is installed, held against what is known of it: licences, bounds, advisories. Offline."""
