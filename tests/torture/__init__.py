"""The torture rig: kill, cut, stall and mislead the real program, and let an independent checker judge what is left."""
