"""How good the answers are: metrics, calibration, reliability."""
