import { expect, test } from 'vitest'
import { ENDPOINTS } from '@/lib/contract/sources'
import { questionOf, refusal, sample } from './testing/samples'

/** Each error answer has the same meaning for every endpoint. */
const REFUSALS: Record<string, [string, string, number | null]> = {
  'batch.fail.json': ['upstream_bad_request', 'bad_request', 90001],
  'error.60007.json': ['upstream_too_fast', 'slow_down', 60007],
  'error.60009.json': ['upstream_bad_request', 'bad_request', 60009],
  'error.60010.json': ['upstream_not_admin', 'credential', 60010],
  'error.60011.json': ['upstream_too_fast', 'slow_down', 60011],
  'error.60018.json': ['upstream_too_fast', 'slow_down', 60018],
  'error.60020.json': ['upstream_billing', 'credential', 60020],
  'error.60025.json': ['upstream_credential', 'credential', 60025],
  'error.60026.json': ['upstream_wrong_region', 'credential', 60026],
  'error.70001.json': ['upstream_expired_signature', 'renew_signature', 70001],
  'error.70003.json': ['upstream_credential', 'credential', 70003],
  'error.70009.json': ['upstream_credential', 'credential', 70009],
  'error.70013.json': ['upstream_credential', 'credential', 70013],
  'error.70014.json': ['upstream_credential', 'credential', 70014],
  'error.70020.json': ['upstream_wrong_region', 'credential', 70020],
  'error.70050.json': ['upstream_credential', 'credential', 70050],
  'error.90009.json': ['upstream_not_admin', 'credential', 90009],
  'error.90045.json': ['upstream_not_enabled', 'not_enabled', 90045],
  'error.90100.json': ['upstream_bad_request', 'bad_request', 90100],
  'error.90102.json': ['upstream_internal', 'transient', 90102],
  'error.90103.json': ['upstream_unknown_user', 'bad_request', 90103],
  'error.91000.json': ['upstream_internal', 'transient', 91000],
  'error.fail_without_errorcode_string.json': ['upstream_bad_request', 'bad_request', 90100],
}

test.each(Object.entries(REFUSALS))('%s is refused as %j', (name, expected) => {
  for (const endpoint of ENDPOINTS) expect(refusal(questionOf(endpoint), sample(name))).toEqual(expected)
})

/** Text that is no answer of these endpoints is unreadable and may be retried. */
test.each([
  'error.http502.html',
  'callback.all_member_push.json',
  'callback.offline_push.json',
  'usersig.vector.json',
  'webhook_sign.vector.json',
  'README.md',
])('%s is not an answer of any endpoint', (name) => {
  for (const endpoint of ENDPOINTS) {
    expect(refusal(questionOf(endpoint), sample(name))).toEqual(['upstream_unreadable', 'transient', null])
  }
})
