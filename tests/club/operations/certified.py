"""Passes in tests: certified, withdrawn and given back, and credentials read by another library."""

import json
import warnings

from joserfc import jws
from joserfc.errors import SecurityWarning
from joserfc.jwk import OKPKey

from club.operations.badging import public_key
from club.operations.certifying import issue_pass_certificate
from club.operations.withdrawing import reinstate_pass, withdraw_pass
from tests.club.operations.trying import MODULE, right, take

WHY = "解答を同僚から教わったとの申し出があったため"


def certify(context, actor, attempt, request_id=None):
    return issue_pass_certificate(
        context, actor, request_id=request_id or f"certify {attempt.id}", try_id=attempt.id
    )


def a_certificate(context, actor, request_id="start"):
    """One of a try that was all right, and the try."""
    attempt = take(context, actor, right, request_id)
    return certify(context, actor, attempt), attempt


def withdraw(context, by, of, request_id="withdraw", **given):
    values = {"person_id": of.person_id, "module_id": MODULE, "reason": WHY} | given
    return withdraw_pass(context, by, request_id=request_id, **values)


def reinstate(context, by, of, request_id="reinstate"):
    return reinstate_pass(
        context, by, request_id=request_id, person_id=of.person_id, module_id=MODULE
    )


def verified(context, text):
    """The payload, by joserfc and the published key alone."""
    key = OKPKey.import_key(public_key(context)[1])
    with warnings.catch_warnings():
        # RFC 9864 renames EdDSA to Ed25519, which wallets do not know yet.
        warnings.simplefilter("ignore", SecurityWarning)
        return json.loads(jws.deserialize_compact(text, key, algorithms=["EdDSA"]).payload)
