"""What the accounts refuse."""

from media.refusals import Refusal


class NotAuthenticated(Refusal):
    zh = "请先登录：未提供有效的令牌，或令牌已过期、已被撤销。"
    en = "Log in first: there is no valid token, or it has expired or was revoked."


class WrongCredentials(Refusal):
    """One answer for an unknown name, a wrong password and a disabled account."""

    zh = "用户名或密码不正确。"
    en = "The user name or the password is wrong."


class TooManyAttempts(Refusal):
    zh = "尝试次数过多，请在 {retry_after} 秒后重试。"
    en = "Too many attempts. Try again in {retry_after} seconds."


class WeakPassword(Refusal):
    zh = "密码太弱：至少 {least} 个字符，且不得与用户名相同或过于单一。"
    en = "The password is too weak: at least {least} characters, not the user name, not repetitive."


class InvitationInvalid(Refusal):
    """One answer for a code that is unknown, used or too old, and for a closed account."""

    zh = "邀请码无效、已使用或已过期。请向管理员索取新的邀请码。"
    en = "The invitation code is not valid, was used, or is too old. Ask the administrator for one."
