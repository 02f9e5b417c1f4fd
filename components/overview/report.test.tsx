import { describe, expect, test } from 'vitest'
import { visibleText } from '@/components/i18n/testing/render'
import {
  counts,
  funnel,
  NOTHING,
  SMALL,
  TOTAL,
  TROUBLE,
  vendor,
  WAITING,
} from '@/components/report/testing/funnel-samples'
import { type FunnelReply, funnelReply } from '@/lib/contract/funnel'
import { html, text } from './testing/render'

/** Returns the cells of the row with this name that have a text. */
function row(reply: FunnelReply, name: string): string[] {
  const found = html(reply)
    .split('<tr')
    .find((part) => part.includes('scope="row"') && visibleText(part).includes(name))
  return (found ?? '')
    .split('<td')
    .slice(1)
    .map((cell) => visibleText(`<td${cell}`).trim())
    .filter((cell) => cell !== '')
}

test('the samples are valid API replies', () => {
  for (const reply of [funnel(), WAITING, TROUBLE, NOTHING, SMALL]) funnelReply.parse(reply)
})

describe('the four numbers', () => {
  test('show counts for what was sent and rates for what followed', () => {
    const seen = text(funnel())
    expect(seen).toContain('974,535')
    expect(seen).toContain('891,866 91.5 % of sendable')
    expect(seen).toContain('69.6 % of vendors with receipts 334,859 · 37.5 % of all sent receipts cover 53.8 %')
    expect(seen).toContain('6.0 % of delivered 20,211')
  })

  test('show their change against the comparison, counts in percent and rates in points', () => {
    const counts = { sendable: 900_000, sent: 900_000, delivered: 300_000, clicked: 20_000 }
    const { sendable, sent, delivered, clicked } = TOTAL
    const comparison: FunnelReply['comparison'] = {
      compare: 'previous',
      range: { from: '2026-11-13T16:00:00Z', to: '2026-11-20T16:00:00Z' },
      from: '2026-11-06T16:00:00Z',
      to: '2026-11-13T16:00:00Z',
      held: true,
      now: { sendable, sent, delivered, clicked },
      before: counts,
      change: { send: 0.01, delivery: -0.2104, click: null },
      vendors: [
        {
          vendor: 'xiaomi',
          platform: 2,
          channel: 'offline',
          before: counts,
          change: { send: 0.002, delivery: -0.3, click: 0 },
        },
      ],
    }
    const seen = text(funnel({ comparison }))
    expect(seen).toContain('974,535 ▲ +8 %')
    expect(seen).toContain('891,866 ▼ −1 %')
    expect(seen).toContain('91.5 % of sendable ▲ +1.0 pp')
    expect(seen).toContain('69.6 % ▼ −21.0 pp')
    expect(seen).toContain('Compared with 7 Nov 00:00 – 14 Nov 00:00')
    expect(row(funnel({ comparison }), 'Xiaomi')[5]).toBe('Change delivery, pp ▼ −30.0 (900,000 sent before)')
    expect(row(funnel({ comparison }), 'Total')[5]).toContain('▼ −21.0 (')
    const incomplete = { ...comparison, held: false, now: null, before: null, change: null, vendors: [] }
    expect(text(funnel({ comparison: incomplete }))).toContain(
      'No comparison: 7 Nov 00:00 – 14 Nov 00:00 is incomplete',
    )
    expect(text(funnel({ comparison: incomplete }))).not.toMatch(/\d pp/)
  })

  test('show a drop in two parts, never as one sum', () => {
    const seen = text(funnel())
    expect(seen).toContain('−82,669 before sending')
    expect(seen).toContain('−145,826 lost · 411,181 not reported')
    expect(seen).not.toContain('557,007')
  })

  test('claim neither a loss nor missing receipts where the response has no vendors', () => {
    const cover = { reportingSent: null, reportingDelivered: null, lost: null, notReported: null, share: null }
    const total = { ...counts([2_670, 2_213, 532, 206], 'partial'), cover }
    const seen = text(funnel({ total, vendors: [] }))
    expect(seen).toContain('−457 before sending')
    expect(seen).toContain('≥ 532')
    expect(seen).not.toMatch(/\d (lost|not reported)|receipts cover/)
  })

  test('show words instead of a delivery rate, and clicks of sent, when no vendor reports', () => {
    const total = {
      ...counts([1_000, 900, 0, 27], 'unreported'),
      cover: { reportingSent: 0, reportingDelivered: 0, lost: 0, notReported: 900, share: 0 },
    }
    const seen = text(funnel({ total, vendors: [] }))
    expect(seen).toContain(
      'Delivered Pushes that a device confirmed with a receipt. Tencent’s term: reached. Devices, not people. A device reached both online and offline counts twice. not reported',
    )
    expect(seen).toContain('900 not reported')
    expect(seen).toContain('3.0 % of sent 27')
    expect(seen).not.toMatch(/(?<![\d.])0 %/)
  })

  test('show a huge number compact, with the exact one on hover', () => {
    const markup = html(funnel({ total: { ...TOTAL, sendable: 123_456_789 } }))
    expect(markup).toMatch(/title="123,456,789"[^>]*>123\.4M</)
  })

  test('say what is counted: devices, or messages × devices', () => {
    expect(text(funnel())).toContain('Devices, not people')
    expect(text(funnel({ source: 'chat' }))).toContain('Messages × devices, not people')
  })
})

describe('the vendor table', () => {
  test('has the total first, vendors by volume, and online push as its own row at the end', () => {
    const names = html(funnel())
      .split('scope="row"')
      .slice(1)
      .map((part) => visibleText(`<th ${part.split('</th>')[0]}`).trim())
    expect(names[0]).toBe('Total')
    expect(names.slice(1)).toEqual([
      'mi Xiaomi',
      'HW HUAWEI',
      'A Apple (APNs)',
      'OP OPPO',
      'F Google FCM',
      'vi vivo',
      'HO HONOR',
      '? Unnamed channel (9) a number that Tencent does not document',
      'M Meizu',
      '↗ Online push',
    ])
  })

  test('shows counts and rates of a vendor that reports', () => {
    expect(row(funnel(), 'Xiaomi')).toEqual([
      'Sendable 310,442 31.9 %',
      'Sent 291,118 93.8 %',
      'Delivered 227,072 78.0 %',
      'Clicked 9,083 3.1 %',
      'Lost 83,370 26.9 %',
      'Change delivery, pp –',
    ])
  })

  test('says “not reported” for a vendor that does not, never 0, and links to how to turn receipts on', () => {
    expect(row(funnel(), 'HUAWEI')).toEqual([
      'Sendable 201,004 20.6 %',
      'Sent 190,311 94.7 %',
      'Delivered not reported',
      'Clicked 2,284 1.2 %',
      'Lost ≥ 10,693 5.3 %',
      'Change delivery, pp –',
    ])
    const few = vendor('huawei', 3, [3, 3, 0, 0], 'unknown')
    expect(row({ ...funnel(), vendors: [few] }, 'HUAWEI')[4]).toBe('Lost unknown')
    const markup = html(funnel())
    expect(markup).toContain('href="#receipts-huawei"')
    expect(markup).toContain('id="receipts-huawei"')
    expect(text(funnel())).toContain('/v3/offline_push_report/huawei')
  })

  test('shows deliveries as a lower bound when there are more clicks', () => {
    expect(row(funnel(), 'Google FCM')[2]).toBe('Delivered ≥ 1,204')
    const clicked = vendor('fcm', 4, [400, 391, 27, 30], 'partial')
    expect(row(funnel({ vendors: [clicked] }), 'Google FCM')[2]).toBe('Delivered ≥ 27')
  })

  test('hides rates below 200, never counts', () => {
    expect(row(funnel(), 'Meizu')).toEqual([
      'Sendable 150 < 0.1 %',
      'Sent 131 of 150',
      'Delivered 27 of 131',
      'Clicked 3 of 131',
      'Lost ≥ 19',
      'Change delivery, pp –',
    ])
    expect(text(SMALL)).toContain('27 of 150 · too few')
  })

  test('shows a real 0 when a reporting vendor falls to 0', () => {
    const fallen = vendor('xiaomi', 2, [5_000, 4_800, 0, 0], 'reported')
    expect(row(funnel({ vendors: [fallen] }), 'Xiaomi')[2]).toBe('Delivered 0 0 %')
  })

  test('shows a number that Tencent did not give as unknown, never 0', () => {
    expect(row(funnel(), 'Unnamed channel (9)')[2]).toBe('Delivered unknown')
  })

  test('has one base for each rate, said in the head, for the total and the rows', () => {
    const heads = visibleText((html(funnel()).split('<thead')[1] ?? '').split('</thead>')[0] ?? '')
    for (const base of ['% of total', '% of sendable', '% of sent, reported', '% of sent'])
      expect(heads).toContain(base)
    expect(row(funnel(), 'Total')).toEqual([
      'Sendable 974,535',
      'Sent 891,866 91.5 %',
      'Delivered 334,859 69.6 %',
      'Clicked 20,211 2.3 %',
      'Lost ≥ 228,495 23.4 %',
      'Change delivery, pp –',
    ])
  })

  test('one bar per row: reached is solid, lost is striped, not reported is dotted', () => {
    const bars = (name: string) =>
      html(funnel())
        .split('<tr')
        .map((part) => part.split('</tr>')[0] ?? '')
        .filter((part) => visibleText(`<tr${part}`).includes(name))
        .flatMap((part) =>
          [...part.matchAll(/class="(\w+)" style="width:([\d.]+)%"/g)].map(([, kind, width]) => `${kind} ${width}`),
        )
    const titled = html(funnel()).replaceAll(/ (title|href|tabindex)="[^"]*"/gi, '')
    expect(titled.match(/class="bar row-bar"/g)).toHaveLength(11)
    expect(bars('HUAWEI')).toEqual(['unreported 94.68', 'lost 5.32'])
    expect(bars('OPPO')).toEqual(['delivered 63.12', 'lost 30.10', 'lost 6.78'])
  })

  test('draws the vendors on one scale, the largest at full length', () => {
    const lengths = [...html(funnel()).matchAll(/<tr[^>]*style="--same:([\d.]+)"/g)].map(([, length]) => length)
    expect(lengths.slice(0, 3)).toEqual(['100.00', '100.00', '64.75'])
  })

  test('has a curve for each vendor, with gaps where nothing is stored', () => {
    const place = { vendor: 'xiaomi', platform: 2, channel: 'offline' } as const
    const markup = html(funnel({ sparklines: [{ ...place, measure: 'delivered', counts: [4, 8, null, 2] }] }))
    expect(markup.match(/class="sparkline/g)).toHaveLength(1)
    expect(markup).toContain('aria-label="Delivered over time"')
    expect(markup).toContain('d="M2.0 11.0h0L27.3 2.0M78.0 15.5h0"')
  })

  test('without a channel, number 0 says that it may include online pushes', () => {
    expect(html(SMALL)).toContain('may include online pushes')
  })
})
