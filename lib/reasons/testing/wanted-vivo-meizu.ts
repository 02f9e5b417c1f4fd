import type { Wanted } from './wanted'

/**
 * What each code means, written by hand from the vendors' tables (upstream/vendor_error_codes.json), not from answers of
 * `explain`. Columns: code, text, cause, owner, then the confidence with the text, without a text, and without a text
 * and without a vendor. `open`: undecided.
 */
export const VIVO: readonly Wanted[] = [
  [
    '10000',
    'authentication failed (authToken missing/expired)',
    'credential_wrong',
    'console',
    'certain',
    'likely',
    'open',
  ],
  ['10045', 'app under review: formal messages not allowed', 'app_not_allowed', 'console', 'certain', 'likely', 'open'],
  ['10055', 'title empty', 'content_empty', 'sender', 'certain', 'likely', 'open'],
  ['10056', 'title too long (40)', 'content_too_long', 'sender', 'certain', 'likely', 'open'],
  ['10070', 'operational (marketing) volume exceeded', 'daily_cap', 'sender', 'certain', 'likely', 'open'],
  ['10071', 'outside allowed sending hours', 'quiet_hours', 'sender', 'certain', 'likely', 'open'],
  ['10072', 'pushing too fast', 'too_fast', 'sender', 'certain', 'likely', 'open'],
  ['10089', 'unlisted or restricted app', 'app_not_allowed', 'console', 'likely', 'likely', 'open'],
  ['10103', 'sensitive content', 'content_rejected', 'sender', 'certain', 'likely', 'open'],
  ['10205', 'appId does not exist', 'credential_wrong', 'console', 'certain', 'likely', 'likely'],
  ['10206', 'sign wrong', 'credential_wrong', 'console', 'certain', 'likely', 'open'],
  [
    '10302',
    'regId illegal (does not exist, uninstalled, data cleared)',
    'token_gone',
    'user',
    'certain',
    'likely',
    'open',
  ],
  [
    '10311',
    'device cannot be pushed now (notifications off / inactive)',
    'notifications_off',
    'user',
    'certain',
    'likely',
    'open',
  ],
  ['103', 'message was overwritten', 'replaced', 'none', 'likely', 'likely', 'open'],
  ['1017', 'marketing not shown 23:00-07:00', 'quiet_hours', 'sender', 'likely', 'likely', 'open'],
  ['2161', 'activity not exported', 'click_target', 'dev', 'likely', 'likely', 'open'],
  ['10012', 'expired', 'expired', 'none', 'likely', 'likely', 'open'],
  ['20006', '14 days offline', 'inactive_device', 'none', 'likely', 'likely', 'open'],
]

export const MEIZU: readonly Wanted[] = [
  ['201', 'no permission, server refused', 'app_not_allowed', 'console', 'certain', 'likely', 'open'],
  ['500', 'other exception', 'vendor_busy', 'none', 'certain', 'likely', 'likely'],
  ['513', 'push failed', 'vendor_busy', 'none', 'certain', 'likely', 'open'],
  ['518', 'over configured rate', 'too_fast', 'sender', 'certain', 'likely', 'open'],
  ['1005', 'parameter error', 'bad_parameters', 'dev', 'certain', 'likely', 'open'],
  ['1006', 'signature failed', 'credential_wrong', 'console', 'certain', 'likely', 'open'],
  ['110000', 'appId illegal', 'credential_wrong', 'console', 'certain', 'likely', 'open'],
  ['110002', 'pushId not subscribed / invalid', 'token_gone', 'user', 'certain', 'likely', 'open'],
  ['110003', 'pushId illegal', 'token_mismatch', 'dev', 'certain', 'likely', 'open'],
  ['110009', 'app blacklisted', 'app_not_allowed', 'console', 'certain', 'likely', 'open'],
  [
    '110010',
    'pushId invalid because the message switch is off',
    'notifications_off',
    'user',
    'certain',
    'open',
    'open',
  ],
  ['110010', 'request rate too high', 'too_fast', 'sender', 'certain', 'open', 'open'],
  ['110019', 'app daily push limit exceeded', 'daily_cap', 'sender', 'certain', 'likely', 'open'],
  ['110053', 'pass-through limit', 'bad_parameters', 'dev', 'certain', 'likely', 'open'],
]
