"""What the room of renaming refuses."""

from media.refusals import Refusal


class StepNotAllowed(Refusal):
    zh = "更名案件当前状态为“{told}”，不能执行“{step}”。请刷新后按当前状态继续。"
    en = "The renaming case is {told}; {step} is not possible now. Reload it and go on from there."


class NothingFound(Refusal):
    zh = "按现行计划核查，名称“{name}”未发现问题，不能立案。"
    en = "By the plans in force nothing is found in the name “{name}”: no case is opened on it."


class CaseOpen(Refusal):
    zh = "该幼儿园已有在办的更名案件，请在原案件中继续。"
    en = "A renaming case of this kindergarten is under way. Go on with that one."


class SecondPerson(Refusal):
    """Who opened it or took a step of the bureau's in it does not end it."""

    zh = "更名或不予更名须由未参与本案的监督人员决定。"
    en = "A supervisor without part in the case decides on its end."


class NameStillWrong(Refusal):
    zh = "新名称“{name}”仍违反命名要求：{what}。请退回后另报名称。"
    en = "The new name “{name}” is in breach as well: {what}. Return it for another."


class WordingDiffers(Refusal):
    zh = "{carrier}上的名称“{words}”与核准的“{name}”不一致，不能办结。"
    en = "The {carrier} bears “{words}”, not the approved “{name}”: the case does not end."


class PhotosMissing(Refusal):
    zh = "缺少新名称的照片：{what}。请先上传（photos），再办理更名。"
    en = "Photos with the new name are missing: {what}. Send them first, then rename."
