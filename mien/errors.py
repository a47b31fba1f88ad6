"""Every error that Mien raises on purpose, each with the HTTP status it answers and the words a person reads.

MienError
 |- Refused (4xx: sending it again cannot help)
 |   |- InvalidBatch 400   UnknownKey 401   OriginRefused 403   TooLarge 413
 |   |- InvalidRequest 400   NotSignedIn 401   NotAllowed 403   NotFound 404
 |- Busy 503 (try later; carries `retry_after_s`)
 |- SetupError (the command line shows it and exits with 1)

The message of an error is written where it is raised and shown as it is; nothing translates it again.
"""

from __future__ import annotations


class MienError(Exception):
    """Base of all. `name` is what programs test for, the message what people read."""

    status = 500
    name = "error"


class Refused(MienError):
    """The sender must change something."""

    status = 400
    name = "refused"


class InvalidBatch(Refused):
    """The body is not a batch."""

    name = "invalid_batch"


class UnknownKey(Refused):
    """No such write key, or it was revoked."""

    status = 401
    name = "unknown_key"


class OriginRefused(Refused):
    """The project accepts other origins only."""

    status = 403
    name = "origin_refused"


class TooLarge(Refused):
    """The body, packed or unpacked, is above the limit."""

    status = 413
    name = "too_large"


class InvalidRequest(Refused):
    """A parameter of an API call is wrong."""

    name = "invalid_request"


class NotSignedIn(Refused):
    """No valid cookie or token."""

    status = 401
    name = "not_signed_in"


class NotAllowed(Refused):
    """Signed in, but this is not open to the account or token."""

    status = 403
    name = "not_allowed"


class NotFound(Refused):
    """No such project, session or page."""

    status = 404
    name = "not_found"


class Busy(MienError):
    """Nothing is wrong with the request; it could not be served now."""

    status = 503
    name = "busy"

    def __init__(self, message: str, retry_after_s: int = 5) -> None:
        super().__init__(message)
        self.retry_after_s = retry_after_s


class SetupError(MienError):
    """Something outside Mien must be mended first (a port, a folder, a database). The message says what."""

    name = "setup"
