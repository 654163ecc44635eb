"""Files that other programs wrote: their bytes, their kinds, and the formats that others publish."""
