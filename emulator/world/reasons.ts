/** Where a push was lost. `before`: not sent to the vendor. `vendor`: refused by the vendor. `device`: reported by a receipt. */
type Where = 'before' | 'vendor' | 'device'

/** `code` appears in loss answers; `number` appears in traces, which carry integers only. */
export interface Reason {
  where: Where
  code: string
  number: number
  text: string
}

const reason = (where: Where, code: string, text: string, number = Number(code)): Reason => ({
  where,
  code,
  number,
  text,
})

/** All reasons. Index 0 means "not lost", so that a row can store a plain index. */
export const REASONS = [
  reason('before', '0', ''),
  reason('before', '-1', 'Certificate id not set'),
  reason('before', '-1', '没有设置证书id'),
  reason('before', '-2', 'token not uploaded'),
  reason('before', '-2', '没有上传token'),
  reason('vendor', '410', 'Unregistered'),
  reason('vendor', '400', 'BadCertificate'),
  reason('vendor', '400', 'BadDeviceToken'),
  reason('vendor', '20301', 'invalid regid'),
  reason('vendor', '200001', 'daily push quota exceeded'),
  reason('device', '16', ''),
  reason('device', '32', 'push disabled by client'),
  reason('vendor', '80300007', 'All the tokens are invalid'),
  reason('device', '6', 'notification not shown'),
  reason('device', '256', 'marketing message over the daily limit'),
  reason('vendor', 'UNREGISTERED', '', 404),
  reason('vendor', 'QUOTA_EXCEEDED', 'Sending limit exceeded for the message target', 429),
  reason('vendor', '110002', 'pushId not subscribed'),
  reason('vendor', '110011', 'over the daily limit of public messages'),
  reason('device', '1', 'regid_invalid'),
  reason('device', '2', 'user_daily_limit'),
  reason('vendor', '10302', 'User Id invalid'),
  reason('vendor', '10302', 'regId illegal'),
  reason('vendor', '10070', 'operational messages over the daily volume'),
  reason('vendor', '10311', 'device cannot be pushed now'),
  reason('vendor', '1', 'internal error'),
  reason('vendor', '10205', 'appId does not exist'),
] as const

/** Returns the index of a reason by its code and the start of its text. Throws if the table has no such reason. */
export function reasonIndex(code: string, text = ''): number {
  const found = REASONS.findIndex((row, i) => i > 0 && row.code === code && row.text.startsWith(text))
  if (found < 0) throw new Error(`no reason ${code} ${text}`)
  return found
}

export function reasonAt(index: number): Reason {
  const row = REASONS[index]
  if (!row) throw new Error(`no reason at ${index}`)
  return row
}
