import { ConfigurationError, type Env, readEnv } from '@/lib/env'
import { requireNode } from '../../node-version.mjs'
import type { CommandResult } from '../command'
import { backups } from './backups'
import { database } from './database'
import { files } from './files'
import { apps, proxy, server } from './network'
import { signInProvider } from './oidc'
import { type DoctorTools, realTools } from './tools'

/**
 * Prints one line per check, while Pushlens runs or not: `ok`, `note`, or `bad` with what to do. Changes nothing and calls
 * no Tencent endpoint. Without a valid environment, only that is checked. Takes the environment of the process by default.
 */
export async function doctor(source?: Record<string, string>, tools: DoctorTools = realTools): Promise<CommandResult> {
  requireNode()
  const lines = [`ok   Node ${process.versions.node}`, ...(await checks(source, tools))]
  return { text: lines.join('\n'), exitCode: lines.some((line) => line.startsWith('bad')) ? 1 : 0 }
}

async function checks(source: Record<string, string> | undefined, tools: DoctorTools): Promise<string[]> {
  try {
    return await installation(readEnv(source), tools)
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error
    const wrong = error.problems.map((problem) => `bad  ${problem}`)
    return [...wrong, 'note correct these variables and run doctor again: nothing else was checked']
  }
}

async function installation(env: Env, tools: DoctorTools): Promise<string[]> {
  return [
    ...(await database(env, tools, async (store) => [...(await proxy(env, store)), ...(await apps(env, store))])),
    ...(await files(env, tools)),
    ...(await backups(env, tools)),
    ...(await signInProvider(env)),
    await server(env),
  ]
}
