import { setTimeout as pause } from 'node:timers/promises'
import type { StatusReply } from '@/lib/contract/apps'
import { demoEnv } from '../e2e/testing/demo-env'
import { SDK_APP_ID } from '../e2e/testing/emulator-process'
import { type Figure, printFigure } from './figures'
import { sessionOf } from './session'

const LIMIT_S = 20
const GIVE_UP_S = 120

/** Measures the first start of the demo: from the ready server until campaigns, look-ups and 30 days of hours are stored. */
export async function demoFigures(): Promise<Figure[]> {
  const demo = await demoEnv()
  const passedS = () => (performance.now() - demo.readyAt) / 1_000
  try {
    const contentS = passedS()
    const cookie = await sessionOf(demo.server.url)
    for (;;) {
      const answer = await fetch(`${demo.server.url}/api/v1/apps/${SDK_APP_ID}/status`, { headers: { cookie } })
      const { archive } = (await answer.json()) as StatusReply
      const pending = archive.reduce((sum, one) => sum + one.pending, 0)
      if (pending === 0) break
      if (passedS() > GIVE_UP_S) throw new Error(`the demo still misses ${pending} hours`)
      await pause(250)
    }
    const what = 'first start of the demo: 30 days of hours, both sources, campaigns and look-ups stored'
    const note = `campaigns and look-ups after ${contentS.toFixed(1)} s`
    return [printFigure({ what, value: passedS(), unit: 's', limit: { most: LIMIT_S }, note })]
  } finally {
    await demo.end()
  }
}
