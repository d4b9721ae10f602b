"""The rules of a veto case: who may decide it, when it is decided, and what never undoes that.

Two supervisors of different units decide, who neither opened the case nor made the visit, and who
are different persons whatever accounts they use. A verdict holds until two others decide anew.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from json import dumps
from unicodedata import normalize

from inspections.cases.veto.errors import (
    Barred,
    CannotBeNamed,
    ConsequenceLacks,
    NobodyTold,
    StepNotAllowed,
)
from inspections.cases.veto.model import (
    Consequence,
    ConsequenceKind,
    Defence,
    Member,
    Naming,
    Respondent,
    Round,
    Statement,
    Status,
    Verdict,
    VetoCase,
    Vote,
)
from inspections.rectification import calendar as days
from inspections.rectification.model import Calendar, DayKind
from media.days import day_in_shanghai

AGREED = 2
"""So many supervisors must come to the same verdict."""

UNDECIDED = (Status.OPEN, Status.UNDER_REVIEW)

Why = tuple[str, str]


def material(case: VetoCase) -> str:
    """Return the SHA-256 of what a verdict is given on: statements, photos, who was heard on it."""
    said = [
        [
            *(each.at.isoformat(), each.by.account_id, each.note, each.result, each.value),
            *sorted(each.evidence_ids),
        ]
        for each in case.statements
    ]
    told = case.respondent
    content = {
        "statements": said,
        "evidence": sorted(case.evidence_ids),
        "told": [told.name, told.duty, told.told_at.isoformat()] if told else None,
        "defences": [[each.at.isoformat(), each.text, each.waived] for each in case.defences],
    }
    packed = dumps(content, ensure_ascii=False, separators=(",", ":"))
    return sha256(packed.encode()).hexdigest()


def hear(case: VetoCase, statement: Statement, *, at: datetime) -> VetoCase:
    """Return the case with a statement more; whatever it says, it lifts no verdict.

    Verdicts that were given in an undecided round before it no longer count: they were on another
    state of the case.
    """
    shown = tuple(dict.fromkeys((*case.evidence_ids, *statement.evidence_ids)))
    heard = (*case.statements, statement)
    return _changed(case, at, statements=heard, evidence_ids=shown)


def add_photo(case: VetoCase, evidence_id: str, *, at: datetime) -> VetoCase:
    """Return the case with a photo more; the same case where it is there already."""
    if evidence_id in case.evidence_ids:
        return case
    return _changed(case, at, evidence_ids=(*case.evidence_ids, evidence_id))


def tell(case: VetoCase, respondent: Respondent, *, at: datetime) -> VetoCase:
    """Return the case with the person concerned told; told anew, the window begins anew.

    Verdicts given before it in an undecided round lapse, and what was said before it does not count
    as heard: it may be another person.

    Raises StepNotAllowed when no round goes on.
    """
    _must_be(case, "tell", UNDECIDED)
    return _changed(case, at, respondent=respondent)


def reckon_again(case: VetoCase, calendar: Calendar, *, at: datetime) -> VetoCase | None:
    """Return the case with its window by a calendar that was announced since.

    None where it stays as it is: where nothing moved, or the window is over.
    """
    told = case.respondent
    if case.status not in UNDECIDED or told is None or told.days is None or told.due_at <= at:
        return None
    start = day_in_shanghai(told.told_at)
    last = days.deadline(start, told.days, DayKind.WORKING, calendar)
    if (last.due_at, last.provisional) == (told.due_at, told.provisional):
        return None
    moved = replace(told, due_at=last.due_at, provisional=last.provisional)
    return _changed(case, at, respondent=moved)


def defend(case: VetoCase, defence: Defence, *, at: datetime) -> VetoCase:
    """Return the case with a defence; verdicts given before it in an undecided round lapse.

    Raises StepNotAllowed when no round goes on, NobodyTold before the person was told.
    """
    _must_be(case, "defend", UNDECIDED)
    if case.respondent is None:
        raise NobodyTold
    shown = tuple(dict.fromkeys((*case.evidence_ids, *defence.evidence_ids)))
    return _changed(case, at, defences=(*case.defences, defence), evidence_ids=shown)


def follow(case: VetoCase, consequence: Consequence, *, at: datetime) -> VetoCase:
    """Return the upheld case with what follows it.

    Raises StepNotAllowed while no upheld verdict stands, ConsequenceLacks for a ban without its
    first day, or one that ends before it, and a referral without its department.
    """
    if case.standing is not Verdict.UPHELD:
        raise StepNotAllowed(step="follow", status=case.status.value, told=case.status.told)
    ban = consequence.kind is ConsequenceKind.HIRING_BAN
    since, until = consequence.since, consequence.until
    if ban and since is None:
        raise ConsequenceLacks(why=("起始日期（since）", "its first day (since)"))
    if ban and since and until and until < since:
        raise ConsequenceLacks(why=("晚于起始日期的截止日期", "a last day after the first"))
    if not ban and not consequence.department:
        raise ConsequenceLacks(why=("移送部门（department）", "its department"))
    return _changed(case, at, consequences=(*case.consequences, consequence))


def unheard(case: VetoCase, at: datetime) -> Why | None:
    """Return why the case may not be upheld yet: the person concerned was not heard."""
    if case.respondent is None:
        return ("当事人尚未被告知", "the person concerned was not told")
    heard = any(each.at >= case.respondent.recorded_at for each in case.defences)
    if not heard and at < case.respondent.due_at:
        return ("当事人陈述申辩期未满", "the person concerned may still be heard")
    return None


def name(case: VetoCase, naming: Naming, *, at: datetime) -> VetoCase:
    """Return the case with an account more that sees it. Raises CannotBeNamed after a recusal."""
    account_id = naming.member.account_id
    if any(_same_person(naming.member, each) for each in case.recused):
        raise CannotBeNamed(account_id=account_id)
    if case.names(account_id):
        return case
    return _changed(case, at, named=(*case.named, naming))


def recuse(case: VetoCase, member: Member, *, at: datetime) -> VetoCase:
    """Return the case without the person: neither seen nor decided by any account of theirs."""
    left = tuple(each for each in case.named if not _same_person(each.member, member))
    return _changed(case, at, named=left, recused=(*case.recused, member))


def review(case: VetoCase, *, by: str, why: str, at: datetime) -> VetoCase:
    """Return the case with a new round; the verdict of the last stands meanwhile.

    Raises StepNotAllowed while a round goes on.
    """
    _must_be(case, "review", (Status.UPHELD, Status.DISMISSED))
    fresh = Round(opened_at=at, opened_by=by, why=why)
    return _changed(case, at, status=Status.UNDER_REVIEW, rounds=(*case.rounds, fresh))


def decide(case: VetoCase, vote: Vote, *, supervisor: bool) -> VetoCase:
    """Return the case with the vote; decided once two agree.

    Raises StepNotAllowed when no round goes on, Barred where the voter may not decide.
    """
    _must_be(case, "decide", UNDECIDED)
    why = bar(case, vote, supervisor=supervisor)
    if why is not None:
        raise Barred(why=why)
    *earlier, now = case.rounds
    now = replace(now, votes=(*now.votes, vote))
    outcome = _outcome(case, now)
    if outcome is None:
        return _changed(case, vote.at, rounds=(*earlier, now))
    now = replace(now, outcome=outcome, decided_at=vote.at)
    return _changed(
        case, vote.at, rounds=(*earlier, now), status=Status(outcome.value), standing=outcome
    )


def bar(case: VetoCase, vote: Vote, *, supervisor: bool) -> Why | None:
    """Return why this vote may not be given, None where it may."""
    voter = vote.member
    *earlier, now = case.rounds
    current = counted(case, now)
    before = [each.member for past in earlier for each in past.votes]
    agreeing = {unit_of(each.member) for each in current if each.verdict is vote.verdict}
    bars: tuple[tuple[bool, Why], ...] = (
        (not supervisor, ("只有监督人员可以决定", "only supervisors decide")),
        (not case.names(voter.account_id), ("您未列入本案", "you are not named on it")),
        (not unit_of(voter), ("您的人员信息没有单位", "your person has no unit")),
        (
            _is_one_of(voter, (case.opened_by, *case.officers)),
            ("您发起了本案或参加了检查", "you opened it or made the visit"),
        ),
        (_is_one_of(voter, case.recused), ("您已回避", "you are recused")),
        (
            _is_one_of(voter, before),
            ("您参加过先前的决定", "you had part in an earlier decision"),
        ),
        (
            _is_one_of(voter, [each.member for each in current]),
            ("您已作出决定", "you have decided already"),
        ),
        *(
            ((True, why),)
            if vote.verdict is Verdict.UPHELD and (why := unheard(case, vote.at))
            else ()
        ),
        (
            unit_of(voter) in agreeing,
            ("您的单位已有人作出同样的决定", "somebody of your unit has decided the same"),
        ),
    )
    return next((why for barred, why in bars if barred), None)


def may_decide(case: VetoCase, member: Member, *, supervisor: bool) -> bool:
    """Tell whether the member may give one verdict or the other on the case as it stands.

    At the end of the window for a defence, whenever that is.
    """
    here = material(case)
    votes = [Vote(member, verdict, "", case.changed_at, here) for verdict in Verdict]
    return any(bar(case, each, supervisor=supervisor) is None for each in votes)


def lacks_deciders(case: VetoCase) -> bool:
    """Tell whether fewer supervisors of different units are named than it takes to decide.

    Who had part in an earlier decision is not counted: a review takes others.
    """
    before = (each.member for past in case.rounds[:-1] for each in past.votes)
    barred = (case.opened_by, *case.officers, *before)
    free = [
        each.member for each in case.named if each.decides and not _is_one_of(each.member, barred)
    ]
    return len({unit_of(each) for each in free} - {""}) < AGREED


def counted(case: VetoCase, round_: Round) -> list[Vote]:
    """Return the votes of the round that count: on the case as it stands, by nobody recused."""
    here = material(case)
    return [
        each
        for each in round_.votes
        if each.material == here and not _is_one_of(each.member, case.recused)
    ]


def unit_of(member: Member) -> str:
    """Return the unit as it is compared: one form of each character, no white space."""
    return "".join(normalize("NFKC", member.unit).casefold().split())


def _outcome(case: VetoCase, round_: Round) -> Verdict | None:
    """Return the verdict on which enough persons of different units agree, None so far."""
    for verdict in Verdict:
        votes = [each for each in counted(case, round_) if each.verdict is verdict]
        persons = {each.member.person_id for each in votes}
        units = {unit_of(each.member) for each in votes}
        if min(len(persons), len(units)) >= AGREED:
            return verdict
    return None


def _is_one_of(member: Member, others: Iterable[Member]) -> bool:
    return any(_same_person(member, each) for each in others)


def _same_person(one: Member, other: Member) -> bool:
    """Tell whether two members are one person: by the person, the account, or the certificate."""
    if one.certificate and one.certificate == other.certificate:
        return True
    return one.person_id == other.person_id or one.account_id == other.account_id


def _must_be(case: VetoCase, step: str, statuses: tuple[Status, ...]) -> None:
    if case.status not in statuses:
        raise StepNotAllowed(step=step, status=case.status.value, told=case.status.told)


def _changed(case: VetoCase, at: datetime, **changes: object) -> VetoCase:
    return replace(case, **changes, changed_at=at, revision=case.revision + 1)  # type: ignore[arg-type]
