import type { Clock } from '../clock'
import type { Switches } from '../switches'
import type { World } from '../world/world'
import type { App } from './admission'
import type { Arrivals } from './arrivals'
import type { Faults } from './faults'
import type { Spacing } from './spacing'

/** What the protocol server and the control server of one emulator share. */
export interface EmulatorState {
  apps: ReadonlyMap<number, App>
  worlds: ReadonlyMap<number, World>
  clock: Clock
  switches: Switches
  spacing: Spacing
  arrivals: Arrivals
  faults: Faults
}
