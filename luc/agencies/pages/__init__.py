"""Pages of the room: parties, people, invitations."""
