import { expect, test } from 'vitest'
import { hintsOf } from './id-hints'

test.each([
  ['6afcea80_5f5fe251_200000e87f01f12_cf7963dc_386ba222', 'task', 0x6afcea80, 1600119377],
  ['657bf434_537529d8_2000005e80aa873_2780d131_bc614e', 'task', 0x657bf434, 1400187352],
  ['batch_667015d4_537529d8_2000005e80aa873_d03ac87_56f5e750', 'task', 0x667015d4, 1400187352],
  ['67120c46_6a4086c0_9bf5fb50_200002d1089b322_2000005d8d46421', 'push', 0x67120c46, null],
  ['6710c631_85_392fcbcff_200000b2f2c6820_200002c869bfb81', 'push', 0x6710c631, null],
  ['48374_2837546_1557481126', 'msg_key', 1557481126, null],
  ['144115233406643804-1727580296-4026038328', 'msg_id', 1727580296, null],
  ['  48374_2837546_1557481126\n', 'msg_key', 1557481126, null],
])('%s is a %s with its time of sending', (key, shape, sentAt, sdkAppId) => {
  expect(hintsOf(key)).toEqual({ shape, sentAt, sdkAppId })
})

test('other text gives no hints', () => {
  for (const key of ['', 'user2', 'spring-sale', '6afcea80', 'zz_zz_zz_zz_zz', '_____']) {
    expect(hintsOf(key)).toEqual({ shape: null, sentAt: null, sdkAppId: null })
  }
})

test('an implausible time is left out', () => {
  expect(hintsOf('00000001_5f5fe251_200000e87f01f12_cf7963dc_386ba222')).toEqual({
    shape: 'task',
    sentAt: null,
    sdkAppId: 1600119377,
  })
})
