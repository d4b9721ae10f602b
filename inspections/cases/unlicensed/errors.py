"""What the room of unlicensed sites refuses."""

from media.refusals import Refusal


class StepNotAllowed(Refusal):
    zh = "无证办园点当前状态为“{told}”，不能执行“{step}”。请刷新后按当前状态继续。"
    en = "The site is {told}; {step} is not possible now. Reload it and go on from there."


class SightingTaken(Refusal):
    zh = "所选线索须尚未归入其他办园点，且位于同一区域。"
    en = "The sightings must be of one region, and belong to no other site."


class OwnStep(Refusal):
    """Who opened, verified or stopped it does not end it."""

    zh = "办结须由未参与立案、核实和停办的监督人员执行。"
    en = "A supervisor who neither opened, verified nor stopped the site ends its case."


class NotLicensed(Refusal):
    zh = "登记的幼儿园 {kindergarten_id} 没有有效的办园许可证，不能据此办结。"
    en = "The kindergarten {kindergarten_id} has no licence in force: it does not end the case."


class PhotoMissing(Refusal):
    zh = "立案前，线索至少须有一张照片。请先上传照片。"
    en = "A sighting needs a photo before a case is opened on it. Send one first."


class ChildrenNotCounted(Refusal):
    zh = "请写明已分流的幼儿人数（children），没有则为 0。"
    en = "Say how many children were placed elsewhere (children); 0 where there were none."


class BadBan(Refusal):
    """学前教育法 78: no application accepted for five to ten years."""

    zh = "禁止申请的期限须为五年以上十年以下。请核对起止日期。"
    en = "An operator is barred for five to ten years. Check both days."
