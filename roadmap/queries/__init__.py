"""What people see: one function and one frozen dataclass for each page or table."""
