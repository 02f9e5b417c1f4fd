import { SHARE_PASS_HEADER, SHARE_SECRET_HEADER } from '@/lib/contract/shares/pages'
import type { ShareScope } from '@/lib/contract/shares/scope'
import type { ShareQuery, ViewShareReply } from '@/lib/contract/shares/view'
import { ApiError, api, errorOfResponse, post } from './api'

/** What opens a shared view: a link with its secret, or the scope that an administrator is choosing. */
export type SharedAccess =
  | { kind: 'link'; id: string; secret: string }
  | { kind: 'preview'; app: string; scope: ShareScope }

interface Asked {
  query: ShareQuery
  /** The pass that the password was exchanged for; null without one. */
  pass: string | null
  password?: string
  signal: AbortSignal
}

/**
 * Reads a page of a shared view. The secret travels as a header and never in an address. No cookie is sent along, so that
 * a link shows the same to somebody who is signed in.
 */
export function viewShare(access: SharedAccess, { query, pass, password, signal }: Asked): Promise<ViewShareReply> {
  if (access.kind === 'preview') {
    const path = `/api/v1/apps/${encodeURIComponent(access.app)}/shares/preview`
    return post<ViewShareReply>(path, { scope: access.scope, query }, signal)
  }
  return api<ViewShareReply>(pathOf(access), requestOf(access, { query, password }, { pass, signal }))
}

/** Reads what a frozen link keeps, byte for byte, so that its hash can be compared. */
export async function readCopy(access: SharedAccess, pass: string | null): Promise<Blob> {
  if (access.kind === 'preview') throw new ApiError('not_found')
  const response = await fetch(pathOf(access), requestOf(access, { file: true }, { pass }))
  if (!response.ok) throw await errorOfResponse(response)
  return response.blob()
}

type Link = Extract<SharedAccess, { kind: 'link' }>

const pathOf = ({ id }: Link) => `/api/v1/shares/${encodeURIComponent(id)}/view`

function requestOf({ secret }: Link, body: object, { pass, ...more }: { pass: string | null; signal?: AbortSignal }) {
  return {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      [SHARE_SECRET_HEADER]: secret,
      ...(pass === null ? {} : { [SHARE_PASS_HEADER]: pass }),
    },
    body: JSON.stringify(body),
    credentials: 'omit',
    referrerPolicy: 'no-referrer',
    cache: 'no-store',
    ...more,
  } satisfies RequestInit
}
