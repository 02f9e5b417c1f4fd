import Link from 'next/link'
import type { ReactNode } from 'react'
import type { Words } from '@/components/i18n/words'
import { pageHref } from '@/lib/contract/links'
import { DemoSpeed } from './demo-speed'
import { appParam, mayAdminister, type Viewer } from './viewer'

/** Marks every page of a demo, so that nobody takes invented numbers for real ones. `children` follow the mark. */
export function Demo({ words, children }: { words: Words; children?: ReactNode }) {
  return (
    <aside
      aria-label={words.t('common.demo')}
      title={words.t('common.demoMeaning')}
      className="flex flex-wrap items-center justify-center gap-x-4 bg-accent-soft px-4 py-1 text-12 text-on-accent-soft"
    >
      <span className="font-semibold">{words.t('common.demo')}</span>
      {children}
    </aside>
  )
}

/** Lets an administrator of a demo slow it down to Tencent's speed, to see how calls wait for their turn. */
export function DemoControls({ viewer, words: { t } }: { viewer: Viewer; words: Words }) {
  const { app, paced = false } = viewer
  if (!app || !mayAdminister(viewer)) return null
  return (
    <span className="flex flex-wrap items-center gap-x-3 print:hidden">
      <DemoSpeed
        app={app.id}
        paced={paced}
        text={t(paced ? 'common.demoSpeed.fast' : 'common.demoSpeed.slow')}
        failed={t('common.demoSpeed.failed')}
      />
      {paced && (
        <Link prefetch={false} href={pageHref('system', appParam(viewer))} className="underline">
          {t('common.demoSpeed.see')}
        </Link>
      )}
    </span>
  )
}
