import 'server-only'
import type { Clock } from '@/lib/contract/clock'
import { holdings } from './engine/holdings'
import { readiness } from './engine/migrate'
import { type Db, diskOf } from './engine/open'
import { settings } from './engine/settings'
import { writesOf } from './engine/unsynced'
import { createCalls } from './lanes/calls'
import { databaseMs } from './lanes/lane-clock'
import { createLanes } from './lanes/lanes'
import { leases } from './lanes/leases'
import { apps } from './people/apps'
import { audit } from './people/audit'
import { erasures } from './people/erase'
import { invitations } from './people/invitations'
import { keyRows } from './people/key-rows'
import { oidcAccounts } from './people/oidc-accounts'
import { people } from './people/people'
import { savedViews } from './people/saved-views'
import { secondFactors } from './people/second-factors'
import { sessions } from './people/sessions'
import { shares } from './people/shares'
import { signInFailures } from './people/sign-in-failures'
import { tokens } from './people/tokens'
import { traceCodes } from './people/trace-codes'
import { traces } from './people/traces'
import { withdrawals } from './people/withdrawals'
import { annotations } from './tasks/annotations'
import { knownReasons } from './tasks/known-reasons'
import { taskImports } from './tasks/task-imports'
import { tasks } from './tasks/tasks'
import { daily } from './windows/daily'
import { observations } from './windows/observations'
import { windows } from './windows/windows'

export type Store = ReturnType<typeof createStore>

/**
 * Creates the store, one part per table group. Other rooms reach the database only through it. The lanes use the clock
 * on SQLite. Commits of `demoApp` do not wait for the disk.
 */
export function createStore(db: Db, clock: Pick<Clock, 'wallMs'>, demoApp: string | null = null) {
  const write = writesOf(db, demoApp)
  return {
    annotations: annotations(db),
    apps: apps(db),
    audit: audit(db),
    calls: createCalls(db),
    daily: daily(db),
    erasures: erasures(db),
    holdings: holdings(db),
    invitations: invitations(db),
    keys: keyRows(db),
    knownReasons: knownReasons(db),
    lanes: createLanes(db, clock, write),
    leases: leases(db, clock),
    observations: observations(db),
    oidcAccounts: oidcAccounts(db),
    people: people(db),
    savedViews: savedViews(db),
    secondFactors: secondFactors(db),
    sessions: sessions(db),
    shares: shares(db),
    signInFailures: signInFailures(db),
    tokens: tokens(db),
    settings: settings(db),
    tasks: tasks(db),
    taskImports: taskImports(db),
    traceCodes: traceCodes(db),
    traces: traces(db),
    windows: windows(db, write),
    withdrawals: withdrawals(db),
    /** Returns the database's epoch milliseconds; null on SQLite, which has no clock of its own. */
    databaseMs: () => databaseMs(db),
    /** Whether a write was refused for lack of space a moment ago. Reads still work. */
    isFull: () => diskOf(db).isFull(),
    readiness: () => readiness(db),
    /** Waits for running statements and writes SQLite's log back into its file. The store can't be used afterwards. */
    close: () => db.destroy(),
  }
}
