import type { KnownReasonBody, KnownReasonKey, KnownReasonReply } from '@/lib/contract/known-reasons'
import { api } from './api'

type Given = Omit<KnownReasonBody, 'note'> & { note: string }

function send(app: string, method: 'PUT' | 'DELETE', body: Given | KnownReasonKey): Promise<KnownReasonReply> {
  return api<KnownReasonReply>(`/api/v1/apps/${encodeURIComponent(app)}/losses/known`, {
    method,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
}

/** Marks a reason as known until a day, or removes the mark. */
export const markKnown = (app: string, body: Given) => send(app, 'PUT', body)
export const clearKnown = (app: string, body: KnownReasonKey) => send(app, 'DELETE', body)
