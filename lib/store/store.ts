import 'server-only'
import { apps } from './apps'
import { audit } from './audit'
import { createCalls } from './calls'
import { daily } from './daily'
import { erasures } from './erase'
import { knownReasons } from './known-reasons'
import { createLanes } from './lanes'
import { readiness } from './migrate'
import { observations } from './observations'
import { type Db, diskOf } from './open'
import { people } from './people'
import { sessions } from './sessions'
import { settings } from './settings'
import { signInFailures } from './sign-in-failures'
import { taskImports } from './task-imports'
import { tasks } from './tasks'
import { tokens } from './tokens'
import { traceCodes } from './trace-codes'
import { traces } from './traces'
import { windows } from './windows'

export type Store = ReturnType<typeof createStore>

/** Everything kept, by table group: the only way other rooms reach the database. `now`: epoch milliseconds, for the lanes on SQLite. */
export function createStore(db: Db, now: () => number) {
  return {
    apps: apps(db),
    audit: audit(db),
    calls: createCalls(db),
    daily: daily(db),
    erasures: erasures(db),
    knownReasons: knownReasons(db),
    lanes: createLanes(db, now),
    observations: observations(db),
    people: people(db),
    sessions: sessions(db),
    signInFailures: signInFailures(db),
    tokens: tokens(db),
    settings: settings(db),
    tasks: tasks(db),
    taskImports: taskImports(db),
    traceCodes: traceCodes(db),
    traces: traces(db),
    windows: windows(db),
    /** Whether a write was refused for want of room a moment ago; reading goes on. */
    isFull: () => diskOf(db).isFull(),
    readiness: () => readiness(db),
    /** Waits for what is running and writes a SQLite file's log back into it; nothing may be asked afterwards. */
    close: () => db.destroy(),
  }
}
