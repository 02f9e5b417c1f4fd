import type { Messages } from '@/components/i18n/words'
import type { VerdictReply } from '@/lib/contract/traces'

export type ReplyKey = keyof Messages['replies']
/** The replies in all languages, because the end user may read another one than the agent. */
export type Replies = { locale: string; name: string; texts: Record<ReplyKey, string> }[]

const REPLIES: Record<ReplyKey, readonly string[]> = {
  open_app: [
    ...['user_signed_out', 'stopped_token_gone', 'stopped_token_missing', 'stopped_push_disabled'],
    'stopped_inactive_device',
  ],
  install_app: ['stopped_app_uninstalled'],
  allow: ['maybe_switched_off', 'stopped_notifications_off'],
  handed_over: ['handed_over', 'not_delivered_yet', 'submitted', 'taken', 'no_steps', 'user_silent', 'user_background'],
  delivered: ['delivered', 'clicked', 'all_arrived', 'some_arrived'],
  in_app: ['online', 'online_silent', 'user_online'],
  vendor: [
    ...['user_vendor_wide', 'user_vendor_wide_at_least', 'user_vendor_was', 'user_vendor_was_at_least'],
    ...['stopped_vendor_busy', 'stopped_session_expired'],
  ],
  missed: ['stopped_expired', 'stopped_device_state', 'stopped_replaced', 'stopped_daily_cap', 'stopped_quiet_hours'],
  which: [
    'user_cannot_tell',
    'user_unknown',
    'user_delivered',
    'not_found_expired',
    'not_found_chat',
    'not_found_task',
  ],
  working: [],
}

/**
 * Returns the reply for a verdict: for what failed, where the next step repairs that, else for the verdict itself.
 */
export function replyFor({ key, also, next }: Pick<VerdictReply, 'key' | 'also' | 'next'>): ReplyKey {
  const repaired = also.find((one) => one.key.replace('stopped_', 'next_') === next.key)
  return replyForSentence(repaired?.key ?? key)
}

/** "working" is for causes that the sender has to fix. */
function replyForSentence(verdictKey: string): ReplyKey {
  const found = Object.entries(REPLIES).find(([, keys]) => keys.includes(verdictKey))
  if (found) return found[0] as ReplyKey // REPLIES has exactly these keys.
  return verdictKey.startsWith('not_found') ? 'which' : 'working'
}
