import { expect, test } from 'vitest'
import { questionOf, read } from './testing/samples'

const QUESTION = questionOf('query_online_status')
const online = (raw: unknown) => {
  const answer = read(QUESTION, raw)
  if (answer.kind !== 'online') throw new Error('not an online status')
  return { people: answer.people, quarantined: answer.quarantined }
}
const of = (QueryResult: unknown, more = {}) => online({ ActionStatus: 'OK', ErrorCode: 0, QueryResult, ...more })

// The documentation omits the comma after ErrorCode and adds one after the last State (page 35477).
test('the documented answer is read, with its missing and its trailing comma', () => {
  const printed = `{"ActionStatus":"OK","ErrorInfo":"","ErrorCode": 0"QueryResult": [
    {"To_Account": "id1","State": "Online","Detail": [
      {"Platform": "IPhone","Status": "PushOnline"},{"Platform": "Web","Status": "Online"}]},
    {"To_Account": "id2","State": "Offline",}],
    "ErrorList": [{"To_Account": "id4","ErrorCode": 70107}]}`
  expect(online(printed)).toEqual({
    people: [
      {
        userId: 'id1',
        state: 'online',
        platforms: [
          { platform: 'IPhone', state: 'push_online' },
          { platform: 'Web', state: 'online' },
        ],
      },
      { userId: 'id2', state: 'offline', platforms: [] },
      { userId: 'id4', state: null, platforms: [] },
    ],
    quarantined: [],
  })
})

test('both spellings of user and state are read, in upper or lower case', () => {
  expect(of([{ UserID: 'a', Status: 'PUSHONLINE' }]).people).toEqual([
    { userId: 'a', state: 'push_online', platforms: [] },
  ])
})

test.each([[undefined], [null], ['Away'], [1], [{}]])('a state of %j is unknown, not offline', (State) => {
  const { people, quarantined } = of([{ To_Account: 'a', State }])
  expect(people).toEqual([{ userId: 'a', state: null, platforms: [] }])
  expect(quarantined.at(-1)).toEqual({ path: 'QueryResult[0].State', problem: 'is not a known state' })
})

test('a row without a user is omitted; a repeated user is returned once', () => {
  const { people, quarantined } = of([
    { State: 'Online' },
    { To_Account: 'a', State: 'Online' },
    { To_Account: 'a', State: 'Offline' },
  ])
  expect(people).toEqual([{ userId: 'a', state: 'online', platforms: [] }])
  expect(quarantined).toEqual([{ path: 'QueryResult[0].To_Account', problem: 'is not a user' }])
})

test('a user in both lists keeps the state', () => {
  expect(of([{ To_Account: 'a', State: 'Online' }], { ErrorList: [{ To_Account: 'a' }] }).people).toMatchObject([
    { state: 'online' },
  ])
})

test('a missing list gives no users', () => {
  expect(of(null)).toEqual({ people: [], quarantined: [] })
})
