import type { ReactNode } from 'react'
import { Demo } from '@/components/frame/demo'
import { LanguageMenu } from '@/components/frame/language-menu'
import { MenuKeys } from '@/components/frame/menu-keys'
import type { Words } from '@/components/i18n/words'
import { Mark } from '@/components/ui/icon'

/** Renders the page around the sign-in and setup forms: one card, the product's name and the language menu. */
export function AccessPage({
  title,
  lead,
  demo,
  words,
  children,
}: {
  /** Absent where the content has its own heading. */
  title?: string
  lead?: string
  demo: boolean
  words: Words
  children: ReactNode
}) {
  return (
    <div className="flex min-h-dvh flex-col">
      <MenuKeys />
      {demo && <Demo words={words} />}
      <div className="fixed end-3 top-8">
        <LanguageMenu words={words} />
      </div>
      <main className="mx-auto grid w-full max-w-100 flex-1 content-start gap-6 px-4 pt-[8dvh] pb-6">
        <p className="flex items-center gap-2.5 text-20 font-semibold tracking-[-0.01em]">
          <Mark size={28} />
          {words.t('common.name')}
        </p>
        <div className="card p-6 pb-3">
          {title && <h1 className="text-20 font-semibold">{title}</h1>}
          {lead && <p className="mt-2 text-second">{lead}</p>}
          <div className={title && 'mt-5'}>{children}</div>
        </div>
      </main>
    </div>
  )
}
