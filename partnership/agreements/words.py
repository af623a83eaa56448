"""How lists of others call stages and instruments, folded."""

from __future__ import annotations

from partnership.agreements.models import AgreementStage

Stage, Instrument, Kind = AgreementStage.Stage, AgreementStage.Instrument, AgreementStage.Kind

STAGES: dict[str, str] = {
    "": Stage.NOT_STATED,
    "not known": Stage.NOT_STATED,
    "unknown": Stage.NOT_STATED,
    "under negotiation": Stage.NEGOTIATION,
    "negotiation": Stage.NEGOTIATION,
    "in negotiation": Stage.NEGOTIATION,
    "concluded": Stage.CONCLUDED,
    "approved": Stage.APPROVED,
    "signed": Stage.SIGNED,
    "in force": Stage.IN_FORCE,
    "entered into force": Stage.IN_FORCE,
    "ended": Stage.ENDED,
    "terminated": Stage.ENDED,
}
INSTRUMENTS: dict[str, str] = {
    "": Instrument.NOT_STATED,
    "not known": Instrument.NOT_STATED,
    "unknown": Instrument.NOT_STATED,
    "mou": Instrument.MOU,
    "memorandum of understanding": Instrument.MOU,
    "memorandum": Instrument.MOU,
    "joint statement": Instrument.STATEMENT,
    "joint declaration": Instrument.STATEMENT,
    "declaration": Instrument.STATEMENT,
    "joint statement or declaration": Instrument.STATEMENT,
    "bilateral agreement": Instrument.BILATERAL,
    "agreement": Instrument.BILATERAL,
    "implementation agreement": Instrument.IMPLEMENTATION,
    "implementing agreement": Instrument.IMPLEMENTATION,
    "framework agreement": Instrument.FRAMEWORK,
    "jcm": Instrument.JCM,
    "jcm document": Instrument.JCM,
    "jcm bilateral document": Instrument.JCM,
    "letter of intent": Instrument.OTHER,
    "other": Instrument.OTHER,
}
# What the name of an instrument says of its kind; an agreement may be a treaty or not.
KIND_OF: dict[str, str] = {
    Instrument.MOU: Kind.MEMORANDUM,
    Instrument.STATEMENT: Kind.STATEMENT,
}
