import { knownReasonBody, knownReasonKey, knownReasonReply } from '@/lib/contract/known-reasons'
import { postToApp } from '@/lib/http/route'
import { clearKnownReason, setKnownReason } from '@/lib/service/reasons/known-reasons'

/** A code may be anything, so it stands in the body and is no part of the path. */
export const PUT = postToApp({
  ability: 'tasks',
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
