import { hex, mix } from './random'

const tinyid = (...parts: number[]) => `200000${hex(9, ...parts)}`

/** Builds a TaskID in the pattern of public samples: seconds, SDKAppID, sender id, number, random. */
export function taskIdOf(seed: number, sdkAppId: number, at: number, n: number, batch: boolean): string {
  const random = mix(seed, 10, at, n).toString(16)
  const id = `${at.toString(16)}_${sdkAppId.toString(16)}_${tinyid(seed, 11)}_${hex(8, seed, 12, at, n)}_${random}`
  return batch ? `batch_${id}` : id
}

/** Builds a PushID in the pattern of public samples: seconds, message numbers, sender id, receiver id. */
export function pushIdOf(seed: number, at: number, push: number, receiver: number): string {
  const group = mix(seed, 13, at, push) % 10 < 3
  const sender = mix(seed, 14, at, push) % 100_000
  const numbers = group
    ? `${(1 + (mix(seed, 15, at, push) % 4_000)).toString(16)}_${hex(9, seed, 16, at, push)}`
    : `${hex(8, seed, 17, at, push)}_${hex(8, seed, 18, at, push)}`
  return `${at.toString(16)}_${numbers}_${tinyid(seed, 19, sender)}_${tinyid(seed, 19, receiver)}`
}

/** Returns the epoch second in the first hexadecimal group of an ID, or null. */
export function secondsIn(id: string): number | null {
  const digits = /^(?:batch_)?([0-9a-f]{8})_/.exec(id)?.[1]
  return digits === undefined ? null : Number.parseInt(digits, 16)
}
