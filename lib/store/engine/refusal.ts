import 'server-only'

/** Thrown at start when the database must not be used. `message` is what the operator reads. */
export class StoreRefusal extends Error {
  /** Exit codes of sysexits: 75 try again later, 78 configuration error. */
  readonly exitCode: number
  constructor(
    readonly reason: 'locked' | 'newer',
    message: string,
  ) {
    super(message)
    this.name = 'StoreRefusal'
    this.exitCode = reason === 'locked' ? 75 : 78
  }
}
