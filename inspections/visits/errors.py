"""What an inspection refuses."""

from media.refusals import Refusal


class StepNotAllowed(Refusal):
    zh = "检查当前状态为“{told}”，不能执行“{step}”。请刷新后按当前状态继续。"
    en = "The inspection is {told}; {step} is not possible now. Reload it and go on from there."


class TooFewOfficers(Refusal):
    """行政处罚法 42: at least two."""

    zh = "检查须由至少两名检查人员进行。请补充人员。"
    en = "An inspection takes at least two officers. Name another person."


class NotAnOfficer(Refusal):
    zh = "{name} 不是可指派的检查人员（需为本区域在用的检查员或监督员账号，且有执法证号）。"
    en = (
        "{name} cannot be assigned: it takes an active inspector's or supervisor's account of this"
        " region, with a certificate number."
    )


class NotYourInspection(Refusal):
    zh = "只有本次检查的检查人员可以执行此操作。"
    en = "Only the officers of this inspection may do this."


class OwnInspection(Refusal):
    zh = "您参加了这次检查，须由他人审核。"
    en = "You took part in this inspection; somebody else must review it."


class NoChecklist(Refusal):
    zh = "{region} 在 {on} 没有已发布的检查表。请先生成并由第二人发布。"
    en = "No checklist of {region} is published for {on}. Have one proposed and published first."


class WrongAnswer(Refusal):
    zh = "检查项 {item_id} 的答案不可用：{why}"
    en = "The answer to {item_id} cannot be used: {why}"


class NotComplete(Refusal):
    zh = "还不能提交：{why}"
    en = "It cannot be submitted yet: {why}"


class SignatureIncomplete(Refusal):
    zh = "签字记录不完整：签字须写明签字人；拒签须写明原因和见证人。"
    en = "A signature names its signer; a refusal names its reason and a witness."


class NotYourItem(Refusal):
    zh = "检查项 {item_id} 由其他部门检查。请由该部门的人员作答。"
    en = "Another department looks at {item_id}. Have its officer answer it."


class OfficerRecused(Refusal):
    """行政处罚法 43."""

    zh = "{name} 对该幼儿园须回避。请指派其他人员。"
    en = "{name} is recused from this kindergarten. Assign somebody else."


class SameOfficersAgain(Refusal):
    zh = "同一组人员已连续 {most} 次检查该幼儿园。请更换人员，或写明理由（exception）。"
    en = "The same officers made the last {most} visits there. Change one, or give an exception."


class TooManyVisits(Refusal):
    zh = "该幼儿园本年度日常检查已达 {most} 次。确有必要请写明理由（exception）。"
    en = "It had its {most} routine visits of the year. For one more, say why (exception)."
