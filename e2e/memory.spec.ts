import { readFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import type { APIRequestContext } from '@playwright/test'
import { dose, figure } from '../lib/testing/dose'
import { SDK_APP_ID } from './testing/emulator-process'
import { everyAddress } from './testing/every-address'
import { expect, signIn, test } from './testing/fixtures'
import { testEnv } from './testing/test-env'

const MINUTES = dose(0.05, 60)
const SAMPLES = dose(1, 6)
const READERS = 4
/** The memory limit after load. */
const MAX_MB = 350

/** Returns the resident memory of a process in MB. Linux only. */
function residentMb(pid: number): number {
  const kb = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
  return Math.round(Number(kb) / 1_024)
}

/** Requests one path after another until `going` returns false. Returns the number of answers. */
async function read(request: APIRequestContext, url: string, paths: string[], going: () => boolean): Promise<number> {
  let answers = 0
  for (; going(); await pause(400)) {
    const path = paths[answers++ % paths.length] ?? '/'
    const answer = await request.get(url + path)
    expect(answer.status(), path).toBe(200)
    await answer.dispose()
  }
  return answers
}

test(`memory stays flat over ${MINUTES} minutes of readers and collector`, async ({ page }) => {
  test.setTimeout(MINUTES * 60_000 + 120_000)
  const env = await testEnv(undefined, ['--users', '1000'])
  try {
    const server = await env.start({ COLLECTOR: 'on' })
    await signIn(page.request, server.url, 'admin')
    const ids = { app: String(SDK_APP_ID), taskId: 'unknown', id: 'user_10001' }
    const queries = {
      traces: 'pushId=unknown',
      lookup: 'pushId=unknown',
      code: 'code=-1',
      reasons: 'q=-1',
      cover: 'range=7d',
      compare: 'task=unknown,other',
      growth: 'taskId=unknown',
    }
    const { pages, reports } = everyAddress({ ids, queries })
    const ranges = ['24h', '7d', '30d'].flatMap((range) =>
      ['task', 'chat'].map(
        (source) => `/api/v1/apps/${SDK_APP_ID}/funnel?source=${source}&range=${range}&interval=day`,
      ),
    )
    const paths = [...pages, ...reports, ...ranges]
    let going = true
    const readers = Array.from({ length: READERS }, (_, i) =>
      read(page.request, server.url, [...paths.slice(i), ...paths.slice(0, i)], () => going),
    )
    // The first answers compile code and fill pools, so they are not measured.
    await pause(Math.min(60_000, MINUTES * 10_000))
    const megabytes = [residentMb(server.pid)]
    for (let n = 0; n < SAMPLES; n++) {
      await pause((MINUTES * 60_000) / SAMPLES)
      megabytes.push(residentMb(server.pid))
      figure('memory', `${Math.round((MINUTES * (n + 1)) / SAMPLES)} min: ${megabytes.at(-1)} MB`)
    }
    going = false
    const answers = (await Promise.all(readers)).reduce((a, b) => a + b)
    figure('readers', `${READERS} readers received ${answers} answers; memory ${megabytes.join(', ')} MB`)
    expect(Math.max(...megabytes)).toBeLessThanOrEqual(MAX_MB)
    // Memory does not grow over time: the second half needs no more than the first. Short runs get a wide tolerance.
    const half = Math.ceil(megabytes.length / 2)
    const [first, second] = [Math.max(...megabytes.slice(0, half)), Math.max(...megabytes.slice(half))]
    expect(second).toBeLessThanOrEqual(first * dose(2, 1.15))
  } finally {
    await env.end()
  }
})
