/** One push to one device, and its outcome. Epoch seconds; 0 means never. `reason` 0 means not lost. */
export interface Row {
  at: number
  device: number
  /** PushPlatform; 0 is the online channel. */
  platform: number
  /** The number of the message within its day; 0 for campaigns. */
  push: number
  reason: number
  lostAt: number
  deliveredAt: number
  clickedAt: number
}

/** Rows in columns, so that a million fit into about 30 MB. Appended once, in order of `at`. */
export class Rows {
  length = 0
  at: Uint32Array
  device: Uint32Array
  platform: Uint8Array
  push: Uint32Array
  reason: Uint8Array
  lostAt: Uint32Array
  deliveredAt: Uint32Array
  clickedAt: Uint32Array

  constructor(capacity: number) {
    this.at = new Uint32Array(capacity)
    this.device = new Uint32Array(capacity)
    this.platform = new Uint8Array(capacity)
    this.push = new Uint32Array(capacity)
    this.reason = new Uint8Array(capacity)
    this.lostAt = new Uint32Array(capacity)
    this.deliveredAt = new Uint32Array(capacity)
    this.clickedAt = new Uint32Array(capacity)
  }

  add(row: Row): void {
    const i = this.length++
    this.at[i] = row.at
    this.device[i] = row.device
    this.platform[i] = row.platform
    this.push[i] = row.push
    this.reason[i] = row.reason
    this.lostAt[i] = row.lostAt
    this.deliveredAt[i] = row.deliveredAt
    this.clickedAt[i] = row.clickedAt
  }

  /** Releases unused capacity. */
  trim(): this {
    this.at = this.at.slice(0, this.length)
    this.device = this.device.slice(0, this.length)
    this.platform = this.platform.slice(0, this.length)
    this.push = this.push.slice(0, this.length)
    this.reason = this.reason.slice(0, this.length)
    this.lostAt = this.lostAt.slice(0, this.length)
    this.deliveredAt = this.deliveredAt.slice(0, this.length)
    this.clickedAt = this.clickedAt.slice(0, this.length)
    return this
  }

  row(i: number): Row {
    return {
      at: this.at[i] ?? 0,
      device: this.device[i] ?? 0,
      platform: this.platform[i] ?? 0,
      push: this.push[i] ?? 0,
      reason: this.reason[i] ?? 0,
      lostAt: this.lostAt[i] ?? 0,
      deliveredAt: this.deliveredAt[i] ?? 0,
      clickedAt: this.clickedAt[i] ?? 0,
    }
  }

  /** Yields every row as an object. Slow; hot paths read the columns. */
  *[Symbol.iterator](): Generator<Row> {
    for (let i = 0; i < this.length; i++) yield this.row(i)
  }
}
