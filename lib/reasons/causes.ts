/** Who can put a cause right. `none`: it passes by itself. The words are those of `lookup.actor`. */
export const ACTORS = ['sender', 'dev', 'console', 'vendor', 'tencent', 'user', 'none'] as const
export type Actor = (typeof ACTORS)[number]

/** Causes across vendors, each with its one owner: many codes of many vendors mean the same thing to people. */
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
