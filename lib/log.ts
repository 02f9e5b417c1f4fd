import 'server-only'
import { type Logger, pino } from 'pino'

export type Log = Logger

/**
 * Logs JSON lines to stdout. Requests are logged by route pattern, never by query. Keys and signatures are never passed
 * to it.
 */
export function createLog(level: string): Log {
  return pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime })
}
