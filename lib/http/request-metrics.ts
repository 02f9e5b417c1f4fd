import 'server-only'
import { Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client'

const KEY = Symbol.for('pushlens.requests')
const IDS_BEGIN = 4

interface RequestMetrics {
  registry: Registry
  count: Counter<'route' | 'method' | 'status'>
  seconds: Histogram<'route' | 'method'>
}

/** There is one per process. It is on globalThis, because Next evaluates modules more than once. */
export function requestMetrics(): RequestMetrics {
  const holder = globalThis as { [KEY]?: RequestMetrics }
  holder[KEY] ??= create()
  return holder[KEY]
}

function create(): RequestMetrics {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const count = new Counter({
    name: 'pushlens_http_requests_total',
    help: 'Requests to the API, by route pattern',
    labelNames: ['route', 'method', 'status'] as const,
    registers: [registry],
  })
  const seconds = new Histogram({
    name: 'pushlens_http_request_duration_seconds',
    help: 'Time to answer a request to the API, by route pattern',
    labelNames: ['route', 'method'] as const,
    buckets: [0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10, 30],
    registers: [registry],
  })
  return { registry, count, seconds }
}

/**
 * Turns `/api/v1/apps/1400187352/funnel` into `/api/v1/apps/[app]/funnel`, since each ID would make a series of its own.
 * From the fourth segment on, names and IDs alternate, so that a name is never mistaken for an equal ID.
 */
export function patternOf(path: string, params: Record<string, string>): string {
  const names = new Map(Object.entries(params).map(([name, value]) => [value, name]))
  return path
    .split('/')
    .map((segment, i) => {
      const name = i >= IDS_BEGIN && i % 2 === 0 ? names.get(decoded(segment)) : undefined
      return name === undefined ? segment : `[${name}]`
    })
    .join('/')
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}
