"""Mail domains: which may stand for a delegation, and which rule an address falls under."""

from __future__ import annotations

import re

from partnership.members.delegations import Delegation
from partnership.members.models import MailDomain

SHAPE = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)(\.(?!-)[a-z0-9-]{1,63}(?<!-))+\Z")
# Everybody may have an address there: it says nothing about where somebody works.
PUBLIC = frozenset(
    {
        *("gmail.com", "googlemail.com", "outlook.com", "hotmail.com", "live.com", "msn.com"),
        *("yahoo.com", "ymail.com", "icloud.com", "me.com", "mac.com", "aol.com", "gmx.com"),
        *("gmx.de", "gmx.net", "web.de", "mail.com", "proton.me", "protonmail.com"),
        *("yandex.com", "yandex.ru", "mail.ru", "qq.com", "163.com", "126.com", "sina.com"),
        *("naver.com", "daum.net", "zoho.com", "tutanota.com", "orange.fr", "free.fr"),
    }
)


def plain_domain(typed: str) -> str:
    """The domain as rules keep it: in small letters, in ASCII, without what stands around it."""
    domain = typed.strip().lower().rpartition("@")[2].rstrip(".")
    try:
        return domain.encode("idna").decode()
    except UnicodeError:
        return ""


def is_domain(domain: str) -> bool:
    return bool(SHAPE.match(domain)) and domain not in PUBLIC and len(domain) <= 190


def rule_for(addresses: list[str], delegation: Delegation) -> MailDomain | None:
    """The rule in force of this delegation for one of the addresses, also below its domain."""
    wanted = {name for address in addresses for name in _names(plain_domain(address))}
    rules = MailDomain.objects.in_force().filter(domain__in=wanted, **delegation.where)
    return rules.order_by("domain").first()


def _names(domain: str) -> list[str]:
    """mail.mof.gov.xx, mof.gov.xx, gov.xx: whoever holds a domain gives out what is below it."""
    parts = domain.split(".")
    return [".".join(parts[start:]) for start in range(len(parts) - 1)]
