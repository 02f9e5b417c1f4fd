// Moves the wall clock of a process by CLOCK_OFFSET_MS. Loaded with --import, before the product; timers stay as they are.
const offsetMs = Number(process.env.CLOCK_OFFSET_MS)
const RealDate = Date

globalThis.Date = class extends RealDate {
  /** @param {[]} given */
  constructor(...given) {
    if (given.length === 0) super(RealDate.now() + offsetMs)
    else super(...given)
  }
  static now() {
    return RealDate.now() + offsetMs
  }
  // Next wraps Date once more and copies only what is defined here.
  static UTC = RealDate.UTC
  static parse = RealDate.parse
}
