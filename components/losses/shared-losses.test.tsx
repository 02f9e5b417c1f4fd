import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { visibleText, wordsIn } from '@/components/i18n/testing/render'
import type { LossesReply } from '@/lib/contract/losses'
import { LossReport } from './report'
import { losses } from './testing/samples'

const html = (reply: LossesReply, unlinked: boolean) =>
  renderToStaticMarkup(
    <LossReport
      reply={reply}
      app={null}
      view={{ source: reply.source }}
      unlinked={unlinked}
      grouping="cause"
      words={wordsIn()}
    />,
  )

/** Leaves the counts out, as a link does that shows rates only. */
function ratesOnly(reply: LossesReply): LossesReply {
  const kept = ['share', 'cumulative', 'unexplainedShare', 'held', 'expected', 'unreadable']
  const text = JSON.stringify({ ...reply, difference: null }, (name, value: unknown) =>
    typeof value === 'number' && !kept.includes(name) ? null : value,
  )
  const parsed = JSON.parse(text) as LossesReply
  return { ...parsed, stages: parsed.stages.map((stage) => ({ ...stage, change: null, gone: [] })) }
}

test('losses of a link lead nowhere in the app', () => {
  const links = (markup: string) => [...markup.matchAll(/href="(\/[^"]*)"/g)].map(([, href]) => href)
  expect(links(html(losses(), false)).length).toBeGreaterThan(0)
  expect(links(html(losses(), true))).toEqual([])
})

test('losses without counts show shares, largest first, and no sums', () => {
  const markup = html(ratesOnly(losses()), true)
  const shares = [...visibleText(markup).matchAll(/Share (\d+(?:\.\d)?)\s?%/g)].map(([, share]) => Number(share))
  expect(shares.length).toBeGreaterThan(1)
  expect(markup).toContain('class="fill"')
  expect(visibleText(markup)).not.toMatch(/explained|\d,\d{3}/)
})
