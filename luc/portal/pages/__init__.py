"""The pages of the room: everybody's, the officers', and what machines ask for."""
