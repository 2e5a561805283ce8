"""Change requests to divisions (改定照会): what is asked, what divisions propose, what the officer decides."""
