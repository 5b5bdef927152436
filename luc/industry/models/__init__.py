"""What is kept of the industry."""

from luc.industry.models.around import Application, Contact, Knock, Picture, Sheet, Suggestion, Value
from luc.industry.models.catalogue import (
    Catalogue,
    CatalogueItem,
    CatalogueLine,
    CatalogueVersion,
    Proposal,
    ProposalStep,
)
from luc.industry.models.entries import Enterprise, Entry, Offer, State
from luc.industry.models.importing import Import, ImportedEntry
from luc.industry.models.reference import Branch, Field, Kind, Park
from luc.industry.models.supply import Demand, Share

__all__ = [
    "Application",
    "Branch",
    "Catalogue",
    "CatalogueItem",
    "CatalogueLine",
    "CatalogueVersion",
    "Contact",
    "Demand",
    "Enterprise",
    "Entry",
    "Field",
    "Import",
    "ImportedEntry",
    "Kind",
    "Knock",
    "Offer",
    "Park",
    "Picture",
    "Proposal",
    "ProposalStep",
    "Share",
    "Sheet",
    "State",
    "Suggestion",
    "Value",
]
