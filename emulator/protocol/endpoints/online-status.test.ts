import { describe, expect, test } from 'vitest'
import { ANCHOR } from '../../testing/client'
import { World } from '../../world/world'
import type { JsonObject } from '../answers'
import { onlineStatus } from './online-status'

const world = new World(1, 1_400_187_352, ANCHOR)
const ask = (body: JsonObject) => JSON.parse(JSON.stringify(onlineStatus(world, body)))
const everybody = Array.from({ length: 100 }, (_, i) => `user_${10_000 + i}`)

describe('the online status', () => {
  test('names every account asked for, in one of three states', () => {
    const { QueryResult, ErrorList } = ask({ To_Account: everybody })
    expect(QueryResult.map((one: { To_Account: string }) => one.To_Account)).toEqual(everybody)
    const states = new Set(QueryResult.map((one: { Status: string }) => one.Status))
    expect([...states].sort()).toEqual(['Offline', 'Online', 'PushOnline'])
    expect(ErrorList).toBeUndefined()
    expect(QueryResult[0]).not.toHaveProperty('Detail')
  })

  test('tells the platforms of those who are signed in, when asked to', () => {
    const { QueryResult } = ask({ To_Account: everybody, IsNeedDetail: 1 })
    for (const { Status, Detail } of QueryResult) {
      if (Status === 'Offline') expect(Detail).toBeUndefined()
      else expect(Detail[0]).toEqual({ Platform: expect.stringMatching(/^(iPhone|Android)$/), Status })
    }
    expect(QueryResult.some(({ Detail }: { Detail?: object[] }) => Detail?.length === 2)).toBe(true)
  })

  test('lists accounts nobody imported as errors, beside the others', () => {
    const answer = ask({ To_Account: ['user_10001', 'nobody'] })
    expect(answer).toMatchObject({ ActionStatus: 'OK', ErrorCode: 0, ErrorInfo: '' })
    expect(answer.QueryResult).toHaveLength(1)
    expect(answer.ErrorList).toEqual([{ To_Account: 'nobody', ErrorCode: 70107 }])
  })

  test('is the same each time', () => {
    expect(ask({ To_Account: everybody })).toEqual(ask({ To_Account: everybody }))
  })

  test('takes between one and 500 accounts', () => {
    for (const To_Account of [[], 'user_10000', [7], Array.from({ length: 501 }, () => 'user_10000')]) {
      expect(() => ask({ To_Account })).toThrow('invalid request parameters')
    }
  })
})
