"""What rectification refuses."""

from media.refusals import Refusal


class StepNotAllowed(Refusal):
    zh = "通知书当前状态为“{told}”，不能执行“{step}”。请刷新后按当前状态继续。"
    en = "The notice is {told}; {step} is not possible now. Reload it and go on from there."


class NoBasis(Refusal):
    """An order needs a clause in force and a statutory article for each finding."""

    zh = "以下问题不能责令改正：{why}。请对其出具整改建议（recommendation），或从通知书中去除。"
    en = "These findings cannot carry an order: {why}. Recommend them instead, or leave them out."


class VetoIsACase(Refusal):
    zh = "虐童、体罚等一票否决问题须作为否决案件由监督人员审理，不得写入整改通知书。"
    en = "An abuse or corporal punishment finding is a veto case for supervisors, never a notice."


class FindingsNotFree(Refusal):
    zh = "所选问题须属于同一次已审核的检查，且不在其他通知书中。"
    en = "The findings must be of one approved inspection, and of no other notice."


class OwnDraft(Refusal):
    zh = "通知书须由起草人以外的监督人员签发。"
    en = "A supervisor other than the one who drafted the notice issues it."


class MadeAVisit(Refusal):
    """Closure (销号) is by another person than those who saw."""

    zh = "您参加过本案的检查或复查，须由未参加的人员销号。"
    en = "You made a visit of this case; somebody who made none closes it."


class BadService(Refusal):
    zh = "送达记录不可用：{why}"
    en = "The record of service cannot be used: {why}"


class BadResponse(Refusal):
    zh = "整改报告不可用：{why}"
    en = "The response cannot be used: {why}"


class NotTheReinspection(Refusal):
    zh = "须为本案已审核的复查，且尚未计入本通知书。"
    en = "It takes an approved re-inspection of this case that the notice does not count yet."


class ClockStands(Refusal):
    zh = "期限已中止计算。请先恢复，再执行此操作。"
    en = "The clock stands already. Let it go on first."


class ClockStops(Refusal):
    zh = "期限正在计算，无需恢复。请刷新后查看。"
    en = "The clock is running: there is nothing to restart. Load the notice again."


class RequestOpen(Refusal):
    zh = "已有待审批的延期申请。请等待决定。"
    en = "A request for more days waits already. Wait for the decision."


class NoRequest(Refusal):
    zh = "没有待审批的延期申请。请刷新后查看。"
    en = "No request for more days waits. Load the notice again."


class OwnRequest(Refusal):
    zh = "延期申请须由申请人以外的人员审批。"
    en = "Somebody other than who asked decides on more days."


class ExtensionTooLong(Refusal):
    zh = "累计延期不得超过原期限，最多还可延长 {most} 天。"
    en = "All extensions together may not exceed the period itself: at most {most} days are left."


class BadObjection(Refusal):
    zh = "异议不可用：{why}。请核对后重新提交。"
    en = "The objection cannot be used: {why}. Check it and send it again."


class ObjectionOpen(Refusal):
    zh = "已有待决定的异议。请等待决定。"
    en = "An objection waits already. Wait for the decision."


class NoObjection(Refusal):
    zh = "没有待决定的异议。请刷新后查看。"
    en = "No objection waits. Load the notice again."


class LacksSignatures(Refusal):
    """行政处罚法 42: two officers at least stand for what is done."""

    zh = "通知书须由参加检查的两名执法人员签名后签发，现有 {count} 人签名。"
    en = "Two officers of the visit sign a notice before it is issued; {count} did so far."


class NotOfTheVisit(Refusal):
    zh = "只有参加该次检查的人员可以签名。"
    en = "Only the officers of the visit sign."


class SignedAlready(Refusal):
    zh = "您已签名。请等待另一名人员签名。"
    en = "You signed it already. Another officer is to sign."
