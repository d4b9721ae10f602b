"""What each paper says, made of what is on record: pure, so that the same record says the same.

Fields of the Ministry of Justice's forms for administrative inspection (2025): the party, basis
and matter, time and place, two officers with their certificates, identity shown, right to recusal
told, what was found with its evidence, the party's opinion or refusal with a witness, order or
recommendation with deadline and way to object, service, copies.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from checklists.generation.model import Citation, Item, Threshold
from inspections.cases.veto.model import Verdict, VetoCase
from inspections.kindergartens.model import Kindergarten
from inspections.papers.model import KINDS, Kind
from inspections.rectification.model import Correction, Notice, Paper, Round, Way
from inspections.rectification.model import Status as NoticeStatus
from inspections.supervision.model import Grade, Result
from inspections.visits.model import Answer, Inspection, Officer, SignatureKind
from inspections.visits.model import Result as Found
from inspections.visits.model import Status as VisitStatus
from media.days import SHANGHAI
from media.evidence.model import Evidence
from media.papers.model import (
    Block,
    Fields,
    Grid,
    Passage,
    Picture,
    Pictures,
    Sheet,
    Signatures,
)

FOUND = {
    Found.MET: "符合",
    Found.NOT_MET: "不符合",
    Found.NOT_APPLICABLE: "不适用",
    Found.NOT_CHECKED: "未检查",
}
WAYS = {
    Way.IN_PERSON: "直接送达",
    Way.LEFT: "留置送达",
    Way.POSTED: "邮寄送达",
    Way.REFUSED: "拒收，见证人在场",
}
VERDICTS = {Verdict.UPHELD: "一票否决情形成立", Verdict.DISMISSED: "一票否决情形不成立"}
GRADES = {Grade.PASSED: "合格", Grade.BASICALLY_PASSED: "基本合格", Grade.FAILED: "不合格"}
SIDES = ("320", "1280")
"""The derivatives that papers show: small beside every item, large with what is not met."""


def moment(at: datetime | None) -> str:
    return f"{at.astimezone(SHANGHAI):%Y年%-m月%-d日 %H:%M}" if at else ""


def right_to_object(days: int | None = None) -> str:
    """Return how to object, and within how many days where the bureau has set that."""
    within = f" {days} 日内" if days else ""
    return (
        f"对本文书有异议的，可在收到之日起{within}向发文机关提出书面陈述、申辩；依法可以申请行政复议"
        "或者提起行政诉讼的，期限和机关按法律规定。"
    )


def day(at: datetime | None) -> str:
    return f"{at.astimezone(SHANGHAI):%Y年%-m月%-d日}" if at else ""


def inspection_record(
    visit: Inspection,
    party: Kindergarten,
    items: Mapping[str, Item],
    pictures: Sequence[Picture],
) -> Sheet:
    """Return the record of a visit, without what is sealed: that is on the papers of its case."""
    open_items = [id_ for id_ in visit.item_ids if id_ not in visit.sealed_item_ids]
    answered = [(items[id_], visit.answers[id_]) for id_ in open_items if id_ in visit.answers]
    plans = dict.fromkeys(_titled(each) for item, _ in answered for each in item.citations)
    blocks: list[Block] = [
        party_fields(party),
        Fields(
            (
                ("检查事由", visit.purpose or "幼儿园安全与规范办园检查"),
                ("检查依据", "；".join(plans)),
                ("检查表", f"第 {visit.checklist_version} 版，SHA-256 {visit.checklist_sha256}"),
                ("检查时间", f"{moment(visit.begun_at)} 至 {moment(visit.submitted_at)}"),
                ("检查地点", party.address),
                *_officers(visit.officers),
                ("出示证件", "已出示执法证件，表明身份" if visit.identity_shown else ""),
                ("告知回避权利", "已告知，当事人未申请回避" if visit.recusal_told else ""),
            )
        ),
        Grid(
            "检查情况",
            ("序号", "检查内容", "结果", "说明与证据"),
            tuple(
                (str(number), item.title, _result(item, answer), _remark(answer))
                for number, (item, answer) in enumerate(answered, 1)
            ),
        ),
    ]
    if pictures:
        blocks.append(Pictures("照片证据", tuple(pictures)))
    blocks += _signed(visit)
    final = visit.status in (VisitStatus.SUBMITTED, VisitStatus.APPROVED)
    return Sheet(
        title=KINDS[Kind.INSPECTION_RECORD][0],
        issuer=_unit(visit.officers),
        number=f"检查编号 {visit.id}",
        at=(final and visit.submitted_at) or visit.changed_at,
        blocks=tuple(blocks),
        copies="本记录一式两份，一份交被检查单位，一份存档。",
        code="" if final else None,
    )


def notice(
    paper: Notice, visit: Inspection, party: Kindergarten, pictures: Sequence[Picture]
) -> Sheet:
    """Return the notice: an order, or a recommendation where no statutory article stands behind."""
    order = paper.paper is Paper.ORDER
    asked = "责令你园" if order else "建议你园"
    kind = "个工作日" if paper.day_kind.value == "working" else "日"
    when = f"，即于 {paper.due:%Y年%-m月%-d日}（含当日）前" if paper.due else ""
    provisional = "（下一年度节假日安排公布后重新计算）" if paper.provisional else ""
    basis = "、".join(sorted({law for each in paper.corrections for law in each.basis}))
    blocks: list[Block] = [
        party_fields(party),
        Passage(
            (
                f"{party.name}：",
                f"{day(visit.begun_at)}，{_unit(visit.officers)}依法对你园进行检查，"
                f"发现下列 {len(paper.corrections)} 项不符合要求。"
                + (f"依据{basis}，" if order else "")
                + f"{asked}自本通知书送达之日起 {paper.days} {kind}内{when}完成整改"
                f"{provisional}，并将整改情况逐项书面报告。",
            )
        ),
        Grid(
            "整改事项",
            ("序号", "事项", "存在的问题", "标准", "法律依据"),
            tuple(
                (
                    str(number),
                    each.title + ("（重大隐患）" if each.severity == "major_hazard" else ""),
                    each.note or "未达到要求",
                    "；".join(dict.fromkeys(_cited(clause) for clause in each.standard)),
                    "、".join(each.basis) or "—",
                )
                for number, each in enumerate(paper.corrections, 1)
            ),
        ),
    ]
    if pictures:
        blocks.append(Pictures("照片证据", tuple(pictures)))
    blocks += [
        Passage((right_to_object(paper.objection_days),), "权利告知"),
        Fields(_officers(visit.officers)),
        Signatures(
            tuple(
                (f"执法人员签名（{each.name}）", f"{each.certificate or ''} {moment(each.at)}")
                for each in paper.signatures
            )
            or (("执法人员签名", ""),)
        ),
        _service(paper),
    ]
    return Sheet(
        title="责令限期整改通知书" if order else "整改建议书",
        issuer=_unit(visit.officers),
        number=paper.number,
        at=paper.issued_at or paper.drafted_at,
        blocks=tuple(blocks),
        copies="本通知书一式两份，一份送达当事人，一份存档。",
        code=None if paper.status in (NoticeStatus.DRAFT, NoticeStatus.WITHDRAWN) else "",
    )


def reinspection_opinion(
    paper: Notice, counted: Round, visit: Inspection, party: Kindergarten
) -> Sheet:
    """Return the opinion after a re-inspection: item by item, what is met now and what is not."""
    titles: Mapping[str, Correction] = {each.finding_id: each for each in paper.corrections}
    met = sum(counted.outcomes.values())
    left = len(counted.outcomes) - met
    end = "整改已全部完成。" if not left else f"尚有 {left} 项未完成，须继续整改并接受复查。"
    return Sheet(
        title=KINDS[Kind.REINSPECTION_OPINION][0],
        issuer=_unit(visit.officers),
        number=paper.number and f"{paper.number}（复查第 {paper.rounds.index(counted) + 1} 次）",
        at=counted.at,
        blocks=(
            party_fields(party),
            Passage(
                (
                    f"{party.name}：",
                    (
                        f"就《{paper.number}》所列事项，{day(visit.begun_at)}，"
                        f"{_unit(visit.officers)}对你园进行了复查，共 {len(counted.outcomes)} 项，"
                        f"符合 {met} 项。{end}"
                    ),
                )
            ),
            Grid(
                "复查情况",
                ("序号", "事项", "复查结果"),
                tuple(
                    (str(number), titles[id_].title, "已整改" if ok else "未整改到位")
                    for number, (id_, ok) in enumerate(counted.outcomes.items(), 1)
                    if id_ in titles
                ),
            ),
            Fields(_officers(visit.officers)),
            *_signed(visit),
        ),
        copies="本意见书一式两份，一份送达当事人，一份存档。",
        code="",
    )


def veto_decision(case: VetoCase, party: Kindergarten) -> Sheet:
    """Return the decision on a sealed case as it stands: no statement of it is on the paper."""
    last = next((each for each in reversed(case.rounds) if each.outcome), None)
    decided = last is not None and case.standing is not None
    verdict = VERDICTS[case.standing] if case.standing else "尚未决定"
    upheld = case.standing is Verdict.UPHELD
    then = f"你园 {case.year} 年度检查为不合格，并依法追究责任、移送有关机关。" if upheld else ""
    votes = last.votes if last else ()
    return Sheet(
        title=KINDS[Kind.VETO_DECISION][0],
        issuer=votes[0].member.unit if votes else case.opened_by.unit,
        number=f"案件编号 {case.id}",
        at=(last and last.decided_at) or case.opened_at,
        blocks=(
            party_fields(party),
            Fields(
                (
                    ("案由", case.item.title),
                    ("依据", "；".join(dict.fromkeys(_cited(e) for e in case.item.citations))),
                    ("立案时间", moment(case.opened_at)),
                    ("审理次数", str(len(case.rounds))),
                    ("材料", f"陈述 {len(case.statements)} 份，照片 {len(case.evidence_ids)} 张"),
                    ("决定", verdict),
                )
            ),
            Passage((f"{party.name}：", f"经审理，{verdict}。{then}", right_to_object())),
            Grid(
                "决定人",
                ("姓名", "单位", "意见", "理由", "时间"),
                tuple(
                    (e.member.name, e.member.unit, VERDICTS[e.verdict], e.why, moment(e.at))
                    for e in votes
                ),
            ),
        ),
        copies="本决定书涉及未成年人，仅送达当事人和依法有权知悉的机关。",
        code="" if decided else None,
    )


def annual_review(result: Result, party: Kindergarten, issuer: str) -> Sheet:
    """Return the year's result; a draft until it is decided or a veto stands."""
    review = result.review
    grade = GRADES[result.grade] if result.grade else "尚未决定"
    why = "本年度一票否决案件成立。" if result.vetoed else (review.why if review else "")
    at = (review and (review.decided_at or review.proposed_at)) or party.changed_at
    return Sheet(
        title=f"{result.year} 年度检查结果通知书",
        issuer=issuer,
        number=None,
        at=at,
        blocks=(
            party_fields(party),
            Fields((("年度", str(result.year)), ("结果", grade), ("理由", why))),
            Passage(
                (
                    f"{party.name}：",
                    f"你园 {result.year} 年度检查结果为{grade}。",
                    right_to_object(),
                )
            ),
        ),
        copies="本通知书一式两份，一份送达当事人，一份存档，结果依法公布。",
        code="" if result.grade else None,
    )


def caption(number: int, evidence: Evidence, item: Item | None, notes: Sequence[str] = ()) -> str:
    """Return what stands under a photo: what of, when and where, and the original's hash.

    `notes` are the words to the numbers that an annotation drew into it.
    """
    at = moment(evidence.device_captured_at or evidence.received_at)
    place = evidence.position
    where = f"，{place.lon:.5f}°E {place.lat:.5f}°N（WGS-84）" if place else "，无定位"
    what = f" {item.title}" if item else ""
    said = "".join(f"；标注 {at_}：{words}" for at_, words in enumerate(notes, 1))
    return f"证据 {number}{what}：{at}{where}；原图 SHA-256 {evidence.sha256[:16]}…{said}"


def party_fields(party: Kindergarten) -> Fields:
    """Return who was inspected: name, licence, address, person in charge."""
    person = party.persons_in_charge[0] if party.persons_in_charge else None
    licence = party.licence
    return Fields(
        (
            ("被检查单位", party.name),
            ("办园许可证", f"{licence.number}（{licence.authority}）" if licence else "无"),
            ("地址", party.address),
            ("负责人", f"{person.name}（{person.duty}）" if person else ""),
            ("联系电话", (person and person.phone) or ""),
        )
    )


def _officers(officers: Sequence[Officer]) -> tuple[tuple[str, str], ...]:
    return tuple(
        (
            f"执法人员{number}",
            f"{each.name}（{each.unit}），执法证号 {each.certificate or '未登记'}",
        )
        for number, each in enumerate(officers, 1)
    )


def _unit(officers: Sequence[Officer]) -> str:
    return officers[0].unit


def _signed(visit: Inspection) -> list[Block]:
    signature = visit.signature
    officers = tuple((f"执法人员签名（{each.name}）", "") for each in visit.officers)
    if signature is None:
        return [Signatures((("被检查单位意见", ""), ("负责人签名、日期", ""), *officers))]
    if signature.kind is SignatureKind.REFUSED:
        party = (
            ("拒绝签字的理由", signature.reason or ""),
            ("见证人", signature.witness or ""),
        )
    else:
        signer = f"{signature.signer or ''}{f'（{signature.duty}）' if signature.duty else ''}"
        party = (
            ("被检查单位意见", signature.opinion or "无异议"),
            ("负责人签名、日期", f"{signer}，{moment(signature.at)}"),
        )
    return [Signatures((*party, *officers))]


def _service(paper: Notice) -> Signatures:
    service = paper.service
    if service is None:
        return Signatures((("受送达人签名、日期", ""), ("送达人签名", "")))
    told = f"{WAYS[service.way]}，{moment(service.served_at)}"
    places = [("送达方式、时间", told), ("受送达人", service.receiver)]
    if service.witness:
        places.append(("见证人", service.witness))
    return Signatures(tuple(places))


def _result(item: Item, answer: Answer) -> str:
    value = "" if answer.value is None else f"（{_figure(answer.value)}{item.unit or ''}）"
    return FOUND[answer.result] + value


def _figure(value: str | float) -> str:
    return value if isinstance(value, str) else format(value, "g")


def _remark(answer: Answer) -> str:
    photos = f"照片 {len(answer.evidence_ids)} 张" if answer.evidence_ids else ""
    return "；".join(each for each in (answer.note, photos) if each)


def _titled(citation: Citation) -> str:
    number = f"（{citation.number}）" if citation.number else ""
    return f"《{citation.title}》{number}"


def _cited(citation: Citation) -> str:
    """Return the clause: title, number and section, its words where they are imported."""
    quote = f"：“{citation.quote}”" if citation.quote else ""
    return f"{_titled(citation)}{citation.section}{quote}{_held(citation.threshold)}"


def _held(threshold: Threshold | None) -> str:
    if threshold is None or not threshold.is_figure:
        return ""
    sign = {">=": "≥", "<=": "≤"}.get(threshold.comparison or "", "=")
    return f"（{sign} {_figure(threshold.value)}{threshold.unit or ''}）"
