'use client'
import type { Locale } from '@/components/i18n/locale'
import { Mark } from '@/components/ui/icon'
import { PLAIN_OVERVIEW } from '@/lib/contract/paths'
import en from '@/messages/en/crash.json'
import ko from '@/messages/ko/crash.json'
import zh from '@/messages/zh-CN/crash.json'

const WORDS: Record<Locale, typeof en> = { en, 'zh-CN': zh, ko }

interface Props {
  locale: Locale
  reference: string | undefined
  retry: () => void
}

/** Shows that a page has failed. It contains its own texts, because the code that loads texts may be what failed. */
export function Crash({ locale, reference, retry }: Props) {
  const words = WORDS[locale]
  return (
    <main className="mx-auto grid min-h-dvh max-w-110 content-center gap-4 p-6">
      <Mark size={32} />
      <h1 className="text-20 font-semibold">{words.title}</h1>
      <p className="text-second">{words.detail}</p>
      {reference && (
        <p className="text-13 text-second">
          {words.reference} <code className="font-mono">{reference}</code>
        </p>
      )}
      <p className="flex gap-2">
        <button type="button" className="button" data-kind="main" onClick={retry}>
          {words.retry}
        </button>
        <a href={PLAIN_OVERVIEW} className="button">
          {words.home}
        </a>
      </p>
    </main>
  )
}
