"""What drills refuse."""

from media.refusals import Refusal


class BadDrill(Refusal):
    zh = "演练记录不可用：{why}。请核对后重新提交。"
    en = "The record of the drill cannot be used: {why}. Check it and send it again."


class PlatformSilent(Refusal):
    """The linkage platform was not reached, or its answer is not of the contract."""

    zh = "视频联网平台没有可用的回答：{why}。请稍后再试，或由现场人员记录。"
    en = "The linkage platform gave no usable answer: {why}. Try later, or measure there."


class NoPlatform(Refusal):
    zh = "尚未设置视频联网平台，或该幼儿园没有机构标识码。请由现场人员记录。"
    en = "No linkage platform is set, or the kindergarten has no code. Have an officer record it."
