import 'server-only'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { bundledText } from '@/lib/testing/bundled'

export interface OtherProcess {
  child: ChildProcess
  /** The first line it printed. */
  line: string
}

/**
 * Starts a process that runs this module text, prints one line, and stays until it is killed. Paths are relative to the
 * root. The text reads what differs between processes from `given`, because each text is translated once.
 */
export async function otherProcess(code: string, given: unknown): Promise<OtherProcess> {
  const program = `setInterval(() => {}, 1_000)\nconst given = JSON.parse(process.argv[2])\n${code}`
  const child = spawn(process.execPath, [...bundledText(program), JSON.stringify(given)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string]
  return { child, line }
}

/** Kills it as a power cut would, and waits for its end. */
export async function kill9(other: OtherProcess): Promise<void> {
  other.child.kill('SIGKILL')
  await exited(other)
}

/** Waits until it has ended for any reason. */
export async function exited({ child }: OtherProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
}
