import type { Env } from '@/lib/env'

/** What stood on the command line. */
export interface CommandOptions {
  email?: string
  name?: string
  role?: string
  app: string
  days?: string
  to?: string
  check?: string
  user?: string
  confirm?: string
  'password-stdin': boolean
}

/** What to print, and the exit code where it is not 0 (64: used wrongly, as in sysexits). */
export interface CommandResult {
  text: string
  exitCode?: number
}

export type Command = (env: Env, given: CommandOptions) => Promise<CommandResult>

export const EX_USAGE = 64
