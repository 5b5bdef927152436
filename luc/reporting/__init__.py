"""A plan's reports: what each party is asked, its draft, submission, verdict, consolidation, the paper out."""
