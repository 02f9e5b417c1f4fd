import type { ReactNode } from 'react'
import type { Words } from '@/components/i18n/words'
import { Mark } from '@/components/ui/icon'

interface Props {
  language: ReactNode
  words: Words
  children: ReactNode
}

/** Renders what a link shows before it opens, and instead of opening. It links nowhere: visitors have no account. */
export function Card({ language, words, children }: Props) {
  return (
    <main className="mx-auto grid min-h-dvh w-full max-w-110 content-start gap-6 px-4 pt-[8dvh] pb-6">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <p className="flex items-center gap-2.5 text-16 font-semibold">
          <Mark size={28} />
          {words.t('shared.title')}
        </p>
        {language}
      </div>
      <div className="card p-6">{children}</div>
    </main>
  )
}
