import { describe, expect, test } from 'vitest'
import { LOCALES } from '@/components/i18n/locale'
import { messagesOf } from '@/components/i18n/messages'
import { visibleText, wordsIn } from '@/components/i18n/testing/render'
import { lossesReply } from '@/lib/contract/losses'
import { lossTicketText } from './loss-ticket'
import { html, summaries, text } from './testing/render'
import { beforeSending, losses, REASONS, reason, stage, vendor, WAITING } from './testing/samples'

test('the samples are valid API replies', () => {
  for (const reply of [losses(), WAITING]) lossesReply.parse(reply)
})

describe('a stage', () => {
  test('shows what was lost, and what is not reported beside it, never as one sum', () => {
    const seen = text(losses())
    expect(seen).toContain('After sending')
    expect(seen).toContain('−1,000')
    expect(seen).toContain('394,000 not reported')
    expect(seen).not.toContain('395,000')
  })

  test('each line has rank, name, code, count, share, cumulative share and owner', () => {
    const [first] = summaries(html(losses()))
    expect(first).toMatch(
      /^1 Token no longer valid 410 · Unregistered .*400.*200.* Lost 600 Share 60.0 % Cumulative 60.0 % End user$/,
    )
  })

  test('the 80 % line follows the line that reaches it, and the rest is folded', () => {
    const markup = html(losses())
    const [shown = '', folded = ''] = markup.split('class="fold"')
    expect(summaries(shown)).toHaveLength(2)
    expect(visibleText(shown)).toContain('80 % of the loss is above this line')
    expect(visibleText(folded)).toContain('3 more lines: 15.0 % of the loss')
    expect(summaries(folded)).toHaveLength(2)
  })

  test('the unexplained part is a line in its place, and the shares count it', () => {
    const [row] = REASONS
    if (!row) throw new Error('no row')
    const part = stage({
      explained: 600,
      unexplained: 300,
      lost: 900,
      reasons: [row, { ...row, code: '1', explained: 0 }],
    })
    const against = { lost: null, explained: null, unexplained: { count: 120, before: 180 }, notReported: null }
    const seen = text(losses({ stages: [beforeSending(), { ...part, change: against }] }))
    expect(seen).toMatch(
      / 2 Unexplained Lost without a known reason Lost 300 Share 33.3 % Cumulative 100 % Change ▲ 120 /,
    )
    // Codes that exceed the loss leave nothing unexplained.
    const exceeded = stage({ lost: 500, explained: 600, unexplained: -100, reasons: [row] })
    expect(text(losses({ stages: [beforeSending(), exceeded] }))).not.toContain('Lost without a known reason')
  })

  test('shows explained + unexplained = lost below the lines', () => {
    expect(text(losses())).toContain('980 explained + 20 unexplained = 1,000 lost')
  })

  test('reports codes that exceed the loss, and keeps the numbers', () => {
    const seen = text(losses({ stages: [beforeSending(), stage({ lost: 949, explained: 980, unexplained: -31 })] }))
    expect(seen).toContain('980 explained − 31 unexplained = 949 lost')
    expect(seen).toContain('The codes add up to 31 more than the loss.')
  })

  test('names codes of vendors that do not report as outside the sum', () => {
    expect(text(losses({ stages: [beforeSending(), stage({ explained: 900, unexplained: 100 })] }))).toContain(
      '80 of the codes come from vendors that do not report',
    )
  })

  test('per vendor: claims nothing for a vendor that does not report, and explains how to turn its receipts on', () => {
    const seen = text(losses())
    expect(seen).toMatch(/Xiaomi 980 20 1,000 –/)
    expect(seen).toMatch(/Apple \(APNs\) – – – 394,000/)
    expect(seen).toContain('Notification Service Extension')
    expect(html(losses())).toContain(
      'href="/losses?app=14001&amp;source=task&amp;range=24h&amp;vendor=apns&amp;group=code"',
    )
  })

  test('per vendor: the part that is in no vendor’s row is a row of its own, without a link', () => {
    const rest = vendor('', {
      vendor: null,
      channel: null,
      delivery: 'unknown',
      lost: 300,
      explained: 0,
      unexplained: 300,
    })
    const seen = html(losses({ stages: [beforeSending({ vendors: [vendor('xiaomi'), rest] }), stage()] }))
    expect(visibleText(seen)).toMatch(/Xiaomi 980 20 1,000 In no vendor’s row 0 300 300/)
    expect(seen).not.toContain('vendor=null')
  })

  test('per vendor: receipts that began within the range give a loss of that part', () => {
    const mixed = vendor('huawei', { delivery: 'partial', lost: 70, explained: 60, unexplained: 10, notReported: 500 })
    expect(text(losses({ stages: [beforeSending(), stage({ vendors: [mixed] })] }))).toMatch(/HUAWEI 60 10 70 500/)
  })

  test('a code that belongs to vendors without receipts is listed without a share of the loss', () => {
    const outside = reason({ count: 30, explained: 0, share: null, cumulative: null })
    const part = reason({ code: '16', count: 90, explained: 40, share: 0.04, cumulative: 0.04 })
    const lines = summaries(html(losses({ stages: [beforeSending(), stage({ reasons: [part, outside] })] })))
    expect(lines[0]).toMatch(/40 of them at vendors with receipts.* Lost 90 Share 4.0 %/)
    expect(lines[1]).toMatch(/ Lost 30 Share Cumulative /)
  })

  test('a reason without a code has a name of its own', () => {
    const empty = reason({
      code: '',
      text: '',
      reason: { ...reason().reason, key: null, title: 'No code', meaning: null },
    })
    const [line] = summaries(html(losses({ stages: [beforeSending(), stage({ reasons: [empty] })] })))
    expect(line).toMatch(/^1 No code \(none\)/)
    const [ticket] = lossTicketText({ row: empty, stage: 'post_send', reply: losses(), words: wordsIn() }).split('\n')
    expect(ticket).toBe('No code (Code (none))')
  })
})

describe('groups', () => {
  test('by owner: one line each, with its codes', () => {
    const lines = summaries(html(losses(), 'owner')).filter((line) => / Cumulative /.test(line))
    expect(lines.map((line) => line.split(' Lost ')[0]?.replace(/ mi .*/, ''))).toContainEqual(
      expect.stringMatching(/^1 End user/),
    )
    expect(lines.map((line) => line.replace(/^\d+ /, ''))).toContainEqual(expect.stringMatching(/^unknown /))
  })

  test('by cause: codes of one cause are one line with their sum', () => {
    const same = [reason(), reason({ code: '10302', text: 'User Id invalid', count: 100, share: 0.1, cumulative: 0.7 })]
    const [first] = summaries(html(losses({ stages: [beforeSending(), stage({ reasons: same })] }), 'cause'))
    expect(first).toMatch(/^1 Token no longer valid 410, 10302 .*Lost 700 Share 70.0 %/)
  })
})

describe('missing data', () => {
  test('waiting shows placeholders and the place in line, no number', () => {
    const seen = text(WAITING)
    expect(seen).toContain('3rd in queue, about 4 s')
    expect(seen).not.toMatch(/unknown|= /)
    expect(html(WAITING).match(/class="waiting/g)?.length).toBe(8)
  })

  test('no loss is reported as such', () => {
    expect(text(losses())).toContain('No loss at this stage.')
  })

  test('losses that were not collected in time are unexplained, and the page says that their reasons are gone', () => {
    const gone = { lost: 449, explained: 0, unexplained: 449, unavailable: 449, notReported: 0, reasons: null }
    const coverage = { held: 0, expected: 1, missing: [] }
    const seen = text(losses({ stages: [beforeSending(gone), stage()], coverage }))
    expect(seen).toMatch(
      /−449 Tencent keeps reasons for 7 days\..* no longer available\. 0 explained \+ 449 unexplained = 449 lost/,
    )
    const both = text(losses({ stages: [beforeSending(), stage({ unexplained: 20, unavailable: 12 })] }))
    expect(both).toContain('12 of the unexplained losses were not collected in time.')
  })

  test('"no reasons" is said only where the list was there, whole and empty', () => {
    const empty = [beforeSending(), stage({ explained: 0, unexplained: 1_000, reasons: [] })]
    expect(text(losses({ stages: empty }))).toContain('Tencent returned no reasons for this stage.')
    const ofVendor = text(losses({ stages: empty }), 'code', 'en', 'xiaomi')
    expect(ofVendor).toContain('Tencent returned no reasons for this vendor.')
    const unread = text(losses({ stages: empty, unreadable: 2 }))
    expect(unread).toContain('could not be read')
    for (const seen of [ofVendor, unread]) expect(seen).not.toContain('no reasons for this stage')
  })

  test('no loss in a part of the range is said of that part', () => {
    const seen = text(losses({ basis: 'sum', coverage: { held: 11, expected: 24, missing: [] } }))
    expect(seen).toContain('No loss in the collected hours.')
    expect(seen).not.toContain('No loss at this stage.')
  })

  test('a loss without a statistic behind it is unknown, never 0', () => {
    const unknown = { lost: null, unexplained: null, notReported: null }
    const vendors = [vendor('xiaomi', { lost: null, explained: 40, unexplained: null })]
    const seen = text(losses({ stages: [beforeSending(), stage({ ...unknown, explained: 40, vendors })] }))
    expect(seen).toContain('40 explained + unknown unexplained = unknown lost')
    expect(seen).toContain('The loss is unknown: Tencent’s response has no numbers per vendor for it.')
    expect(seen).toMatch(/Xiaomi 40 unknown unknown –/)
    expect(seen).not.toContain('Sent through vendors without receipts')
  })

  test('reasons that the upstream left out are unknown, not zero', () => {
    const seen = text(
      losses({ stages: [beforeSending(), stage({ reasons: null, explained: null, unexplained: null })] }),
    )
    expect(seen).toContain('leaves out the reasons for this stage')
    expect(seen).toContain('unknown explained + unknown unexplained = 1,000 lost')
  })

  test('an incomplete range says how much of it is collected and what is outstanding', () => {
    const window = { from: '2026-11-20T03:00:00Z', to: '2026-11-20T16:00:00Z' }
    const gone = { from: '2026-11-19T16:00:00Z', to: '2026-11-20T03:00:00Z', state: 'expired' } as const
    const missing = [gone, { from: '2026-11-20T08:00:00Z', to: '2026-11-20T10:00:00Z', state: 'pending' as const }]
    const seen = text(losses({ window, basis: 'sum', coverage: { held: 11, expected: 24, missing } }))
    expect(seen).toContain('Partial data: 11 of 24 hours collected (20 Nov 11:00 – 21 Nov 00:00).')
    expect(seen).toContain('2 more hours are being collected.')
    expect(seen).toContain('Sum of collected days and hours 11 of 24 hours collected')
    expect(text(losses({ basis: 'sum', coverage: { held: 24, expected: 24, missing: [] } }))).not.toContain(
      'Partial data',
    )
  })

  test('an exact total that differs from the collected days and hours has a note', () => {
    const seen = text(losses({ difference: { exact: 1_300, sum: 1_200 } }))
    expect(seen).toContain('Collected days and hours total 1,200 losses with a code; the exact total is 1,300')
    expect(text(losses({}))).not.toContain('Collected days and hours total')
  })

  test('several campaigns each show their coverage, and campaigns that Tencent does not know are named', () => {
    const asOf = '2026-11-21T04:03:00Z'
    const one = { task: 'known_1', known: true, held: 1, expected: 1, asOf }
    const tasks = [one, { ...one, task: 'gone_2', known: false }, { ...one, task: 'new_3', known: null, asOf: null }]
    const seen = text(losses({ tasks }))
    expect(seen).toMatch(/known_1 1 of 1 21 Nov 12:03 gone_2 Tencent has no data for this TaskID.*new_3 not collected /)
    expect(text(losses({ tasks: [one] }))).not.toContain('known_1')
  })

  test('an upstream problem is shown above the stored numbers', () => {
    const problem = { code: 'upstream_credential', title: '', detail: '', upstreamCode: 70_009, since: null } as const
    const seen = text(losses({ freshness: { ...losses().freshness, state: 'stale', problem } }))
    expect(seen).toContain('code 70009')
    expect(seen).toContain('−1,000')
  })
})

describe('upstream text', () => {
  const HOSTILE = [
    '<script>alert(1)</script>',
    '"><img src=x onerror=alert(1)>',
    'a\u202egnp.exe\u0000\u001b[2J\u200f',
    'javascript:alert(1)',
    '{{constructor}} %0d%0a',
    '\u0000',
    'x'.repeat(10_240),
  ]

  test.each(HOSTILE.map((one) => [JSON.stringify(one).slice(0, 40), one]))('%s is only text', (_, given) => {
    const row = reason({
      code: given,
      text: given,
      vendors: [{ vendor: 'platform_99', channel: null, count: 1 }],
      reason: { ...reason().reason, key: given, title: given, meaning: given, actor: given },
    })
    const markup = html(losses({ stages: [beforeSending(), stage({ reasons: [row] })] }))
    expect(markup).not.toMatch(/<script|<img|href="javascript/)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not come through
    expect(markup.split('losses.css')[0]).not.toMatch(/class="detail"[^>]*>[^<]*[\u0000-\u0008\u001b\u200f\u202e]/)
    expect(markup.match(/class="raw"[^>]*>([^<]*)/)?.[1]).not.toMatch(/[\u202e\u200f]/)
    const [detail = ''] = markup.match(/class="detail"[^>]*>[^<]*/) ?? []
    expect(detail.length).toBeLessThan(2_000)
  })
})

describe.each(LOCALES)('in %s', (locale) => {
  test('every state renders', () => {
    for (const reply of [losses(), WAITING]) expect(text(reply, 'owner', locale)).not.toMatch(/losses\.|reasons\./)
  })

  test('causes have translated titles; English texts are marked as English', () => {
    const seen = text(losses(), 'code', locale)
    expect(seen).toContain(messagesOf(locale).reasons.title.token_gone)
    expect(seen.includes(messagesOf(locale).losses.drawer.english)).toBe(locale !== 'en')
  })
})

test('a ticket has what, how much, where, when, why and the fix', () => {
  const [row] = REASONS
  if (!row) throw new Error('no row')
  expect(lossTicketText({ row, stage: 'post_send', reply: losses(), words: wordsIn() }).split('\n')).toEqual([
    'Token no longer valid (Code 410)',
    'Unregistered',
    'After sending: 600 lost, 60.0\u202f% of the loss at this stage',
    'Xiaomi 400, OPPO 200',
    'Campaigns, 20 Nov 00:00 to 21 Nov 00:00 (Asia/Shanghai · UTC+8)',
    'What it means: The token is dead.',
    'How to fix it: Open the app once.',
    'Fixed by: End user',
    'Source: example.com https://example.com/codes',
    'Confidence: certain',
  ])
})
