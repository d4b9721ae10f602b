"""What a message says in a sentence, in Chinese, for those who read it on a phone.

A sentence names no child and no person; where a message is sealed there is none.
"""

from collections.abc import Mapping
from typing import Any

from inspections.messages.model import Kind, Message

PREFIX = "【护园】"

SENTENCES: Mapping[Kind, str] = {
    Kind.INSPECTION_PLANNED: "{kindergarten}：检查已安排在 {planned_for}。",
    Kind.INSPECTION_SUBMITTED: "{kindergarten}：检查已提交，待审核。",
    Kind.INSPECTION_RETURNED: "{kindergarten}：检查被退回，请修改后重新提交。",
    Kind.INSPECTION_APPROVED: "{kindergarten}：检查已审核通过。",
    Kind.INSPECTION_CANCELLED: "{kindergarten}：原定 {planned_for} 的检查已取消。",
    Kind.INSPECTION_HANDED_OVER: "{kindergarten}：{planned_for} 的检查已转交给您。",
    Kind.NOTICE_SERVED: "{kindergarten}：{number} 已送达，整改期限至 {due}。",
    Kind.NOTICE_DUE_SOON: "{kindergarten}：{number} 距期限 {due} 还有 {days} 天，请尽快答复。",
    Kind.NOTICE_CLOCK: "{kindergarten}：{number} 的期限有变动，现为 {due}。",
    Kind.EXTENSION_ASKED: "{kindergarten}：{number} 申请延期，待审批。",
    Kind.NOTICE_RECKONED: "{kindergarten}：{number} 的期限按新日历重新计算为 {due}。",
    Kind.NOTICE_OBJECTED: "{kindergarten}：对 {number} 提出异议，待决定。",
    Kind.OBJECTION_DECIDED: "{kindergarten}：对 {number} 的异议已作出决定。",
    Kind.NOTICE_OVERDUE: "{kindergarten}：{number} 已逾期，仍有 {open} 项未销号。",
    Kind.NOTICE_RESPONDED: "{kindergarten}：{number} 已答复，待复查。",
    Kind.NOTICE_REINSPECTED: "{kindergarten}：{number} 已复查，仍有 {open} 项未销号。",
    Kind.NOTICE_REOPENED: "{kindergarten}：{number} 被退回重新整改。",
    Kind.NOTICE_CLOSED: "{kindergarten}：{number} 已销号。",
    Kind.CASE_OPENED: "有一件案件需要您查看，请登录系统。",
    Kind.CASE_DECIDED: "有一件案件已作出决定，请登录系统查看。",
    Kind.RENAMING_TOLD: "{kindergarten}：名称须规范，请登录系统答复。",
    Kind.RENAMING_ANSWERED: "{kindergarten}：已就名称作出答复，待审核。",
    Kind.RENAMING_ENDED: "{kindergarten}：更名事项已办结。",
    Kind.RENAMING_OVERDUE: "{kindergarten}：名称规范已逾期（{due}），请尽快办理。",
    Kind.RENAMING_RECKONED: "{kindergarten}：更名期限按新日历重新计算为 {due}。",
    Kind.CASE_RECKONED: "有一件案件的申辩期限按新日历重新计算，请登录系统查看。",
    Kind.EVIDENCE_DAMAGED: "一份证据校验不通过，请立即登录系统查看。",
    Kind.MEASURE_DUE: "{kindergarten}：{notice} 逾期，须办理“{measure_zh}”。",
    Kind.MEASURE_TAKEN: "{kindergarten}：{notice} 逾期，已办理“{measure_zh}”（{number}）。",
    Kind.USE_STOPPED: "{kindergarten}：重大隐患，立即停用，并在 {proof_due_at} 前上传停用照片。",
    Kind.STOPPAGE_PROVEN: "{kindergarten}：已上传停用照片，待确认。",
    Kind.STOPPAGE_OVERDUE: "{kindergarten}：停用照片逾期未上传，请立即核实。",
    Kind.STOPPAGE_ENDED: "{kindergarten}：停用决定有新进展，请登录系统查看。",
    Kind.DRILL_FAILED: "{kindergarten}：演练未达标：{why}。",
    Kind.DOSSIER_OPENED: "有一件人员或机构案件，请登录系统查看。",
    Kind.DOSSIER_ANSWERED: "一件人员或机构案件已停止，待核实。",
    Kind.DOSSIER_OVERDUE: "{kindergarten}：责令停止工作的人员，逾期未证明已离岗，请立即核实。",
    Kind.DOSSIER_ENDED: "一件人员或机构案件有新进展，请登录系统查看。",
    Kind.TIP_RECEIVED: "收到一条无证办园举报，请登录系统核查。",
    Kind.REVIEW_PUBLISHED: "{year} 年度年检结论已公布，请登录系统查看。",
}


class _Facts(dict[str, Any]):
    def __missing__(self, name: str) -> str:
        return "—"


def sentence(message: Message) -> str:
    """Return the sentence; a fact that the message has not stands as a dash."""
    facts = _Facts({name: "—" if value is None else value for name, value in message.facts.items()})
    if facts.get("provisional"):
        facts["due"] = f"{facts['due']}（暂定，待公布节假日安排）"
    return PREFIX + SENTENCES[message.kind].format_map(facts)
