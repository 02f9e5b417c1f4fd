/** Who can fix a cause. `none`: it passes by itself. The words are those of `lookup.actor`. */
export const ACTORS = ['sender', 'dev', 'console', 'vendor', 'tencent', 'user', 'none'] as const
export type Actor = (typeof ACTORS)[number]

/** The causes of a loss, each with its one owner. Codes of several vendors share a cause. */
export const OWNER = {
  certificate_missing: 'dev',
  token_missing: 'dev',
  token_mismatch: 'dev',
  build_not_registered: 'dev',
  bad_parameters: 'dev',
  click_target: 'dev',
  push_disabled: 'dev',
  app_mismatch: 'console',
  credential_wrong: 'console',
  app_not_allowed: 'console',
  category_not_allowed: 'console',
  receipt_setup: 'console',
  daily_cap: 'sender',
  too_fast: 'sender',
  quiet_hours: 'sender',
  filtered: 'sender',
  content_rejected: 'sender',
  content_too_long: 'sender',
  content_empty: 'sender',
  token_gone: 'user',
  notifications_off: 'user',
  inactive_device: 'none',
  device_state: 'none',
  expired: 'none',
  replaced: 'none',
  vendor_busy: 'none',
  session_expired: 'none',
  vendor_unclear: 'vendor',
  tencent_request: 'tencent',
} as const satisfies Record<string, Actor>

export type Cause = keyof typeof OWNER
export const CAUSES = Object.keys(OWNER) as [Cause, ...Cause[]]

/** Causes that only say that something failed. A text that names a specific cause beats them. */
export const GENERIC_CAUSES: readonly Cause[] = ['vendor_busy', 'vendor_unclear']
