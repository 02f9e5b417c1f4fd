import { ENDPOINTS, type Endpoint } from '../protocol/admission'
import { FAULT_KINDS, type Fault } from '../protocol/faults'
import { BadRequest } from './bad-request'

const NUMBERS = ['sdkAppId', 'times', 'ms', 'code', 'factor', 'extra', 'platform'] as const
const OTHERS = ['kind', 'endpoint', 'text', 'variant', 'gzip'] as const
const KNOWN: readonly string[] = [...NUMBERS, ...OTHERS]
const WHERE: readonly (Endpoint | '*')[] = ['*', ...ENDPOINTS, 'query_online_status']

/** Parses a fault. Rejects misspelt fields, so that no test waits for a fault that never happens. */
export function faultOf(body: object): Fault {
  const given: Record<string, unknown> = { endpoint: '*', ...body }
  const unknown = Object.keys(given).find((name) => !KNOWN.includes(name))
  if (unknown) throw new BadRequest(`unknown field ${unknown}; the fields are: ${KNOWN.join(', ')}`)
  const kind = FAULT_KINDS.find((name) => name === given.kind)
  if (!kind) throw new BadRequest(`kind must be one of: ${FAULT_KINDS.join(', ')}`)
  const endpoint = WHERE.find((name) => name === given.endpoint)
  if (!endpoint) throw new BadRequest(`endpoint must be one of: ${WHERE.join(', ')}`)
  const fault: Fault = { kind, endpoint }
  for (const name of NUMBERS) {
    const value = given[name]
    if (value === undefined) continue
    if (typeof value !== 'number') throw new BadRequest(`${name} must be a number`)
    fault[name] = value
  }
  if (typeof given.text === 'string') fault.text = given.text
  if (given.variant === 'trailingComma' || given.variant === 'anonymousObject') fault.variant = given.variant
  else if (given.variant !== undefined) throw new BadRequest('variant must be trailingComma or anonymousObject')
  if (given.gzip === true) fault.gzip = true
  return fault
}
