import { knownReasonBody, knownReasonKey, knownReasonReply } from '@/lib/contract/known-reasons'
import { postToApp } from '@/lib/http/route'
import { clearKnownReason, setKnownReason } from '@/lib/service/reasons/known-reasons'

/** A code can be any text, so it is in the body and not in the path. */
export const PUT = postToApp({
  ability: 'tasks',
  problems: ['bad_range'],
  query: knownReasonBody,
  reply: knownReasonReply,
  verb: setKnownReason,
})
export const DELETE = postToApp({
  ability: 'tasks',
  query: knownReasonKey,
  reply: knownReasonReply,
  verb: clearKnownReason,
})
