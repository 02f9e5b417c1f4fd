import { describe, expect, test } from 'vitest'
import { REGIONS } from '@/lib/contract/sources'
import type { Question } from './question'
import { baseUrlOf } from './regions'
import { bodyOf, urlOf } from './request'
import { appAt } from './testing/http-server'
import { questionOf } from './testing/samples'

describe('hosts', () => {
  test('are one per region', () => {
    expect(Object.fromEntries(REGIONS.map((region) => [region, baseUrlOf(region, null)]))).toEqual({
      china: 'https://console.tim.qq.com',
      singapore: 'https://adminapisgp.im.qcloud.com',
      seoul: 'https://adminapikr.im.qcloud.com',
      tokyo: 'https://adminapijpn.im.qcloud.com',
      frankfurt: 'https://adminapiger.im.qcloud.com',
      siliconvalley: 'https://adminapiusa.im.qcloud.com',
      jakarta: 'https://adminapiidn.im.qcloud.com',
    })
  })

  test.each([
    ['http://127.0.0.1:4000', 'http://127.0.0.1:4000'],
    ['http://127.0.0.1:4000/', 'http://127.0.0.1:4000'],
    ['https://gate.example/tim/', 'https://gate.example/tim'],
  ])('are replaced by the override %s', (override, expected) => {
    expect(baseUrlOf('china', override)).toBe(expected)
  })
})

describe('addresses', () => {
  const url = (endpoint: Question['endpoint'], more = {}) =>
    new URL(urlOf(appAt('https://host/base', more), endpoint, 'eJx*-_', 4294967295))

  test('use the path of timpush, or openim for the online status', () => {
    expect(url('all_member_push_loss').pathname).toBe('/base/v4/timpush/all_member_push_loss')
    expect(url('query_online_status').pathname).toBe('/base/v4/openim/query_online_status')
  })

  test('have the five parameters, escaped', () => {
    expect(Object.fromEntries(url('normal_push_trace', { adminId: 'a&b=c d' }).searchParams)).toEqual({
      sdkappid: '1600119377',
      identifier: 'a&b=c d',
      usersig: 'eJx*-_',
      random: '4294967295',
      contenttype: 'json',
    })
  })

  test('do not escape the signature', () => {
    expect(url('normal_push_trace').search).toContain('usersig=eJx*-_&')
  })
})

describe('bodies', () => {
  test.each<[Question, unknown]>([
    [questionOf('all_member_push_statistics'), { StartTime: 0, EndTime: 60, TaskID: [] }],
    [
      { endpoint: 'all_member_push_loss', from: 5, to: 6, tasks: ['a', 'b'] },
      { StartTime: 5, EndTime: 6, TaskID: ['a', 'b'] },
    ],
    [questionOf('all_member_push_trace'), { TaskID: 'task', UserID: 'user' }],
    [questionOf('normal_push_statistics'), { StartTime: 0, EndTime: 60 }],
    [questionOf('normal_push_loss'), { StartTime: 0, EndTime: 60 }],
    [questionOf('normal_push_trace'), { PushID: 'push' }],
    [questionOf('query_online_status'), { To_Account: ['user'], IsNeedDetail: 1 }],
  ])('of %j', (question, body) => {
    expect(bodyOf(question)).toEqual(body)
  })
})
