import type { NewShareBody } from '@/lib/browser/shares'
import { DAY, SHARE_LIMITS } from '@/lib/contract/limits'
import { isFrameOrigin } from '@/lib/contract/shares/origins'
import type { SharePreset } from '@/lib/contract/shares/pages'
import type { ShareScope } from '@/lib/contract/shares/scope'
import type { ShareContent } from '@/lib/contract/shares/share'

/** What a page offers to share: what it shows now. */
export interface ShareOffer {
  app: string
  /** The app's zone. */
  tz: string
  /** A name to begin with. */
  name: string
  content: ShareContent
  /** A tag of what the page shows, to begin with. */
  tag: string
  /** The range that the page shows, for a link that keeps it. */
  shown: { from: string; to: string } | null
}

/** The fields of the form. What another choice replaces is kept, so that people can go back to it. */
export interface ShareDraft {
  name: string
  isFrozen: boolean
  scope: ShareScope | null
  pseudonyms: boolean
  /** The chosen tag, also while another choice is on. */
  tag: string
  days: number
  password: string
  /** Origins, one per line. */
  origins: string
  picture: boolean
}

export type DraftField = 'name' | 'pages' | 'tag' | 'vendors' | 'password' | 'origins' | 'endsAt'
/** Why a field is refused, as the last part of a message key. */
export type DraftProblem = { field: DraftField; why: 'required' | 'short' | 'origin' | 'refused' }

export const END_DAYS = [1, 7, 30, 90, 180, 400] as const

/** Returns the form for what the page shows: a live link without counts left out, or a frozen look-up. */
export function draftOf({ name, content, tag }: ShareOffer): ShareDraft {
  return {
    name,
    isFrozen: content.kind !== 'live',
    scope: content.kind === 'lookup' ? null : content.scope,
    pseudonyms: content.kind === 'lookup' && content.lookup.pseudonyms,
    tag,
    days: content.kind === 'lookup' ? SHARE_LIMITS.lookup : SHARE_LIMITS.usual,
    password: '',
    origins: '',
    picture: false,
  }
}

/** Fills the form for whom the link is. Everything in it can be changed afterwards. */
export function withPreset(draft: ShareDraft, preset: SharePreset, shown: ShareOffer['shown']): ShareDraft {
  const { scope } = draft
  if (scope === null) return draft
  switch (preset) {
    case 'partner':
      return {
        ...draft,
        isFrozen: false,
        days: SHARE_LIMITS.usual,
        scope: { ...scope, figures: 'rates', dates: { kind: 'none' } },
      }
    case 'manager':
      return {
        ...draft,
        isFrozen: false,
        days: SHARE_LIMITS.usual,
        scope: {
          ...scope,
          figures: 'counts',
          range: { mode: 'rolling', preset: '7d' },
          dates: { kind: 'back', days: 30 },
        },
      }
    case 'ticket':
      return {
        ...draft,
        isFrozen: true,
        days: SHARE_LIMITS.lookup,
        scope: {
          ...scope,
          figures: 'counts',
          range: shown ? { mode: 'fixed', ...shown } : scope.range,
          dates: { kind: 'none' },
        },
      }
  }
}

/** Returns the origins of the form, without empty lines and the slash that a copied address ends with. */
export const originsOf = ({ origins }: ShareDraft): string[] =>
  origins
    .split(/[\s,;]+/)
    .map((one) => (one.endsWith('/') ? one.slice(0, -1) : one))
    .filter((one) => one !== '')

/** Returns what has to be corrected before the link can be created. The server checks again. */
export function problemsOf(draft: ShareDraft, needsPassword: boolean): DraftProblem[] {
  const { scope } = draft
  const problems: (DraftProblem | false)[] = [
    draft.name.trim() === '' && { field: 'name', why: 'required' },
    scope?.pages.length === 0 && { field: 'pages', why: 'required' },
    scope?.tasks.kind === 'tag' && scope.tasks.tag.trim() === '' && { field: 'tag', why: 'required' },
    scope?.vendors?.length === 0 && { field: 'vendors', why: 'required' },
    needsPassword && draft.password === '' && { field: 'password', why: 'required' },
    draft.password !== '' && draft.password.length < SHARE_LIMITS.password && { field: 'password', why: 'short' },
    originsOf(draft).some((one) => !isFrameOrigin(one)) && { field: 'origins', why: 'origin' },
  ]
  return problems.filter((one) => one !== false)
}

/** Returns what the link shows. A look-up is always a copy. */
export function contentOf(draft: ShareDraft, { content }: ShareOffer): ShareContent {
  if (content.kind === 'lookup') return { kind: 'lookup', lookup: { ...content.lookup, pseudonyms: draft.pseudonyms } }
  return { kind: draft.isFrozen ? 'frozen' : 'live', scope: draft.scope ?? content.scope }
}

export function bodyOf(draft: ShareDraft, offer: ShareOffer, nowMs: number): NewShareBody {
  return {
    name: draft.name.trim(),
    content: contentOf(draft, offer),
    endsAt: new Date(nowMs + draft.days * DAY * 1_000 - 60_000).toISOString(),
    ...(draft.password === '' ? {} : { password: draft.password }),
    origins: originsOf(draft),
    picture: draft.picture,
  }
}

/** The field of a refusal of the API, such as `origins.0`; null for what stands beside no field. */
export function fieldOfRefusal(field: string | null): DraftField | null {
  const parts = field?.split('.') ?? []
  const known: readonly DraftField[] = ['name', 'pages', 'tag', 'vendors', 'password', 'origins', 'endsAt']
  return known.find((one) => parts.includes(one)) ?? null
}
