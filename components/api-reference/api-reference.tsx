import Link from 'next/link'
import { textsOf } from '@/components/i18n/messages'
import type { Words } from '@/components/i18n/words'
import type { OpenApiDocument } from '@/lib/contract/api/openapi'
import { apiReferenceHref } from '@/lib/contract/links'
import { PATHS } from '@/lib/contract/paths'
import { OperationView } from './operation-view'
import { groupsOf, type Operation, operationsOf, summaryOf } from './operations'

interface Props {
  api: OpenApiDocument
  /** The ID of the operation to show; null for the first. */
  chosen: string | null
  /** The app that requests are tried on; '' where the viewer has none. */
  app: string
  mayCreateTokens: boolean
  words: Words
}

/** Renders the description of the API: all operations at the side, one of them in full. */
export function ApiReference({ api, chosen, app, mayCreateTokens, words }: Props) {
  const { t, locale } = words
  const texts: Record<string, string> = textsOf(locale)['api-docs'].operation
  const operations = operationsOf(api)
  const shown = operations.find(({ operationId }) => operationId === chosen) ?? operations[0]
  const list = <OperationList operations={operations} current={shown?.operationId ?? ''} texts={texts} />
  return (
    <div className="space-y-5">
      <div className="flex flex-wrap items-end justify-between gap-x-6 gap-y-2">
        <div className="max-w-[72ch]">
          <h1 className="text-20 font-semibold">{t('api-docs.title')}</h1>
          <p className="text-second">{t('api-docs.lead')}</p>
        </div>
        <p className="flex flex-wrap gap-x-4">
          <a href="/api/v1/openapi.json" className="link">
            {t('api-docs.download')}
          </a>
          {mayCreateTokens && (
            <Link prefetch={false} href={PATHS.tokens} className="link">
              {t('api-docs.tokens')}
            </Link>
          )}
        </p>
      </div>
      <div className="grid items-start gap-5 lg:grid-cols-[300px_minmax(0,1fr)]">
        <nav aria-label={t('api-docs.operations')} className="card max-lg:hidden">
          {list}
        </nav>
        <details className="card lg:hidden">
          <summary className="flex min-h-11 items-center px-4 font-medium">{t('api-docs.choose')}</summary>
          <nav aria-label={t('api-docs.operations')}>{list}</nav>
        </details>
        {shown && (
          <OperationView
            key={shown.operationId}
            operation={shown}
            summary={summaryOf(shown, texts)}
            api={api}
            app={app}
            words={words}
          />
        )}
      </div>
    </div>
  )
}

interface ListProps {
  operations: Operation[]
  current: string
  texts: Record<string, string>
}

function OperationList({ operations, current, texts }: ListProps) {
  return (
    <ul className="px-2 py-2">
      {groupsOf(operations).map(([tag, group]) => (
        <li key={tag} className="py-1">
          <p className="px-2 py-1 font-mono text-12 text-second">{tag}</p>
          <ul>
            {group.map((operation) => (
              <li key={operation.operationId}>
                <Link
                  prefetch={false}
                  href={apiReferenceHref(operation.operationId)}
                  aria-current={operation.operationId === current ? 'page' : undefined}
                  className="flex min-h-8 items-baseline gap-2 rounded-6 px-2 py-1 text-13 hover:bg-sunk aria-[current=page]:bg-sunk aria-[current=page]:font-semibold max-lg:min-h-11"
                >
                  <span className="w-13 shrink-0 font-mono text-12 text-second">{operation.method}</span>
                  {summaryOf(operation, texts)}
                </Link>
              </li>
            ))}
          </ul>
        </li>
      ))}
    </ul>
  )
}
