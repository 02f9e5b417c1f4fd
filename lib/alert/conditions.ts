import 'server-only'
import type { ErrorCode } from '@/lib/contract/errors'
import words from '@/messages/en/errors.json'

export interface AppFacts {
  id: string
  name: string
  stopped: ErrorCode | null
  /** Seconds; null where nothing is known. */
  lagS: number | null
  toLossS: number | null
}

export interface Facts {
  apps: AppFacts[]
  /** From 0 to 1; null where the data is not on a disk of ours. */
  freeDisk: number | null
}

/** `key` is the same as long as the same thing is wrong. */
export interface Alert {
  key: string
  text: string
}

const STILL_S = 6 * 3_600
const SOON_LOST_S = 48 * 3_600
const LITTLE_DISK = 0.1

/** Everything that is wrong now. */
export function alertsOf({ apps, freeDisk }: Facts): Alert[] {
  const full = freeDisk !== null && freeDisk < LITTLE_DISK
  const disk = `Pushlens: ${Math.floor((freeDisk ?? 0) * 100)} % of the disk is free. When it is full, Pushlens can store no more data.`
  return [...apps.flatMap(ofApp), ...(full ? [{ key: 'disk', text: disk }] : [])]
}

function ofApp({ id, name, stopped, lagS, toLossS }: AppFacts): Alert[] {
  const app = `${harmless(name)} (${id})`
  const alerts: Alert[] = []
  if (stopped !== null) {
    const { title, detail } = words[stopped]
    alerts.push({ key: `credential:${id}`, text: `Pushlens: calls for ${app} have stopped. ${title}. ${detail}` })
  }
  if (lagS !== null && lagS > STILL_S) {
    const text = `Pushlens: no data was collected for ${app} for ${Math.floor(lagS / 3_600)} hours.`
    alerts.push({ key: `collector:${id}`, text })
  }
  if (toLossS !== null && toLossS < SOON_LOST_S) {
    const hours = Math.max(0, Math.floor(toLossS / 3_600))
    const text = `Pushlens: data of ${app} that is not fetched yet expires at Tencent in ${hours} hours.`
    alerts.push({ key: `loss:${id}`, text })
  }
  return alerts
}

/** A name goes into other people's chat: no mention, link or markup may come of it. */
function harmless(name: string): string {
  return name.replace(/[\p{C}\s<>&@[\]()`*_~|#!:/\\]+/gu, ' ').trim()
}
