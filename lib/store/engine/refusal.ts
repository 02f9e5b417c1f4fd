import 'server-only'

/** Why a database must not be used now; `message` is the sentence the operator reads at start. */
export class StoreRefusal extends Error {
  /** sysexits: 75 try again later, 78 configuration error. */
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
