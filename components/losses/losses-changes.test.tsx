import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, test } from 'vitest'
import { visibleText, wordsIn } from '@/components/i18n/testing/render'
import type { Grouping } from '@/lib/contract/links'
import type { ReasonRow } from '@/lib/contract/losses'
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

  test('names its comparison below the numbers, also when there is no data for it', () => {
    expect(text(losses({ comparison: against }))).toContain('Compared with 13 Nov 00:00 – 14 Nov 00:00')
    expect(text(losses({ comparison: { ...against, held: false } }))).toContain('No comparison: 13 Nov')
  })
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
