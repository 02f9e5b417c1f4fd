import { hex, mix, SeededRandom } from './random'
import { VENDORS } from './vendors'

export const USERS = 12_000
const FIRST_NUMBER = 10_000

const TOKEN_MISSING = 1
const CERT_MISSING = 2
const DEAD = 4
const MUTED = 8
const BARE = 16

/** The users and their devices. User `u` owns device 2u and sometimes 2u + 1; platform 0 means the device does not exist. */
export class Devices {
  private readonly platforms: Uint8Array
  private readonly flags: Uint8Array
  /** The rank, in [0, 1), at which each device's token goes stale. */
  private readonly staleRanks: Float32Array

  /** Fewer `users` make a smaller world with the same behaviour. */
  constructor(
    private readonly seed: number,
    readonly users = USERS,
  ) {
    this.platforms = new Uint8Array(users * 2)
    this.flags = new Uint8Array(users * 2)
    this.staleRanks = new Float32Array(users * 2)
    const weights = VENDORS.map((vendor) => vendor.weight)
    for (let device = 0; device < users * 2; device++) {
      const random = new SeededRandom(mix(seed, 1, device))
      if (device % 2 === 1 && !random.chance(0.12)) continue
      const platform = random.weighted(weights)
      this.platforms[device] = platform
      this.staleRanks[device] = random.next()
      this.flags[device] =
        (random.chance(0.025) ? TOKEN_MISSING : 0) |
        (random.chance(platform === 1 ? 0.03 : 0.008) ? CERT_MISSING : 0) |
        (random.chance(0.03) ? DEAD : 0) |
        (random.chance(0.07) ? MUTED : 0) |
        (platform === 1 && random.chance(0.4) ? BARE : 0)
    }
  }

  platform = (device: number) => this.platforms[device] ?? 0
  staleRank = (device: number) => this.staleRanks[device] ?? 1
  tokenMissing = (device: number) => this.has(device, TOKEN_MISSING)
  certMissing = (device: number) => this.has(device, CERT_MISSING)
  dead = (device: number) => this.has(device, DEAD)
  muted = (device: number) => this.has(device, MUTED)
  /** Returns whether the device reports nothing about itself, as in the documented trace of an iPhone. */
  bare = (device: number) => this.has(device, BARE)
  instance = (device: number) => String(10_000_000 + (mix(this.seed, 2, device) % 190_000_000))
  token = (device: number) => hex(this.platform(device) === 1 ? 64 : 44, this.seed, 3, device)
  trait = (device: number, n: number) => mix(this.seed, 4, device, n)

  private has(device: number, flag: number): boolean {
    return ((this.flags[device] ?? 0) & flag) !== 0
  }
}

export const userOf = (device: number) => device >> 1
export const userIdOf = (user: number) => `user_${FIRST_NUMBER + user}`

/** Returns the number of a user, or null if no user has this UserID. */
export function userByName(userId: string): number | null {
  const digits = /^user_(\d{5})$/.exec(userId)?.[1]
  const user = digits === undefined ? -1 : Number(digits) - FIRST_NUMBER
  return user >= 0 && user < USERS ? user : null
}
