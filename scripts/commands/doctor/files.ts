import { accessSync, constants, existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Env } from '@/lib/env'
import { exposedFiles } from '@/lib/store/engine/exposed-files'
import type { DoctorTools } from './tools'

const MIN_FREE_SHARE = 0.1

/** Checks who may read and write the files, and the space for them. */
export async function files(env: Env, tools: DoctorTools): Promise<string[]> {
  const found = [...exposed(env, tools), ...owners(env, tools)]
  if (env.dataFolder === null || !existsSync(env.dataFolder)) return found
  return [...found, ...writable(env.dataFolder), ...(await disk(env, env.dataFolder, tools))]
}

const modeOf = (path: string) => statSync(path, { throwIfNoEntry: false })?.mode ?? 0
const onWindows = process.platform === 'win32'

function exposed({ database, dataFolder }: Env, { dotEnv }: DoctorTools): string[] {
  const lines = exposedFiles(database).map((file) => `bad  other users of this machine can read ${file}: chmod 600 it`)
  if (onWindows) return lines
  if (modeOf(dotEnv) & 0o077) {
    lines.push(`bad  other users of this machine can read ${dotEnv}: chmod 600 it, and replace the secrets in it`)
  }
  const key = dataFolder === null ? null : join(dataFolder, 'master.key')
  if (key !== null && modeOf(key) & 0o077) {
    lines.push(`bad  other users of this machine can read ${key}: chmod 600 it, then npm run cli -- key rotate`)
  }
  if (dataFolder !== null && modeOf(dataFolder) & 0o022) {
    lines.push(`bad  other users of this machine can replace files in ${dataFolder}: chmod 700 it`)
  }
  return lines
}

/** A command that root ran once may have left files that the server's own user cannot write. */
function owners({ database }: Env, tools: DoctorTools): string[] {
  const uid = tools.uid()
  if (database.kind !== 'sqlite' || uid === null || uid === 0) return []
  const foreign = ['', '-wal', '-shm', '.lock'].filter((part) => {
    const stat = statSync(database.path + part, { throwIfNoEntry: false })
    return stat !== undefined && stat.uid !== uid
  })
  if (foreign.length === 0) return []
  const names = foreign.map((part) => database.path + part).join(' ')
  return [`bad  another user owns ${names}: run as that user, or chown them to user ${uid}`]
}

function writable(folder: string): string[] {
  try {
    accessSync(folder, constants.W_OK)
    return []
  } catch {
    return [`bad  Pushlens may not write in ${folder}: make it writable for the user that runs Pushlens`]
  }
}

async function disk({ database }: Env, folder: string, tools: DoctorTools): Promise<string[]> {
  const { freeBytes, freeShare } = await tools.disk(folder)
  const percent = `${Math.floor(freeShare * 100)} % of the disk is free`
  const lines = [
    freeShare < MIN_FREE_SHARE
      ? `bad  only ${percent}: free space, because collecting stops on a full disk`
      : `ok   ${percent}`,
  ]
  const size = database.kind === 'sqlite' ? (statSync(database.path, { throwIfNoEntry: false })?.size ?? 0) : 0
  if (freeBytes < size) {
    lines.push('bad  there is less space than the database takes: free space, because an upgrade copies it first')
  }
  return lines
}
