/** The pages that a link can show. A campaign's own page belongs to `campaigns`. */
export const SHARED_PAGES = ['overview', 'losses', 'campaigns'] as const
export type SharedPage = (typeof SHARED_PAGES)[number]

/** Who a link is for. A preset fills the form; everything in it can be changed. */
export const SHARE_PRESETS = ['partner', 'manager', 'ticket'] as const
export type SharePreset = (typeof SHARE_PRESETS)[number]

/** Why a link is not open any more, or not now. The viewer learns none of these. */
export const SHARE_STATES = ['open', 'paused', 'ended', 'revoked', 'orphaned'] as const
export type ShareState = (typeof SHARE_STATES)[number]

/** The header that carries the secret of a link, which is never part of an address. */
export const SHARE_SECRET_HEADER = 'x-share-secret'
/** The header that carries the pass which a password was exchanged for. */
export const SHARE_PASS_HEADER = 'x-share-pass'
