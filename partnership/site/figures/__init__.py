"""Public statistics: series, counted each night, drawn, and taken away with what they mean."""
