import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, test } from 'vitest'
import { visibleText, wordsIn } from '@/components/i18n/testing/render'
import { codeHref, type Grouping, type LossesView, lossesHref } from '@/lib/contract/links'
import type { LossesReply, LossStageReply, ReasonRow } from '@/lib/contract/losses'
import { comparisonProblem } from './compared'
import { Filters } from './filters'
import { LossReport } from './report'
import { html, summaries, text } from './testing/render'
import { beforeSending, losses, REASONS, reason, stage } from './testing/samples'

describe('the change of a line', () => {
  const against = { from: '2026-11-12T16:00:00Z', to: '2026-11-13T16:00:00Z', held: true }
  const shown = (changes: (ReasonRow['change'] | undefined)[], grouping: Grouping = 'code') =>
    summaries(
      html(
        losses({
          comparison: against,
          stages: [
            beforeSending(),
            stage({ reasons: changes.map((change, i) => reason({ code: `${i}`, change: change ?? null })) }),
          ],
        }),
        grouping,
      ),
    ).map((line) => / Change (.*?) End user/.exec(line)?.[1] ?? null)

  test('is more, less, new, the same, or empty', () => {
    expect(
      shown([
        { count: 1_204, before: 9 },
        { count: -300, before: 400 },
        { count: 600, before: 0 },
        { count: 0, before: 600 },
        null,
      ]),
    ).toEqual(['▲ 1,204', '▼ 300', 'new', '±0', null])
  })

  test('of a group is the sum, and empty when one part is unknown', () => {
    expect(
      shown(
        [
          { count: 5, before: 1 },
          { count: 7, before: 0 },
        ],
        'cause',
      )[0],
    ).toBe('▲ 12')
    expect(shown([{ count: 5, before: 1 }, null], 'cause')[0]).toBeNull()
  })

  test('of a cause counts the codes that no longer occur', () => {
    const row = reason({ change: { count: 20, before: 100 } })
    const gone = [
      { code: '16', key: 'token_gone', actor: 'user', before: 50 },
      { code: '9', key: 'daily_cap', actor: 'sender', before: 7 },
    ]
    const lines = (grouping: Grouping) =>
      summaries(
        html(losses({ comparison: against, stages: [beforeSending(), stage({ reasons: [row], gone })] }), grouping),
      )
    expect(lines('cause')[0]).toContain('Change ▼ 30 ')
    expect(lines('owner')[0]).toContain('Change ▼ 30')
    expect(lines('code')[0]).toContain('Change ▲ 20 ')
  })

  test('names its comparison below the numbers, also when there is no data for it', () => {
    expect(text(losses({ comparison: against }))).toContain('Compared with 13 Nov 00:00 – 14 Nov 00:00')
    expect(text(losses({ comparison: { ...against, held: false } }))).toContain('No comparison: 13 Nov')
  })
})

describe('the change of a stage', () => {
  const sums = (change: LossStageReply['change'], notCompared: LossStageReply['notCompared'] = null) =>
    text(losses({ stages: [beforeSending(), stage({ change, notCompared })] }))

  test('stands beside its loss', () => {
    const change = { lost: { count: 120, before: 880 }, explained: null, unexplained: null, notReported: null }
    expect(sums(change)).toContain('−1,000 ▲ 120 (880 in the comparison period)')
  })

  test('is replaced by the reason why there is none', () => {
    expect(sums(null, 'few')).toContain('−1,000 Too few to compare')
    expect(sums(null, 'receipts')).toContain('−1,000 No comparison: a vendor’s receipts began or ended')
    expect(sums(null)).not.toContain('compar')
  })
})

describe('a comparison that cannot be made', () => {
  const against = { from: '2026-11-12T16:00:00Z', to: '2026-11-13T16:00:00Z', held: true }
  const problem = (change: Partial<LossesReply>, compare: LossesView['compare'] = 'previous') =>
    comparisonProblem(losses(change), { source: 'task', compare }, wordsIn())

  test('says why', () => {
    expect(problem({ comparison: against })).toBeNull()
    expect(problem({ comparison: null }, 'none')).toBeNull()
    expect(problem({ comparison: { ...against, held: false } })).toMatch(/^No comparison: 13 Nov .* is incomplete$/)
    expect(problem({ comparison: null })).toBe('No comparison: campaigns are counted from their sending')
    const coverage = { held: 3, expected: 24, missing: [] }
    expect(problem({ comparison: against, coverage })).toBe('No comparison: this range is incomplete')
  })

  test('is said beside the time of the numbers', () => {
    const reply = losses({ comparison: null })
    expect(text(reply)).not.toContain('No comparison')
    const view = { source: 'task', compare: 'previous' } as const
    const shown = <LossReport {...{ reply, view }} app={null} grouping="code" words={wordsIn()} />
    expect(visibleText(renderToStaticMarkup(shown))).toContain(
      'No comparison: campaigns are counted from their sending',
    )
  })
})

test('filters are chips, each with a link that removes it', () => {
  const chips = renderToStaticMarkup(
    <Filters
      view={{ source: 'task', vendor: 'xiaomi', task: ['a', 'b'] }}
      range={losses().range}
      tag={null}
      hrefOf={(view) => codeHref(null, view, '410')}
      words={wordsIn()}
    />,
  )
  expect(visibleText(chips)).toMatch(/Vendor: Xiaomi × Remove filter 2 TaskIDs × Remove filter/)
  expect(chips).toContain('href="/losses/code?code=410&amp;source=task&amp;task=a%2Cb"')
  expect(chips).toContain('href="/losses/code?code=410&amp;source=task&amp;vendor=xiaomi"')
})

test('a tag, another comparison and another grouping are chips too, and each keeps the others', () => {
  const chips = renderToStaticMarkup(
    <Filters
      view={{ source: 'task', vendor: 'xiaomi', task: ['a', 'b'], tag: 'sale', compare: 'none' }}
      range={losses().range}
      tag={{ tag: 'sale', n: 2, hasMore: false }}
      grouping="owner"
      hrefOf={(view, group) => lossesHref(null, view, group)}
      words={wordsIn()}
    />,
  )
  expect(visibleText(chips)).toMatch(/Vendor: Xiaomi .*Tag: sale \(2 campaigns\) .*Group: Fixed by/)
  const hrefs = [...chips.matchAll(/href="([^"]+)"/g)].map(([, href]) => href?.replaceAll('&amp;', '&'))
  expect(hrefs).toEqual([
    '/losses?source=task&compare=none&tag=sale&group=owner',
    '/losses?source=task&vendor=xiaomi&compare=none&group=owner',
    '/losses?source=task&vendor=xiaomi&compare=none&tag=sale',
  ])
})

describe('a known reason', () => {
  const known = { until: '2026-11-30T16:00:00Z', note: 'key \u202eis renewed', doubled: false }
  const [first, ...others] = REASONS
  const reply = (mark: ReasonRow['known']) =>
    losses({ stages: [beforeSending(), stage({ reasons: [{ ...(first ?? reason()), known: mark }, ...others] })] })

  test('leaves the first place, stays counted, and shows its date and note', () => {
    const lines = summaries(html(reply(known)))
    expect(lines[0]).toContain('daily limit')
    expect(lines.at(-1)).toMatch(/Token no longer valid .*Known issue until 30 Nov · key is renewed.* Lost 600 /)
    expect(text(reply(known))).toContain('980 explained')
  })

  test('returns when it doubles', () => {
    expect(summaries(html(reply({ ...known, doubled: true })))[0]).toMatch(/^1 Token .*but it has doubled since/)
  })

  test('can be marked by editors only', () => {
    const form = (app: string | null) =>
      renderToStaticMarkup(
        <QueryClientProvider client={new QueryClient()}>
          <LossReport
            {...{ reply: losses(), app: null, view: { source: 'task' }, grouping: 'code', words: wordsIn() }}
            editable={app}
          />
        </QueryClientProvider>,
      )
    expect(visibleText(form('14001'))).toContain('Mark as known')
    // 14 days after the numbers by default.
    expect(form('14001')).toContain('value="2026-12-05"')
    expect(visibleText(form(null))).not.toContain('Mark as known')
  })
})

test('the daily trend of a code has one bar per day on one scale; its largest day and its holes are also in words', () => {
  const days = ['2026-11-17T16:00:00Z', '2026-11-18T16:00:00Z', '2026-11-19T16:00:00Z']
  const place = { vendor: 'xiaomi', channel: 'offline' as const }
  const row = reason({ trend: [{ ...place, counts: [null, 40, 10] }] })
  const markup = html(losses({ days, stages: [beforeSending(), stage({ reasons: [row] })] }))
  expect(visibleText(markup)).toContain('peak 40 on 19 Nov · 1 day without data 18 Nov 20 Nov')
  expect(markup.match(/<rect class="fill-line"/g)).toHaveLength(1)
  expect(markup).toContain('M1.1 24v-24h.8v24.0zM2.1 24v-6h.8v6.0z')
  expect(text(losses({ days, stages: [beforeSending(), stage({ reasons: [reason()] })] }))).toContain(
    'No daily data for this code yet.',
  )
})
