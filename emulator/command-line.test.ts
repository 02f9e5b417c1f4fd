import { expect, test } from 'vitest'
import { optionsFrom } from './command-line'

const KEY = { EMULATOR_KEY: 'k' }

test('EMULATOR_KEY defines the app, with the documented defaults', () => {
  const { options, endWithParent } = optionsFrom([], KEY)
  expect(options.apps).toEqual([{ sdkAppId: 1_400_187_352, key: 'k', admins: ['administrator'] }])
  expect(options).toMatchObject({ port: 0, controlPort: 0, seed: 1, spacingMs: 1_000, host: '127.0.0.1' })
  expect(options).not.toHaveProperty('anchor')
  expect(endWithParent).toBe(false)
})

test('--app can be repeated to add apps', () => {
  const { options } = optionsFrom(['--app', '5:a:root,other', '--app', '6:b:root', '--seed', '9', '--anchor', '77'], {})
  expect(options.apps).toEqual([
    { sdkAppId: 5, key: 'a', admins: ['root', 'other'] },
    { sdkAppId: 6, key: 'b', admins: ['root'] },
  ])
  expect(options).toMatchObject({ seed: 9, anchor: 77 })
})

test('an app without a key of its own has the common one', () => {
  expect(optionsFrom(['--app', '5::root'], KEY).options.apps.map(({ key }) => key)).toEqual(['k', 'k'])
})

test('no argument takes the key of the app, because other users can see arguments', () => {
  expect(() => optionsFrom(['--key', 'k'], {})).toThrow("Unknown option '--key'")
})

test('there is no default key', () => {
  expect(() => optionsFrom([], {})).toThrow('EMULATOR_KEY')
  expect(() => optionsFrom(['--app', '5::root'], {})).toThrow('id:key:admin')
  expect(() => optionsFrom(['--sdkappid', 'x'], KEY)).toThrow('id:key:admin')
})
