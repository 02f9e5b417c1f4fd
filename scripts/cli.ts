import { existsSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { ROLES } from '@/lib/contract/roles'
import { readEnv } from '@/lib/env'
import { alertKey } from './commands/alert'
import { backup, restore } from './commands/backup'
import { type Command, EX_USAGE } from './commands/command'
import { doctor } from './commands/doctor'
import { erasePerson } from './commands/erase'
import { addUser, newToken, resetUser } from './commands/people'

/** The command line: works beside a running server, since it only writes rows the server reads on every request. */
const USAGE = `Usage: npm run cli -- <command>

  user add --email E --role R [--name N] [--app ID]     a person; prints a password once, or reads one: --password-stdin
  user reset --email E                                  a new password; ends all of her sessions
  token create --name N --role R [--app ID] [--days D]  prints the token alone
  backup [--to FILE]                                    a whole copy of the SQLite database, also while it is in use
  restore --check FILE                                  is this backup whole, and does the master key here open it?
  person erase --user ID --confirm ID [--app ID]        takes a user out of everything that is kept; no way back
  alert key                                             what receivers of alerts check their signature with
  doctor                                                what is well and what is not

Roles: ${ROLES.join(', ')}. Without --app a role holds on every app.`

const COMMANDS: Record<string, Command> = {
  'user add': addUser,
  'user reset': resetUser,
  'token create': newToken,
  backup,
  restore,
  'person erase': erasePerson,
  'alert key': alertKey,
  doctor,
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    email: { type: 'string' },
    name: { type: 'string' },
    role: { type: 'string' },
    app: { type: 'string', default: '*' },
    days: { type: 'string' },
    to: { type: 'string' },
    check: { type: 'string' },
    user: { type: 'string' },
    confirm: { type: 'string' },
    'password-stdin': { type: 'boolean', default: false },
  },
})

async function main(): Promise<number> {
  const command = COMMANDS[positionals.join(' ')]
  if (!command) {
    console.error(USAGE)
    return EX_USAGE
  }
  if (existsSync('.env')) process.loadEnvFile('.env')
  const { text, exitCode = 0 } = await command(readEnv(), values)
  if (exitCode === EX_USAGE) console.error(text)
  else console.log(text)
  return exitCode
}

process.exitCode = await main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error)
  return error instanceof Error && 'exitCode' in error ? Number(error.exitCode) : 1
})
