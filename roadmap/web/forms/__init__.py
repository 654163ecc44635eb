"""What all forms share: their base, fields and validators, and what is sent only once."""
