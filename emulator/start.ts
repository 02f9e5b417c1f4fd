import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Clock } from './clock'
import { controlServer } from './control/server'
import type { App } from './protocol/admission'
import { Arrivals } from './protocol/arrivals'
import type { EmulatorState } from './protocol/emulator-state'
import { Faults } from './protocol/faults'
import { protocolServer } from './protocol/server'
import { Spacing } from './protocol/spacing'
import { changeSwitches, DEFAULT_SWITCHES, type Switches } from './switches'
import { dayOf } from './world/calendar'
import { World } from './world/world'

export interface EmulatorOptions {
  /** At least one. Every app has its own events. */
  apps: App[]
  seed?: number
  /** 0, the default, picks a free port. */
  port?: number
  controlPort?: number
  /** The address of the protocol port. The control port listens on 127.0.0.1 only. */
  host?: string
  /** Milliseconds between two accepted calls of an endpoint; 1000 by default. Tests may lower it. */
  spacingMs?: number
  /** An epoch second on the day from which incidents count back; now by default. Pass it to get the same world on another day. */
  anchor?: number
  /** Seconds that data time is ahead of real time. */
  clockOffset?: number
  switches?: Partial<Switches>
  /** Users per app. A small world answers faster. */
  users?: number
  /** Whether to generate the whole history when idle after the start, instead of each day on first use. */
  pregenerate?: boolean
}

export interface Emulator {
  port: number
  controlPort: number
  /** Base URLs without a trailing slash. */
  url: string
  controlUrl: string
  stop(): Promise<void>
}

/** Runs the emulator in this process until `stop()`. */
export async function startEmulator(options: EmulatorOptions): Promise<Emulator> {
  const state = build(options)
  const host = options.host ?? '127.0.0.1'
  const protocol = protocolServer(state)
  const control = controlServer(state)
  const port = await listen(protocol, options.port ?? 0, host)
  const controlPort = await listen(control, options.controlPort ?? 0, '127.0.0.1').catch(async (error) => {
    await close(protocol)
    throw error
  })
  if (options.pregenerate) for (const world of state.worlds.values()) world.generateHistory(dayOf(state.clock.data()))
  return {
    port,
    controlPort,
    url: `http://${host}:${port}`,
    controlUrl: `http://127.0.0.1:${controlPort}`,
    stop: async () => {
      await Promise.all([close(protocol), close(control)])
    },
  }
}

function build({
  apps,
  seed = 1,
  spacingMs = 1_000,
  anchor,
  clockOffset = 0,
  switches = {},
  users,
}: EmulatorOptions): EmulatorState {
  if (apps.length === 0) throw new Error('an emulator needs at least one app')
  for (const { sdkAppId, key, admins } of apps) {
    if (key === '') throw new Error(`app ${sdkAppId} has no key`)
    if (admins.length === 0) throw new Error(`app ${sdkAppId} has no administrator`)
  }
  const clock = new Clock()
  clock.shift = clockOffset
  const from = anchor ?? Math.floor(clock.wall() / 1_000)
  return {
    apps: new Map(apps.map((app) => [app.sdkAppId, app])),
    worlds: new Map(apps.map(({ sdkAppId }) => [sdkAppId, new World(seed, sdkAppId, from, users)])),
    clock,
    switches: changeSwitches(DEFAULT_SWITCHES, switches),
    spacing: new Spacing(spacingMs),
    arrivals: new Arrivals(),
    faults: new Faults(),
  }
}

async function listen(server: Server, port: number, host: string): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  })
  return (server.address() as AddressInfo).port
}

/** Closes a server without waiting for calls in progress: some of them hang on purpose. */
async function close(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()))
  server.closeAllConnections()
  await closed
}
