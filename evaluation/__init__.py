"""Real data with known answers, imported as sessions and compared with what Mien says: `./run evaluate`."""
