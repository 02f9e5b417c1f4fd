import { describe, expect, test } from 'vitest'
import { ANCHOR } from '../../testing/client'
import { World } from '../../world/world'
import type { JsonObject } from '../answers'
import { onlineStatus } from './online-status'

const world = new World(1, 1_400_187_352, ANCHOR)
const ask = (body: JsonObject) => JSON.parse(JSON.stringify(onlineStatus(world, body)))
const accounts = Array.from({ length: 100 }, (_, i) => `user_${10_000 + i}`)

describe('the online status', () => {
  test('reports every requested account in one of three states', () => {
    const { QueryResult, ErrorList } = ask({ To_Account: accounts })
    expect(QueryResult.map((one: { To_Account: string }) => one.To_Account)).toEqual(accounts)
    const states = new Set(QueryResult.map((one: { Status: string }) => one.Status))
    expect([...states].sort()).toEqual(['Offline', 'Online', 'PushOnline'])
    expect(ErrorList).toBeUndefined()
    expect(QueryResult[0]).not.toHaveProperty('Detail')
  })

  test('lists the platforms of signed-in accounts when IsNeedDetail is set', () => {
    const { QueryResult } = ask({ To_Account: accounts, IsNeedDetail: 1 })
    for (const { Status, Detail } of QueryResult) {
      if (Status === 'Offline') expect(Detail).toBeUndefined()
      else expect(Detail[0]).toEqual({ Platform: expect.stringMatching(/^(iPhone|Android)$/), Status })
    }
    expect(QueryResult.some(({ Detail }: { Detail?: object[] }) => Detail?.length === 2)).toBe(true)
  })

  test('lists unknown accounts as errors beside the others', () => {
    const answer = ask({ To_Account: ['user_10001', 'nobody'] })
    expect(answer).toMatchObject({ ActionStatus: 'OK', ErrorCode: 0, ErrorInfo: '' })
    expect(answer.QueryResult).toHaveLength(1)
    expect(answer.ErrorList).toEqual([{ To_Account: 'nobody', ErrorCode: 70107 }])
  })

  test('does not change between calls', () => {
    expect(ask({ To_Account: accounts })).toEqual(ask({ To_Account: accounts }))
  })

  test('accepts between 1 and 500 accounts', () => {
    for (const To_Account of [[], 'user_10000', [7], Array.from({ length: 501 }, () => 'user_10000')]) {
      expect(() => ask({ To_Account })).toThrow('invalid request parameters')
    }
  })
})
