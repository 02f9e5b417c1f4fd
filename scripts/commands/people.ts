import { randomBytes } from 'node:crypto'
import { text as readAll } from 'node:stream/consumers'
import { COMMAND_LINE } from '@/lib/access/authorize'
import { grantsText } from '@/lib/access/grants-text'
import { personOrThrow, recordAboutPerson } from '@/lib/access/people/person'
import { addPerson } from '@/lib/access/sign-in/add-person'
import { resetPassword } from '@/lib/access/sign-in/reset-password'
import { resetSecondFactor } from '@/lib/access/sign-in/reset-second-factor'
import { type Base, base } from '@/lib/context-base'
import { PushlensError } from '@/lib/contract/errors'
import { ROLES, type Role } from '@/lib/contract/roles'
import type { Command, CommandOptions } from './command'

export const addUser: Command = withContext(async ({ access }, given) => {
  const { password, shown } = await newPassword(given)
  const email = need(given, 'email')
  const grant = { app: given.app, role: role(given) }
  const name = given.name ?? email.split('@')[0] ?? email
  const id = await addPerson(access, { email, name, password }, [grant])
  const person = await personOrThrow(access, id)
  const roles = grantsText([{ app_id: grant.app, role: grant.role }])
  await recordAboutPerson(access, COMMAND_LINE, 'person.add', person, { roles })
  return shown
})

export const resetUser: Command = withContext(async ({ access }, given) => {
  const { password, shown } = await newPassword(given)
  await resetPassword(access, need(given, 'email'), password)
  return shown
})

export const resetFactor: Command = withContext(async ({ access }, given) => {
  const wasOn = await resetSecondFactor(access, need(given, 'email'))
  return wasOn ? 'The second factor is off.' : 'The second factor was already off.'
})

/** Runs a command with the database open and migrated, and the master key verified. */
export function withContext(command: (context: Base, given: CommandOptions) => Promise<string>): Command {
  return async (env, given) => {
    const context = await base(env)
    try {
      return { text: await command(context, given) }
    } finally {
      await context.store.close()
    }
  }
}

export function need(given: CommandOptions, name: 'email' | 'name' | 'confirm'): string {
  const value = given[name]
  if (!value) throw new PushlensError('bad_request', `--${name} is missing`)
  return value
}

export function role(given: CommandOptions): Role {
  const known = ROLES.find((one) => one === given.role)
  if (!known) throw new PushlensError('bad_request', `--role must be one of ${ROLES.join(', ')}`)
  return known
}

export function days(given: CommandOptions, most = 3_650): number {
  const number = Number(given.days)
  if (Number.isInteger(number) && number > 0 && number <= most) return number
  throw new PushlensError('bad_request', `--days must be a whole number from 1 to ${most}`)
}

async function newPassword(given: CommandOptions): Promise<{ password: string; shown: string }> {
  if (given['password-stdin']) return { password: (await readAll(process.stdin)).trim(), shown: 'done' }
  const password = randomBytes(15).toString('base64url')
  return { password, shown: password }
}
