"""The workflow desk: cases with their steps, deadlines, letters and notices."""
