import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { forget, forgetAll, recentLabels, recents, remember } from './recent'

/** A stub of browser storage. Its keys are its own properties, as in a browser. */
class Storage {
  [key: string]: unknown
  getItem = (key: string) => (this[key] as string) ?? null
  setItem = (key: string, value: string) => {
    this[key] = value
  }
  removeItem = (key: string) => {
    delete this[key]
  }
}
beforeEach(() => vi.stubGlobal('localStorage', new Storage()))
afterEach(() => vi.unstubAllGlobals())

const reply = (label: string, who = 'ann') => ({
  href: `/lookup?k=${label}`,
  who,
  recent: { kind: 'push' as const, id: label, sealed: `s1.${label}` },
})

describe('recent look-ups', () => {
  test('are the newest eight, each once, separate for each person', () => {
    for (let n = 1; n <= 10; n++) remember(reply(`p${n}`), n)
    remember(reply('p5'), 11)
    remember(reply('other', 'bob'), 12)
    expect(recents('ann').map(({ id }) => id)).toEqual(['p5', 'p10', 'p9', 'p8', 'p7', 'p6', 'p4', 'p3'])
    expect(recents('bob').map(({ id }) => id)).toEqual(['other'])
  })

  test('leave out what was not recognized', () => {
    remember({ ...reply('x'), recent: null }, 1)
    expect(recents('ann')).toEqual([])
  })

  test('can be removed one by one, and end with the session', () => {
    for (const label of ['a', 'b']) remember(reply(label), 1)
    remember(reply('c', 'bob'), 1)
    forget('ann', '/lookup?k=a')
    expect(recents('ann').map(({ id }) => id)).toEqual(['b'])
    localStorage.setItem('theme', 'dark')
    forgetAll()
    expect([recents('ann'), recents('bob'), localStorage.getItem('theme')]).toEqual([[], [], 'dark'])
  })

  test('store no readable name; the server opens them for their owner', async () => {
    remember(reply('kim'), 1)
    expect(localStorage.getItem('pushlens.recent.ann')).not.toMatch(/"label"/)
    const asked: unknown[] = []
    vi.stubGlobal('fetch', async (path: string, init: RequestInit) => {
      asked.push([path, JSON.parse(String(init.body))])
      return Response.json({ labels: ['kim'] })
    })
    expect(await recentLabels('14001', recents('ann'))).toEqual(['kim'])
    expect(asked).toEqual([['/api/v1/apps/14001/traces/recent', { sealed: ['s1.kim'] }]])
  })

  test.each(['{', '3', '[{"href":"/lookup?k=1","label":"old"}]', '[{"href":"https://evil"}]', '[null]'])(
    'ignore %s in storage',
    (text) => {
      localStorage.setItem('pushlens.recent.ann', text)
      expect(recents('ann')).toEqual([])
    },
  )

  test('fail silently when the browser stores nothing', () => {
    vi.stubGlobal('localStorage', {
      getItem() {
        throw new Error('denied')
      },
      setItem() {
        throw new Error('denied')
      },
    })
    remember(reply('a'), 1)
    expect(recents('ann')).toEqual([])
    expect(forgetAll).not.toThrow()
  })
})
