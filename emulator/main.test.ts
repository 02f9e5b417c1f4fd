import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, describe, expect, test } from 'vitest'
import { APP, endpointUrl } from './testing/client'

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)))
const KEYED = ['--spacing-ms', '0']
const DAY = 86_400

let child: ChildProcess | undefined
afterEach(() => child?.kill('SIGKILL'))

function run(...args: string[]): ChildProcess {
  return start(args, APP.key)
}

function start(args: string[], key: string): ChildProcess {
  const command = ['--conditions=react-server', '--import', 'tsx', 'emulator/main.ts', ...args]
  const env = { ...process.env, EMULATOR_KEY: key }
  child = spawn(process.execPath, command, { cwd: ROOT, env, stdio: ['pipe', 'pipe', 'pipe'] })
  return child
}

async function ready(process: ChildProcess): Promise<{ port: number; controlPort: number }> {
  const [line] = await once(process.stdout ?? process, 'data')
  const output = JSON.parse(String(line))
  expect(output).toEqual({ ready: true, port: expect.any(Number), controlPort: expect.any(Number) })
  return output
}

describe('the process', { timeout: 120_000 }, () => {
  test('prints its ports in one line, and exits on SIGTERM', async () => {
    const process = run(...KEYED)
    const { port, controlPort } = await ready(process)
    expect((await (await fetch(`http://127.0.0.1:${controlPort}/health`)).json()).ok).toBe(true)
    expect(port).not.toBe(controlPort)
    process.kill('SIGTERM')
    expect(await once(process, 'exit')).toEqual([0, null])
  })

  test('exits with its parent when --end-with-parent is set', async () => {
    const process = run(...KEYED, '--end-with-parent')
    await ready(process)
    process.stdin?.end()
    expect(await once(process, 'exit')).toEqual([0, null])
  })

  test('does not start without a key, or with a misspelt option or switch', async () => {
    const wrong = [
      ['--kee', 'x'],
      [...KEYED, '--port', 'x'],
      [...KEYED, '--switches', '{"grain":"week"}'],
    ]
    const starts = [() => start(KEYED, ''), ...wrong.map((args) => () => run(...args))]
    for (const begin of starts) {
      const process = begin()
      const output = once(process.stderr ?? process, 'data')
      expect(await once(process, 'exit')).toEqual([1, null])
      expect(String(await output)).toMatch(/^emulator: .+/)
    }
  })
})

/** Returns seconds of CPU time, which a busy machine does not change. A tick is 1/100 s. */
function cpu({ pid }: ChildProcess): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
  return (Number(fields[11]) + Number(fields[12])) / 100
}

const residentMb = ({ pid }: ChildProcess) =>
  Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1_024

// Measured when idle: 2 s to start, 50 ms for 30 days, 1 s for their truth, 200 MB. The limits leave room for a busy machine.
test.skipIf(!existsSync('/proc/self/stat'))(
  'the process needs little CPU time and memory',
  { timeout: 120_000 },
  async () => {
    const process = run(...KEYED)
    const { port, controlPort } = await ready(process)
    expect(cpu(process)).toBeLessThan(4)
    const control = async (path: string) => (await fetch(`http://127.0.0.1:${controlPort}${path}`)).json()
    const { dataNow } = await control('/health')
    const body = JSON.stringify({ StartTime: dataNow - 30 * DAY + 600, EndTime: dataNow })
    const ask = async () => {
      const url = endpointUrl(`http://127.0.0.1:${port}`, 'normal_push_statistics')
      return (await (await fetch(url, { method: 'POST', body })).json()).TotalCount
    }
    expect(await ask()).toBeGreaterThan(400_000)

    const before = cpu(process)
    for (let i = 0; i < 10; i++) await ask()
    expect((cpu(process) - before) / 10).toBeLessThan(0.15)

    const between = cpu(process)
    await control(`/truth?source=chat&metric=statistics&from=${dataNow - 30 * DAY}&to=${dataNow}`)
    expect(cpu(process) - between).toBeLessThan(3)
    expect(residentMb(process)).toBeLessThan(300)
  },
)
