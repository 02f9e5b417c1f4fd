import { expect, test } from 'vitest'
import { wordsIn } from '@/components/i18n/testing/render'
import { notComparedText } from './not-compared'

const said = (from: string, to: string) => notComparedText({ from, to }, 'UTC', wordsIn('en'))

test('names the incomplete period, and never a period without length', () => {
  expect(said('2026-11-14T00:00:00Z', '2026-11-15T00:00:00Z')).toBe(
    'No comparison: 14 Nov 00:00 – 15 Nov 00:00 is incomplete',
  )
  for (const to of ['2026-11-14T03:00:00Z', '2026-11-14T02:00:00Z'])
    expect(said('2026-11-14T03:00:00Z', to)).toBe('No comparison: the range has no full hour')
})
