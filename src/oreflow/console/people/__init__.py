"""The desk of organisations and people: who is there, who may act for whom, how they sign in."""
