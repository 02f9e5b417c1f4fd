import { parseArgs } from 'node:util'
import type { App } from './protocol/admission'
import type { EmulatorOptions } from './start'
import type { Switches } from './switches'

const TEXT = { type: 'string' } as const
const FLAG = { type: 'boolean', default: false } as const

/**
 * Parses the arguments. The secret key comes from EMULATOR_KEY, because every user of a machine can list the arguments of
 * its processes. Throws an error whose message names the missing or invalid argument.
 */
export function optionsFrom(
  args: string[],
  env: Record<string, string | undefined>,
): { options: EmulatorOptions; endWithParent: boolean } {
  const { values } = parseArgs({
    args,
    options: {
      port: TEXT,
      'control-port': TEXT,
      host: TEXT,
      seed: TEXT,
      anchor: TEXT,
      'clock-offset': TEXT,
      'spacing-ms': TEXT,
      users: TEXT,
      sdkappid: { ...TEXT, default: '1400187352' },
      admin: { ...TEXT, default: 'administrator' },
      app: { ...TEXT, multiple: true, default: [] },
      switches: { ...TEXT, default: '{}' },
      'end-with-parent': FLAG,
    },
  })
  const key = env.EMULATOR_KEY ?? ''
  const apps = values.app.map((text) => appOf(text, key))
  if (key !== '') apps.unshift(appOf(`${values.sdkappid}::${values.admin}`, key))
  if (apps.length === 0) throw new Error('set EMULATOR_KEY to the secret key of the app')
  const switches: Partial<Switches> = JSON.parse(values.switches)
  return {
    options: {
      apps,
      host: values.host ?? '127.0.0.1',
      port: number(values.port, 0),
      controlPort: number(values['control-port'], 0),
      seed: number(values.seed, 1),
      spacingMs: number(values['spacing-ms'], 1_000),
      clockOffset: number(values['clock-offset'], 0),
      ...(values.users === undefined ? {} : { users: number(values.users, 0) }),
      ...(values.anchor === undefined ? {} : { anchor: number(values.anchor, 0) }),
      switches,
      pregenerate: true,
    },
    endWithParent: values['end-with-parent'],
  }
}

/** Parses `id:key:admin`. Without a key the app has the common one. Further administrators follow after commas. */
function appOf(text: string, common: string): App {
  const [id = '', own = '', admins = ''] = text.split(':')
  const key = own || common
  if (!/^[1-9]\d*$/.test(id) || key === '' || admins === '') throw new Error(`--app must be id:key:admin`)
  return { sdkAppId: Number(id), key, admins: admins.split(',') }
}

function number(text: string | undefined, fallback: number): number {
  if (text === undefined) return fallback
  if (!/^-?\d+$/.test(text)) throw new Error(`${text} is not a whole number`)
  return Number(text)
}
