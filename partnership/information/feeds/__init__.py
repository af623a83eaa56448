"""What others write: fetched politely, read with distrust, looked at by a person, then shown."""
