import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test, vi } from 'vitest'
import { LOCALES } from '@/components/i18n/locale'
import { visibleText, wordsIn } from '@/components/i18n/testing/render'
import { Backups } from './backups'

// The list needs the router of a page.
vi.mock('./backup-list', () => ({ BackupList: () => null }))

const reply = {
  ...{ supported: true, to: '/data/backups', everyHours: 24, keep: 7, items: [] },
  ...{ unreachable: false, failed: false },
}

test.each(LOCALES)('a failed schedule is told in %s', (locale) => {
  const words = wordsIn(locale)
  const shown = (failed: boolean) =>
    visibleText(
      renderToStaticMarkup(<Backups reply={{ ...reply, failed }} keySource="file" tz="Asia/Shanghai" words={words} />),
    )
  const sentence = words.t('system.backups.failed')
  expect([shown(true).includes(sentence), shown(false).includes(sentence)]).toEqual([true, false])
})
