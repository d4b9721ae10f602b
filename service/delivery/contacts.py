"""Whom to call at a kindergarten today: its directors' accounts, else what the register knows."""

from datetime import datetime

from inspections.kindergartens.store import KindergartenStore
from media.custody.model import EVERYWHERE
from media.days import day_in_shanghai
from service.accounts.store import AccountStore
from service.delivery.model import Contact


class Contacts:
    def __init__(self, accounts: AccountStore, kindergartens: KindergartenStore) -> None:
        self._accounts = accounts
        self._kindergartens = kindergartens

    def of(self, kindergarten_id: str, now: datetime) -> tuple[Contact, ...]:
        """Return name and phone of whoever directs the kindergarten on this day.

        Where no director has an account with a phone, the register's 园长 stands in.
        """
        day = day_in_shanghai(now)
        directing = [
            account
            for account in self._accounts.bound_to(kindergarten_id)
            if account.active
            and any(
                each.kindergarten_id == kindergarten_id and each.holds_on(day)
                for each in account.bindings
            )
        ]
        persons = self._accounts.persons_of(directing)
        found = tuple(Contact(each.name, each.phone) for each in persons.values())
        if any(each.phone for each in found):
            return tuple(each for each in found if each.phone)
        kindergarten = self._kindergartens.find(kindergarten_id, EVERYWHERE)
        registered = kindergarten.persons_in_charge if kindergarten else ()
        heads = tuple(
            Contact(each.name, each.phone)
            for each in registered
            if "园长" in each.duty and each.phone
        )
        return heads or found
