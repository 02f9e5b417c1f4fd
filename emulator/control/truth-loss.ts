import type { Switches } from '../switches'
import { reasonAt } from '../world/reasons'
import type { World } from '../world/world'
import { eventTypeOf, isKnown, type Question, rowsOf } from './truth'
import { isInWindow, knownUntil } from './truth-window'

interface Lost {
  platform: number | null
  eventType: number | null
  code: string
  texts: Record<string, number>
  count: number
}

type Stage = 'ready_to_send' | 'post_send'

/** Counts the losses of a window event by event: per vendor in `stages`, across vendors in `totals`. */
export function truthOfLoss(world: World, question: Question, switches: Switches) {
  const until = knownUntil(question.asOf, switches)
  const stages: Record<Stage, Lost[]> = { ready_to_send: [], post_send: [] }
  const totals: Record<Stage, Lost[]> = { ready_to_send: [], post_send: [] }
  for (const row of rowsOf(world, question, until)) {
    if (row.reason === 0 || row.lostAt > until) continue
    if (!isInWindow(switches.countBy === 'event' ? row.lostAt : row.at, question, switches)) continue
    const { where, code, text } = reasonAt(row.reason)
    const stage = where === 'before' ? 'ready_to_send' : 'post_send'
    count(stages[stage], row.platform, eventTypeOf(row.platform, question), code, text)
    count(totals[stage], null, null, code, text)
  }
  return {
    known: isKnown(world, question, until),
    stages: { ready_to_send: stages.ready_to_send.map(withVendor), post_send: stages.post_send.map(withVendor) },
    totals: { ready_to_send: totals.ready_to_send.map(withoutVendor), post_send: totals.post_send.map(withoutVendor) },
  }
}

function count(list: Lost[], platform: number | null, eventType: number | null, code: string, text: string): void {
  let lost = list.find((one) => one.platform === platform && one.code === code)
  if (!lost) {
    lost = { platform, eventType, code, texts: {}, count: 0 }
    list.push(lost)
  }
  lost.count++
  lost.texts[text] = (lost.texts[text] ?? 0) + 1
}

function withoutVendor({ code, texts, count }: Lost) {
  const most = Math.max(...Object.values(texts))
  const text = Object.keys(texts)
    .filter((one) => texts[one] === most)
    .sort()[0]
  return { code, text: text ?? '', count }
}

function withVendor(lost: Lost) {
  return { platform: lost.platform, eventType: lost.eventType, ...withoutVendor(lost) }
}
