"""Pages of reminders: of the officer's rounds, of the calendar, of one's own."""
