"""Why a photo is refused; `slug` is the reason in one word for scripts."""

from typing import ClassVar

from media.refusals import Refusal


class PhotoRefused(Refusal):
    """The ancestor of what is wrong with a file that somebody sent."""

    slug: ClassVar[str]


class PhotoTooLarge(PhotoRefused):
    slug = "too_large"
    zh = "文件有 {size} 字节，超过上限 {limit} 字节。请以较低画质重新拍摄或导出。"
    en = "The file has {size} bytes, more than {limit}. Take or export it again, smaller."


class KindNotAllowed(PhotoRefused):
    slug = "kind_not_allowed"
    zh = "按内容判断，文件不是允许的照片格式（{found}）。请提供 JPEG、PNG、WebP 或 HEIC。"
    en = "By its content the file is no photo we take ({found}). Send JPEG, PNG, WebP or HEIC."


class PhotoUnreadable(PhotoRefused):
    slug = "unreadable"
    zh = "文件开头像 {found}，但无法识别为图像。请重新拍摄或重新导出。"
    en = "The file begins like {found} but is no readable image. Take or export it again."


class TooManyPixels(PhotoRefused):
    slug = "too_many_pixels"
    zh = "图像为 {width}×{height} 像素，超过上限 {limit} 像素。请以较低分辨率重新导出。"
    en = "The image has {width} × {height} pixels, more than {limit}. Export it smaller."


class PhotoBroken(PhotoRefused):
    slug = "broken"
    zh = "图像数据不完整或已损坏（{found}），未能完整解码。请重新上传原文件。"
    en = "The image data are cut or damaged ({found}): no whole decode. Send the original again."


class PhotoTooCostly(PhotoRefused):
    slug = "too_costly"
    zh = "解码该图像所需的内存或时间超过上限。请以较低分辨率导出为 JPEG 后重试。"
    en = "Decoding this image takes more memory or time than allowed. Export it as a smaller JPEG."


class DecoderUnavailable(Refusal):
    """The service's own trouble, never the file's: the decoder does not start."""

    zh = "照片解码进程无法启动，请稍后重试；如持续出现，请联系管理员。"
    en = "The photo decoder does not start. Try again later; if it stays so, tell an administrator."
