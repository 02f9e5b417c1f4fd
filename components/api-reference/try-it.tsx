'use client'
import { type FormEvent, useMemo, useState } from 'react'
import type { Locale } from '@/components/i18n/locale'
import { createWords, type Messages } from '@/components/i18n/words'
import { useHydrated } from '@/components/ui/hydrated'
import { type SentRequest, sendRequest } from '@/lib/browser/try-request'
import { RequestFields } from './request-fields'
import { curlOf, type RequestInput, requestUrl } from './request-url'

/** More is cut: a page of a million characters does not help. */
const MOST_CHARS = 100_000

interface Props {
  method: string
  path: string
  inputs: RequestInput[]
  /** A body to start from; null where the request has none. */
  body: string | null
  /** A token may send the same. */
  byToken: boolean
  origin: string
  locale: Locale
  messages: Partial<Messages>
}

/** Sends a request as the person who is signed in, and shows the answer as it is. */
export function TryIt({ method, path, inputs: given, body: sample, byToken, origin, locale, messages }: Props) {
  const words = useMemo(() => createWords(locale, messages), [locale, messages])
  const { t } = words
  const hydrated = useHydrated()
  const [inputs, setInputs] = useState(given)
  const [body, setBody] = useState(sample)
  const [sent, setSent] = useState<SentRequest | 'busy' | 'bad_json' | 'failed' | null>(null)
  const url = requestUrl(path, inputs)
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (body !== null && !isJson(body)) return setSent('bad_json')
    setSent('busy')
    setSent((await sendRequest(method, url, body)) ?? 'failed')
  }
  return (
    <section className="card space-y-4 p-5 max-sm:p-4" aria-labelledby="try-it">
      <div>
        <h3 id="try-it" className="font-semibold">
          {t('api-docs.try.title')}
        </h3>
        <p className="text-13 text-second">
          {t('api-docs.try.lead')}{' '}
          {method !== 'GET' && <span className="font-medium text-warn">{t('api-docs.try.changes')}</span>}
        </p>
      </div>
      <form method="post" className="needs-script space-y-3" onSubmit={submit}>
        <RequestFields inputs={inputs} change={setInputs} words={words} />
        {body !== null && (
          <label className="block text-13 font-medium">
            {t('api-docs.try.body')}
            <textarea
              className="field mt-1 min-h-32 font-mono text-13 font-normal"
              value={body}
              spellCheck={false}
              onChange={(event) => setBody(event.target.value)}
            />
          </label>
        )}
        <button
          type="submit"
          className="button max-sm:min-h-11"
          data-kind="main"
          disabled={!hydrated || sent === 'busy'}
        >
          {t(sent === 'busy' ? 'api-docs.try.busy' : 'api-docs.try.send')}
        </button>
        <p role="alert" className="text-13 text-bad empty:hidden">
          {sent === 'bad_json' && t('api-docs.try.badJson')}
          {sent === 'failed' && t('api-docs.try.failed')}
        </p>
      </form>
      <noscript>
        <p>{t('api-docs.try.script')}</p>
      </noscript>
      {sent !== null && typeof sent === 'object' && (
        <div aria-live="polite">
          <h4 className="font-medium">{t('api-docs.try.status', { status: String(sent.status), ms: sent.ms })}</h4>
          <Block>{sent.text.slice(0, MOST_CHARS)}</Block>
          {sent.text.length > MOST_CHARS && <p className="text-12">{t('api-docs.try.cut', { n: MOST_CHARS })}</p>}
        </div>
      )}
      {byToken && (
        <div>
          <h4 className="text-13 font-medium">{t('api-docs.try.curl')}</h4>
          <Block>{curlOf(method, `${origin}${url}`, body)}</Block>
        </div>
      )}
    </section>
  )
}

function Block({ children }: { children: string }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard
    <pre tabIndex={0} className="mt-1 max-h-120 overflow-auto rounded-6 bg-sunk p-3 font-mono text-12">
      {children}
    </pre>
  )
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
