import type { ReactNode } from 'react'
import type { Theme } from '@/components/i18n/locale'
import { pickMessages } from '@/components/i18n/messages'
import type { Words } from '@/components/i18n/words'
import { AppProblem } from './app-problem'
import { SearchBoxKeys } from './box/search-box-keys'
import { Demo, DemoControls } from './demo'
import { Header } from './header'
import { PageKeysLater } from './keys/page-keys-later'
import { MenuKeys } from './menu-keys'
import { BottomBar, type Page, Rail } from './rail'
import { StorageFull } from './storage-full'
import type { Viewer } from './viewer'

interface Props {
  viewer: Viewer
  current: Page
  words: Words
  theme: Theme
  children: ReactNode
}

/** Renders what surrounds every signed-in page: skip link, demo mark, rail, header and the content column. */
export function Frame({ viewer, current, words, theme, children }: Props) {
  return (
    <>
      <a
        href="#content"
        className="button fixed start-3 top-3 z-50 -translate-y-16 focus-visible:translate-y-0 motion-reduce:transition-none"
      >
        {words.t('common.skip')}
      </a>
      <MenuKeys />
      <SearchBoxKeys />
      <PageKeysLater locale={words.locale} messages={pickMessages(words.locale, ['keys'])} />
      <div className="flex min-h-dvh">
        <Rail viewer={viewer} current={current} words={words} />
        <div className="min-w-0 flex-1">
          {viewer.app?.demo && (
            <Demo words={words}>
              <DemoControls viewer={viewer} words={words} />
            </Demo>
          )}
          <Header viewer={viewer} current={current} words={words} theme={theme} />
          <main
            id="content"
            tabIndex={-1}
            className="mx-auto max-w-[1280px] px-3 pt-3 pb-5 outline-none max-sm:pb-24 sm:px-6"
          >
            {viewer.app && (
              <p className="mb-2 hidden font-semibold print:block">
                {viewer.app.name} · {viewer.app.sdkAppId}
              </p>
            )}
            {viewer.full && <StorageFull words={words} />}
            {/* These two pages show the problem with their own data and refresh it. */}
            {current !== 'overview' && current !== 'system' && <AppProblem viewer={viewer} words={words} />}
            {children}
          </main>
        </div>
      </div>
      <BottomBar viewer={viewer} current={current} words={words} />
    </>
  )
}
