import 'server-only'
import { type Logger, pino } from 'pino'

export type Log = Logger

/** JSON lines on stdout. Requests are logged by route pattern, never by query; keys and signatures are never handed in. */
export function createLog(level: string): Log {
  return pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime })
}
