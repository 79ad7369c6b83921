"""The suite: unit, contract, golden, end to end, on real parts."""
