import 'server-only'

/** What a failed upgrade left: `before` is the old state, `put back` too, `torn` is neither. */
export type LeftState = 'before' | 'put back' | 'torn'

/** Exit code of sysexits for a defect of the program. */
const EX_SOFTWARE = 70

/**
 * Thrown at start when a migration fails. The front door recognises it by its name and serves a page that says what to
 * do. `message` is for the operator's log.
 */
export class UpgradeFailure extends Error {
  readonly exitCode = EX_SOFTWARE
  constructor(
    readonly migration: string,
    /** The copy from before the upgrade; null on PostgreSQL and for a new database. */
    readonly copy: string | null,
    readonly left: LeftState,
    cause: unknown,
  ) {
    super(`The upgrade failed at ${migration}: ${sentenceOf(cause)}. ${LEFT[left](copy)}`, { cause })
    this.name = 'UpgradeFailure'
  }
}

const NEXT = 'Start the version that ran before, or fix the cause and start this one again.'
const LEFT: Record<LeftState, (copy: string | null) => string> = {
  before: (copy) => `The database is as it was${copy ? `; a copy from before is ${copy}` : ''}. ${NEXT}`,
  'put back': (copy) => `The copy from before was put back: ${copy}. ${NEXT}`,
  torn: (copy) =>
    copy
      ? `Stop everything that uses the database, then restore ${copy}: npm run cli -- restore --from ${copy}`
      : `The database may be between two versions. Restore your dump. ${NEXT}`,
}

function sentenceOf(cause: unknown): string {
  return (cause instanceof Error ? cause.message : String(cause)).replace(/\.$/, '')
}
