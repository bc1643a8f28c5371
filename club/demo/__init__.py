"""Invented clubs to look at: one to sign in to, one that plays a whole round by itself."""
