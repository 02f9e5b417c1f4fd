import 'server-only'
import type { ErrorCode } from '@/lib/contract/errors'
import words from '@/messages/en/errors.json'

export interface AppFacts {
  id: string
  name: string
  stopped: ErrorCode | null
  /** How long the most overdue bucket has waited, in seconds. Null when unknown. */
  lagS: number | null
  /** Seconds until Tencent deletes the first data that is not stored. Null when nothing is at risk. */
  toLossS: number | null
}

export interface Facts {
  apps: AppFacts[]
  /** From 0 to 1. Null when the data is not on a local disk. */
  freeDisk: number | null
}

/** `key` stays the same while the problem lasts. */
export interface Alert {
  key: string
  text: string
}

const LATE_S = 6 * 3_600
const LOST_SOON_S = 48 * 3_600
const LOW_DISK = 0.1

/** Returns one alert per current problem. */
export function alertsOf({ apps, freeDisk }: Facts): Alert[] {
  const full = freeDisk !== null && freeDisk < LOW_DISK
  const disk = `Pushlens: ${Math.floor((freeDisk ?? 0) * 100)} % of the disk is free. When it is full, Pushlens can store no more data.`
  return [...apps.flatMap(ofApp), ...(full ? [{ key: 'disk', text: disk }] : [])]
}

function ofApp({ id, name, stopped, lagS, toLossS }: AppFacts): Alert[] {
  const app = `${plainText(name)} (${id})`
  const alerts: Alert[] = []
  if (stopped !== null) {
    const { title, detail } = words[stopped]
    alerts.push({ key: `credential:${id}`, text: `Pushlens: calls for ${app} have stopped. ${title}. ${detail}` })
  }
  if (lagS !== null && lagS > LATE_S) {
    const text = `Pushlens: no data was collected for ${app} for ${Math.floor(lagS / 3_600)} hours.`
    alerts.push({ key: `collector:${id}`, text })
  }
  if (toLossS !== null && toLossS < LOST_SOON_S) {
    const hours = Math.max(0, Math.floor(toLossS / 3_600))
    const text = `Pushlens: data of ${app} that is not fetched yet expires at Tencent in ${hours} hours.`
    alerts.push({ key: `loss:${id}`, text })
  }
  return alerts
}

/** Removes characters that could become a mention, link or markup in a chat. */
function plainText(name: string): string {
  return name.replace(/[\p{C}\s<>&@[\]()`*_~|#!:/\\]+/gu, ' ').trim()
}
