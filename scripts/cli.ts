import { existsSync, realpathSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { ROLES } from '@/lib/contract/roles'
import { readEnv } from '@/lib/env'
import { alertKey } from './commands/alert'
import { addApp } from './commands/apps'
import { backup, restore } from './commands/backup'
import { type Command, EX_USAGE } from './commands/command'
import { copyDb } from './commands/db/copy'
import { doctor } from './commands/doctor/doctor'
import { erasePerson } from './commands/erase'
import { rotateKey } from './commands/key'
import { addUser, resetFactor, resetUser } from './commands/people'
import { listShares, revokeShares, verifyShare } from './commands/shares'
import { openSignIn } from './commands/sign-in'
import { endToken, listTokens, newToken } from './commands/tokens'
import {
  disableUser,
  enableUser,
  endUserSessions,
  inviteUser,
  listUsers,
  removeUser,
  setUserRole,
} from './commands/users'

/** The command line. It can run beside a server: it only writes rows that the server reads on every request. */
const USAGE = `Usage: npm run cli -- <command>

  user add --email E --role R [--name N] [--app ID]     Add a person. Prints a password, or reads it with --password-stdin
  user reset --email E                                  Set a new password and sign the person out everywhere
  user reset-second-factor --email E                    Turn off a lost second factor and sign the person out
  user invite --email E --role R [--app ID] [--days D]  Print a link by which someone joins. It works once, for 7 days
  user list                                             List people with their roles and last activity
  user role --email E --role R [--app ID]               Set a role on all apps or on one, or take it away with --role none
  user disable --email E [--revoke-tokens]              Sign a person out and refuse them. user enable takes it back
  user remove --email E --confirm E [--revoke-tokens]   Remove a person. Their name stays in the audit
  user sessions end --email E                           Sign a person out everywhere
  sign-in open [--minutes M]                            Allow passwords for an hour although LOCAL_SIGN_IN=off
  token create --name N --role R [--app ID] [--days D]  Create an API token. Prints only the token
                                                        --days: 90 unless given, or never. --app: IDs, with commas
  token list                                            List the API tokens, also ended ones
  token revoke --id ID                                  End an API token at once
  share list [--app ID]                                 List shared links, also ended ones, without their secrets
  share revoke --id ID | --email E | --app ID           End one link, or all of a person or an app, for good
  share verify FILE [--sha256 HASH]                     Check a file saved from a frozen link, by its hash or the database
  app add --sdkappid N [--admin U] [--region R] [--name N] [--offset +08:00] [--days D] < KEY
                                                        Connect an app. Reads its secret key from standard input
  backup [--to FILE]                                    Copy the SQLite database to BACKUP_TO or a file, also in use
  restore --check FILE                                  Check that a backup is intact and matches the master key
  restore --from FILE                                   Replace the database by a backup. Pushlens must be stopped
  db copy --to URL                                      Copy the database to an empty SQLite or PostgreSQL, row by row
                                                        Pushlens must be stopped. URL: sqlite:PATH or postgres://…
  db copy --check URL                                   Compare the database with its copy, row by row
  person erase --user ID --confirm ID [--app ID]        Erase all stored data of a user. This can't be undone
  key rotate                                            Replace the master key, also while Pushlens runs
  alert key                                             Print the key for verifying alert signatures
  doctor                                                Check the installation

Roles: ${ROLES.join(', ')}. Without --app, the role applies to every app.`

const COMMANDS: Record<string, Command> = {
  'user add': addUser,
  'user reset': resetUser,
  'user reset-second-factor': resetFactor,
  'user invite': inviteUser,
  'user list': listUsers,
  'user role': setUserRole,
  'user disable': disableUser,
  'user enable': enableUser,
  'user remove': removeUser,
  'user sessions end': endUserSessions,
  'sign-in open': openSignIn,
  'token create': newToken,
  'token list': listTokens,
  'token revoke': endToken,
  'share list': listShares,
  'share revoke': revokeShares,
  'share verify': verifyShare,
  'app add': addApp,
  backup,
  restore,
  'db copy': copyDb,
  'person erase': erasePerson,
  'key rotate': rotateKey,
  'alert key': alertKey,
  doctor: () => doctor(),
}

/** These take a file after their name. */
const WITH_ARGUMENT = ['share verify']

const OPTIONS = {
  email: { type: 'string' },
  name: { type: 'string' },
  role: { type: 'string' },
  app: { type: 'string', default: '*' },
  days: { type: 'string' },
  minutes: { type: 'string' },
  id: { type: 'string' },
  to: { type: 'string' },
  check: { type: 'string' },
  from: { type: 'string' },
  user: { type: 'string' },
  sha256: { type: 'string' },
  confirm: { type: 'string' },
  sdkappid: { type: 'string' },
  admin: { type: 'string' },
  region: { type: 'string' },
  offset: { type: 'string' },
  'password-stdin': { type: 'boolean', default: false },
  'revoke-tokens': { type: 'boolean', default: false },
} as const

/** Returns the names of all commands. */
export const commandNames = () => Object.keys(COMMANDS)

/** Runs one command in this process. `failed`: the text belongs to standard error. */
export async function runCommand(args: string[]): Promise<{ text: string; exitCode: number; failed: boolean }> {
  try {
    const { values, positionals } = parseArgs({ args, allowPositionals: true, options: OPTIONS })
    const takesArgument = WITH_ARGUMENT.includes(positionals.slice(0, -1).join(' '))
    const argument = takesArgument ? positionals.pop() : undefined
    const command = COMMANDS[positionals.join(' ')]
    if (!command) return { text: USAGE, exitCode: EX_USAGE, failed: true }
    // Doctor also works where the environment is wrong.
    const { text, exitCode = 0 } =
      command === COMMANDS.doctor
        ? await doctor()
        : await command(readEnv(), { ...values, ...(argument === undefined ? {} : { argument }) })
    return { text, exitCode, failed: exitCode === EX_USAGE }
  } catch (error) {
    const exitCode = error instanceof Error && 'exitCode' in error ? Number(error.exitCode) : 1
    return { text: error instanceof Error ? error.message : String(error), exitCode, failed: true }
  }
}

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  if (existsSync('.env')) process.loadEnvFile('.env')
  const { text, exitCode, failed } = await runCommand(process.argv.slice(2))
  if (failed) console.error(text)
  else console.log(text)
  process.exitCode = exitCode
}
