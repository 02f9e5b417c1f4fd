/**
 * What an ID appears to contain. Derived from observed shapes, so these are hints and never a reason to refuse a
 * look-up.
 */
export interface KeyHints {
  shape: 'task' | 'push' | 'msg_key' | 'msg_id' | null
  /** Epoch seconds of sending. */
  sentAt: number | null
  sdkAppId: number | null
}

const TASK = /^(?:batch_)?([0-9a-f]{8})_([0-9a-f]{1,8})_2000[0-9a-f]{11}_[0-9a-f]+_[0-9a-f]+$/i
const PUSH = /^([0-9a-f]{8})_[0-9a-f]+_[0-9a-f]+_2000[0-9a-f]{11}_2000[0-9a-f]{11}$/i
const MSG_KEY = /^\d+_\d+_(\d{10})$/
const MSG_ID = /^\d{15,20}-(\d{10})-\d+$/

/**
 * Decodes an ID. A TaskID begins with time and SDKAppID, then the sender. A PushID begins with the time and ends with
 * sender and receiver.
 */
export function hintsOf(key: string): KeyHints {
  const id = key.trim()
  const task = TASK.exec(id)
  if (task) return { shape: 'task', sentAt: plausible(task[1], 16), sdkAppId: Number.parseInt(task[2] ?? '', 16) }
  const push = PUSH.exec(id)
  if (push) return { shape: 'push', sentAt: plausible(push[1], 16), sdkAppId: null }
  const msgKey = MSG_KEY.exec(id)
  if (msgKey) return { shape: 'msg_key', sentAt: plausible(msgKey[1], 10), sdkAppId: null }
  const msgId = MSG_ID.exec(id)
  if (msgId) return { shape: 'msg_id', sentAt: plausible(msgId[1], 10), sdkAppId: null }
  return { shape: null, sentAt: null, sdkAppId: null }
}

const [EARLIEST, LATEST] = [Date.UTC(2015, 0) / 1000, Date.UTC(2100, 0) / 1000]

function plausible(digits: string | undefined, base: 10 | 16): number | null {
  const at = Number.parseInt(digits ?? '', base)
  return at >= EARLIEST && at < LATEST ? at : null
}
