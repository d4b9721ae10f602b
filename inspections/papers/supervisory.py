"""What the papers of supervision say: the record of a measure, and the bulletin."""

from inspections.kindergartens.model import Kindergarten
from inspections.ladder.model import Escalation
from inspections.papers.contents import day, moment, party_fields
from inspections.papers.model import KINDS, Kind
from inspections.statistics import measures, reckoning
from inspections.statistics.model import Bulletin, Figure, Status
from media.papers.model import Bar, Bars, Block, Fields, Grid, Passage, Sheet, Signatures


def interview_record(measure: Escalation, party: Kindergarten) -> Sheet:
    """Return the record of an interview, a listing or a referral; a draft until it was taken."""
    taken = measure.taken
    about = measure.notice_number or measure.notice_id
    blocks: list[Block] = [
        party_fields(party),
        Fields(
            (
                ("事由", f"{about} 逾期未整改（{moment(measure.due_since)} 起）"),
                ("措施", measure.measure.told[0]),
                ("日期", f"{taken.held_on:%Y年%-m月%-d日}" if taken else ""),
                ("地点", (taken and taken.place) or ""),
                ("移送部门", "、".join(measure.departments)),
                ("回执", (taken and taken.receipt) or ""),
            )
        ),
    ]
    if taken:
        blocks.append(Passage((taken.text,), "内容"))
    if taken and taken.attendees:
        rows = tuple((each.name, each.duty, "") for each in taken.attendees)
        blocks.append(Grid("参加人员", ("姓名", "职务", "签名"), rows))
    blocks.append(
        Signatures((("当事单位负责人签名、日期", ""), ("记录人", taken.by_name if taken else "")))
    )
    return Sheet(
        title=KINDS[Kind.INTERVIEW_RECORD][0].replace("约谈", measure.measure.told[0]),
        issuer=_authority(party),
        number=taken.number if taken else None,
        at=taken.at if taken else measure.made_at,
        blocks=tuple(blocks),
        copies="本记录一式两份，一份交当事人，一份存档。",
        code="" if taken else None,
    )


def bulletin(held: Bulletin) -> Sheet:
    """Return the bureau's bulletin; a draft until another supervisor published it."""
    published = held.status is Status.PUBLISHED
    before = {each.measure: each for each in held.before}
    blocks: list[Block] = [
        Fields(
            (
                ("地区", f"{held.region_name}（{held.region}）"),
                ("统计期间", f"{held.period.since} 至 {held.period.until}"),
                ("数据 SHA-256", held.sha256),
            )
        ),
        Passage(tuple(zh for zh, _ in held.text), "基本情况"),
        Bars(
            "指标一览",
            tuple(_bar(each, before.get(each.measure)) for each in held.figures),
            "深色为本期占比，浅色为上期，红线为目标。",
        ),
        Grid(
            "指标完成情况",
            ("指标", "符合", "不符合", "未查", "占比", "上期", "目标"),
            tuple(_row(each, before.get(each.measure)) for each in held.figures),
        ),
    ]
    if held.below:
        known = [each.measure for each in held.figures]
        head = ("序号", "地区", *(measures.MEASURES[each].zh for each in known))
        rows = tuple(
            (str(number), part.name, *(_share(each) for each in part.figures))
            for number, part in enumerate(held.below, 1)
        )
        blocks.append(Grid("各地情况", head, rows))
    blocks.append(Passage(tuple(_defined(each) for each in held.figures), "指标说明"))
    at = held.published_at or held.drafted_at
    return Sheet(
        title=held.title,
        issuer=f"{held.region_name}教育行政部门",
        number=held.number,
        at=at,
        blocks=(*blocks, Passage((f"{day(at)}",))),
        copies="发至所辖各地和幼儿园，依法公开。",
        code="" if published else None,
    )


def _bar(now: Figure, before: Figure | None) -> Bar:
    was = before.share if before else None
    return Bar(measures.MEASURES[now.measure].zh, now.share, was, now.target, _share(now))


def _row(now: Figure, before: Figure | None) -> tuple[str, ...]:
    return (
        measures.MEASURES[now.measure].zh,
        str(now.met),
        str(now.not_met),
        str(now.not_checked),
        _share(now),
        _share(before) if before else "—",
        "—" if now.target is None else f"{now.target:g}%",
    )


def _defined(figure: Figure) -> str:
    """Return what a figure counts, and the clause that its target rests on."""
    measure, basis = measures.MEASURES[figure.measure], figure.basis
    told = f"{measure.zh}：{measure.definition[0]}。"
    if basis is None:
        return told
    of_all = "" if basis.stated else "（对所有幼儿园的要求）"
    return f"{told}目标依据：《{basis.title}》{basis.section}{of_all}。"


def _share(figure: Figure) -> str:
    share = reckoning.percent(figure.met, figure.not_met, digits=1)
    return "—" if share is None else f"{share:.1f}%"


def _authority(party: Kindergarten) -> str:
    return party.licence.authority if party.licence else "教育行政部门"
