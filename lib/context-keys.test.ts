import { expect, test } from 'vitest'
import type { KeyRotation } from './access/keys/rotate-key'
import { followMasterKey } from './context-keys'
import type { Log } from './log'

/** Runs one look per entry of `looks`, and returns the warnings. */
async function warningsOf(looks: (() => Promise<boolean>)[]): Promise<string[]> {
  const warnings: string[] = []
  const left = [...looks]
  let done = () => {}
  const all = new Promise<void>((resolve) => {
    done = resolve
  })
  const rotation = { follow: () => left.shift()?.() ?? Promise.resolve(true) } as KeyRotation
  const log = { warn: (...given: unknown[]) => warnings.push(String(given.at(-1))) } as unknown as Log
  const timers = {
    sleep: (_ms: number, signal: AbortSignal) => {
      if (left.length > 0) return Promise.resolve()
      done()
      return new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()))
    },
  }
  const following = followMasterKey(rotation, timers as never, log)
  await all
  await following.stop()
  return warnings
}

test('a process without the new master key says so once for each rotation', async () => {
  const [yes, no] = [async () => true, async () => false]
  expect(await warningsOf([yes, no, no, no, yes, no])).toEqual([
    expect.stringContaining('set MASTER_KEY to the new key'),
    expect.stringContaining('set MASTER_KEY to the new key'),
  ])
})

test('a store that does not answer is a warning, and the next look follows', async () => {
  const broken = () => Promise.reject(new Error('no store'))
  expect(await warningsOf([broken, async () => false])).toHaveLength(2)
})
