"""What if: scenarios, sweeps and searches, by the engine of the official run."""
