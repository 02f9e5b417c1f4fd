import fc from 'fast-check'
import type { Vendor } from '@/lib/contract/vendors'
import type { Delivery } from '@/lib/report/funnel/counts'
import type { Presence, UserFacts } from '@/lib/report/trace/user-verdict'
import type { VendorHealth } from '@/lib/report/trace/vendor-health'
import { anyDevice } from './any-device'
import { PUSHED } from './devices'

const HOUR = 3_600
const falls = fc.constantFrom<VendorHealth['fell']>(
  null,
  { from: PUSHED - HOUR, to: null, atLeast: true },
  { from: PUSHED - HOUR, to: null, atLeast: false },
  { from: PUSHED - HOUR, to: PUSHED + HOUR, atLeast: true },
  { from: PUSHED - HOUR, to: PUSHED + HOUR, atLeast: false },
)

/** Any facts about a user, even contradictory ones. */
export const anyUser: fc.Arbitrary<UserFacts> = fc.record({
  presence: fc.constantFrom<Presence>(
    ...(['online', 'push_online', 'offline', null, 'no_such_user', 'off', 'failed', 'asking'] as const),
  ),
  traces: fc.array(
    fc.record({
      taskId: fc.constant('t'),
      sentAt: fc.constantFrom(PUSHED, null),
      devices: fc.array(anyDevice, { maxLength: 3 }),
    }),
    { maxLength: 4 },
  ),
  asking: fc.nat(5),
  unchecked: fc.nat(5),
  delivery: fc.constantFrom<Delivery>('reported', 'partial', 'unreported', 'unknown').map((one) => () => one),
  health: fc.array(
    fc.record({
      vendor: fc.constantFrom<Vendor>('xiaomi', 'oppo'),
      delivery: fc.constant<Delivery>('reported'),
      sent: fc.constant(900),
      delivered: fc.constant(30),
      rate: fc.constantFrom(0.03, null),
      before: fc.constantFrom(0.9, null),
      fell: falls,
    }),
    { maxLength: 2 },
  ),
  sdkAppId: fc.constant(1),
  nowS: fc.constant(PUSHED + 3 * HOUR),
})
