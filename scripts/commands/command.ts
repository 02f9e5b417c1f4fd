import type { Env } from '@/lib/env'

/** The options given on the command line. `argument`: what follows the name of a command that takes a file. */
export interface CommandOptions {
  argument?: string
  email?: string
  name?: string
  role?: string
  app: string
  days?: string
  minutes?: string
  id?: string
  to?: string
  check?: string
  from?: string
  user?: string
  sha256?: string
  confirm?: string
  sdkappid?: string
  admin?: string
  region?: string
  offset?: string
  'password-stdin': boolean
  'revoke-tokens'?: boolean
}

/** The text to print, and the exit code if it is not 0. */
export interface CommandResult {
  text: string
  exitCode?: number
}

export type Command = (env: Env, given: CommandOptions) => Promise<CommandResult>

/** Exit code for wrong usage (sysexits). */
export const EX_USAGE = 64
