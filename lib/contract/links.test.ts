import { describe, expect, test } from 'vitest'
import {
  allTasksParams,
  annotationsParams,
  bulkHref,
  campaignHref,
  campaignsHref,
  codeHref,
  codeSearchHref,
  compareHref,
  eraseHref,
  fileHref,
  funnelFileHref,
  funnelParams,
  lookupHref,
  lossesHref,
  lossesParams,
  lossStageHref,
  overviewHref,
  pageHref,
  setupHref,
  tagHref,
  userHref,
} from './links'

describe('a page', () => {
  test('names the app only when one is given', () => {
    // The path alone opens the start page.
    expect(pageHref('overview', null)).toBe('/?source=task')
    expect(pageHref('overview', '14001')).toBe('/?app=14001')
    expect(pageHref('lookup', null)).toBe('/lookup')
    expect(pageHref('lookup', '14001')).toBe('/lookup?app=14001')
    expect(pageHref('system', 'a b')).toBe('/settings/system?app=a+b')
    expect(pageHref('signIn', null)).toBe('/sign-in')
  })

  test('the setup page takes its one-time token', () => {
    expect(setupHref()).toBe('/setup')
    expect(setupHref('abc_-1')).toBe('/setup#abc_-1')
  })
})

describe('a campaign', () => {
  test('has a page whose address holds any TaskID', () => {
    expect(campaignHref(null, 'a_b')).toBe('/campaigns/a_b')
    expect(campaignHref('14001', 'a/b?c#d')).toBe('/campaigns/a%2Fb%3Fc%23d?app=14001')
    expect(campaignHref(null, 'a_b', { edit: true })).toBe('/campaigns/a_b?edit=1')
  })

  test('is compared with others at an age', () => {
    expect(compareHref(null, ['a', 'b'])).toBe('/campaigns/compare?task=a%2Cb')
    expect(compareHref('14001', ['a', 'b'], '24h')).toBe('/campaigns/compare?app=14001&task=a%2Cb&age=24h')
  })

  test('has tags, and a tag has reports', () => {
    expect(tagHref(null, 'overview', 'a & b')).toBe('/?tag=a+%26+b')
    expect(tagHref('14001', 'losses', 'sale')).toBe('/losses?app=14001&tag=sale')
  })
})

describe('the chart', () => {
  const drawn = { source: 'chat', range: '7d', measure: 'rate', by: 'vendor' } as const

  test('is drawn as the address says; defaults are left out', () => {
    expect(overviewHref(null, drawn)).toBe('/?source=chat&range=7d&measure=rate&by=vendor')
    expect(overviewHref(null, { ...drawn, measure: 'volume', by: 'total' })).toBe('/?source=chat&range=7d')
  })

  test('asks the funnel for vendors only where it draws them, and the losses never', () => {
    expect(funnelParams(drawn)).toBe('source=chat&range=7d&vendors=1')
    expect(funnelParams({ ...drawn, by: 'total' })).toBe('source=chat&range=7d')
    expect(lossesParams(drawn)).toBe('source=chat&range=7d')
  })

  test('has the marks of its range and source', () => {
    expect(annotationsParams({ ...drawn, interval: 'day', compare: 'previous' })).toBe('source=chat&range=7d')
  })
})

describe('the funnel', () => {
  test('has files: a table as CSV, the report as JSON', () => {
    const view = { source: 'task', range: '7d', compare: 'previous' } as const
    const path = '/api/v1/apps/a%20b/funnel?source=task&range=7d&compare=previous'
    expect(funnelFileHref('a b', view, 'vendors')).toBe(`${path}&format=csv&table=vendors`)
    expect(funnelFileHref('a b', view, 'series')).toBe(`${path}&format=csv&table=series&vendors=1`)
    expect(funnelFileHref('a b', view, null)).toBe(`${path}&format=json`)
    const byVendor = { ...view, by: 'vendor' } as const
    expect(funnelFileHref('a b', byVendor, 'series')).toBe(`${path}&format=csv&table=series&vendors=1`)
    expect(funnelFileHref('a b', byVendor, null)).toBe(`${path}&format=json&vendors=1`)
  })

  test('keeps the order of the vendors in the address of the page, and leaves out the usual one', () => {
    expect(overviewHref(null, { source: 'task', sort: 'lost' })).toBe('/?source=task&sort=lost')
    expect(overviewHref(null, { source: 'task', sort: 'volume' })).toBe('/?source=task')
  })

  test('equal requests have equal text', () => {
    expect(funnelParams({ tz: 'Asia/Seoul', range: '7d', source: 'task' })).toBe('source=task&range=7d&tz=Asia%2FSeoul')
    expect(funnelParams({ interval: 'week', source: 'task', range: '30d' })).toBe('source=task&range=30d&interval=week')
    expect(funnelParams({ source: 'task' })).toBe('source=task')
    expect(funnelParams({ source: 'task', task: ['a', 'b'] })).toBe('source=task&task=a%2Cb')
    expect(funnelParams({ source: 'chat', task: ['a'] })).toBe('source=chat')
  })

  test('from and to replace a preset', () => {
    expect(funnelParams({ source: 'chat', range: '7d', from: '2026-11-01', to: '2026-11-08' })).toBe(
      'source=chat&from=2026-11-01&to=2026-11-08',
    )
  })

  test('the overview names the app first', () => {
    expect(overviewHref('14001', { source: 'chat', range: 'today' })).toBe('/?app=14001&source=chat&range=today')
    expect(overviewHref(null, { source: 'chat' })).toBe('/?source=chat')
  })
})

describe('losses', () => {
  test('carry vendor, campaigns and comparison after the range', () => {
    expect(lossesParams({ source: 'task', range: '7d', vendor: 'fcm', task: ['a', 'b'], compare: 'weekday' })).toBe(
      'source=task&range=7d&vendor=fcm&task=a%2Cb&compare=weekday',
    )
    expect(lossesParams({ source: 'task', range: '7d', task: [] })).toBe('source=task&range=7d')
  })

  test('chat messages have no campaigns', () => {
    expect(lossesParams({ source: 'chat', task: ['a'] })).toBe('source=chat')
  })

  test('name a grouping only when it is not the default', () => {
    expect(lossesHref(null, { source: 'task' })).toBe('/losses?source=task')
    expect(lossesHref('1', { source: 'task' }, 'cause')).toBe('/losses?app=1&source=task')
    expect(lossesHref('1', { source: 'task', vendor: 'oppo' }, 'owner')).toBe(
      '/losses?app=1&source=task&vendor=oppo&group=owner',
    )
  })

  test('a stage is a fragment of the page', () => {
    expect(lossStageHref('1', { source: 'task', range: '7d' }, 'post_send')).toBe(
      '/losses?app=1&source=task&range=7d#post_send',
    )
  })

  test('a code is a value, whatever it contains', () => {
    expect(codeHref('1', { source: 'task', range: '7d' }, '../a&b')).toBe(
      '/losses/code?code=..%2Fa%26b&app=1&source=task&range=7d',
    )
    expect(codeHref(null, { source: 'chat' }, '30006')).toBe('/losses/code?code=30006&source=chat')
    expect(codeSearchHref('1', '30006')).toBe('/losses/code?app=1&code=30006')
    expect(codeSearchHref(null, '')).toBe('/losses/code?code=')
  })
})

describe('campaigns', () => {
  test('name only what differs from the default', () => {
    expect(campaignsHref(null, { sort: 'sentAt' })).toBe('/campaigns')
    expect(campaignsHref('1', { q: 'a b', tag: 'x&y', sort: 'label', edit: 't' })).toBe(
      '/campaigns?app=1&q=a+b&tag=x%26y&sort=label&edit=t',
    )
    expect(campaignsHref(null, { cursor: 'c' })).toBe('/campaigns?cursor=c')
  })

  test('the whole list keeps search, tag and order', () => {
    expect(allTasksParams({ tag: 'x', sort: 'label' })).toBe('tag=x&sort=label&limit=10000')
    expect(allTasksParams({ q: 'a', cursor: 'c' })).toBe('q=a&limit=10000')
  })
})

describe('look-ups', () => {
  test('carry their IDs sealed', () => {
    expect(lookupHref('14001', 's1.abc')).toBe('/lookup?app=14001&k=s1.abc')
    expect(lookupHref(null, 's1.abc')).toBe('/lookup?k=s1.abc')
    expect(lookupHref('14001', 's1.abc', { anyway: true })).toBe('/lookup?app=14001&k=s1.abc&anyway=1')
  })

  test('a list is in the fragment, which no server log shows', () => {
    expect(bulkHref(null, 's1.list')).toBe('/lookup/bulk#s1.list')
    expect(bulkHref('14001', 's1.list')).toBe('/lookup/bulk?app=14001#s1.list')
  })

  test('a user is named by a sealed reference alone', () => {
    expect(userHref(null, 's1.abc')).toBe('/lookup/user/s1.abc')
    expect(userHref('14001', 's1.abc', '2026-11-20T20:00')).toBe(
      '/lookup/user/s1.abc?app=14001&since=2026-11-20T20%3A00',
    )
    expect(eraseHref(null, 's1.abc')).toBe('/settings/erase?ref=s1.abc')
    expect(eraseHref('14001', 's1.abc')).toBe('/settings/erase?app=14001&ref=s1.abc')
  })
})

test('a report as CSV has the address of its API', () => {
  const params = lossesParams({ source: 'task' })
  expect(fileHref('a/b', 'losses', { params, format: 'csv' })).toBe('/api/v1/apps/a%2Fb/losses?source=task&format=csv')
})

describe('a tag', () => {
  const view = { source: 'task', range: '7d', task: ['a_b_c', 'd_e_f'], tag: 'Food & drink', compare: 'none' } as const

  test('is in every address of a report instead of its campaigns', () => {
    expect(overviewHref(null, { ...view, task: [...view.task], sort: 'lost' })).toBe(
      '/?source=task&range=7d&compare=none&tag=Food+%26+drink&sort=lost',
    )
    expect(lossesHref('14001', { ...view, task: [...view.task], vendor: 'xiaomi' }, 'owner')).toBe(
      '/losses?app=14001&source=task&range=7d&vendor=xiaomi&compare=none&tag=Food+%26+drink&group=owner',
    )
    expect(codeHref(null, { ...view, task: [...view.task] }, '10302')).toBe(
      '/losses/code?code=10302&source=task&range=7d&compare=none&tag=Food+%26+drink',
    )
    expect(lossStageHref(null, { ...view, task: [...view.task] }, 'post_send')).toMatch(
      /tag=Food\+%26\+drink#post_send$/,
    )
  })

  test('is its campaigns for the API', () => {
    expect(funnelParams({ ...view, task: [...view.task] })).toBe('source=task&range=7d&task=a_b_c%2Cd_e_f&compare=none')
    expect(lossesParams({ ...view, task: [...view.task] })).not.toContain('tag')
  })

  test('belongs to campaigns, not to chat messages', () => {
    expect(overviewHref(null, { ...view, task: [], source: 'chat' })).toBe('/?source=chat&range=7d&compare=none')
  })
})
