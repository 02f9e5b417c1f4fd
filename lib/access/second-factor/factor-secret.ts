import 'server-only'
import type { AccessDeps } from '@/lib/access/deps'
import { openWithPersonKey, type PersonKey, sealWithPersonKey } from '@/lib/access/keys/person-key'
import type { SealedCell } from '@/lib/access/keys/seal'

type Deps = Pick<AccessDeps, 'master'>

/** A confirmed secret and one that is being set up are different cells, so that nobody can swap them in the database. */
export type FactorState = 'confirmed' | 'pending'

export function sealFactor({ master }: Deps, person: PersonKey, state: FactorState, secret: string): string {
  return sealWithPersonKey(master, person, cellOf(person.id, state), secret)
}

export function openFactor({ master }: Deps, person: PersonKey, state: FactorState, sealed: string): string {
  return openWithPersonKey(master, person, cellOf(person.id, state), sealed)
}

function cellOf(row: string, state: FactorState): SealedCell {
  if (state === 'confirmed') return { table: 'people', column: 'totp_sealed', row }
  return { table: 'second_factors', column: 'pending_sealed', row }
}
