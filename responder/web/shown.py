"""What an approval is bound to."""

import hashlib
import json

from responder.domain.case import Draft


def shown_digest(draft: Draft) -> str:
    """Give the digest of what a case shows: the text, the recipient, the action, and the state of the draft."""
    reply = [draft.reply.to, draft.reply.subject, draft.reply.text] if draft.reply else []
    action = [draft.action.key, draft.action.details] if draft.action else []
    return hashlib.sha256(json.dumps([draft.id, draft.state, reply, action], default=list).encode()).hexdigest()
