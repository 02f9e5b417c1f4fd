import { clsx } from 'clsx'
import type { ReactNode } from 'react'
import { appParam, mayLookUp, type Viewer } from '@/components/frame/viewer'
import type { Words } from '@/components/i18n/words'
import { Icon } from '@/components/ui/icon'
import { stripControls } from '@/components/ui/strip-controls'
import { PATHS } from '@/lib/contract/paths'
import { BoxCampaignsLater } from './box-campaigns-later'
import { SearchBoxForm } from './search-box-form'

interface Props {
  viewer: Viewer
  words: Words
  /** The initial text. */
  text?: string
  /** The larger form of the look-up page, with a button and a hint. */
  large?: boolean
}

/** Renders the box for pasted text. A viewer who may not look up users searches error codes instead. */
export function SearchBox({ viewer, words: { t }, text = '', large = false }: Props) {
  const { app } = viewer
  if (!app) return null
  if (!mayLookUp(viewer))
    return (
      <CodeSearch viewer={viewer} label={t('box.codeLabel')} hint={t('box.codePlaceholder')}>
        <BoxCampaignsLater app={app.id} appParam={appParam(viewer)} label={t('box.campaigns')} />
      </CodeSearch>
    )
  return (
    <SearchBoxForm app={app.id} appParam={appParam(viewer)} failed={t('box.failed')} label={t('box.label')}>
      <div className={clsx('search-box', large && 'search-box-large')}>
        <Icon name="lookup" size={16} />
        <textarea
          name="q"
          rows={1}
          key={text}
          defaultValue={stripControls(text)}
          data-search-field
          aria-label={t('box.label')}
          aria-describedby={large ? 'search-box-hint' : undefined}
          aria-keyshortcuts="Control+K Meta+K /"
          placeholder={t('box.placeholder')}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          enterKeyHint="search"
          dir="auto"
        />
        {large ? (
          <button type="submit" className="button" data-kind="main">
            {t('box.submit')}
          </button>
        ) : (
          <>
            <span className="search-box-key" title={t('box.keys')} aria-hidden="true">
              /
            </span>
            <button type="submit" className="sr-only focus:not-sr-only">
              {t('box.submit')}
            </button>
          </>
        )}
      </div>
      <BoxCampaignsLater app={app.id} appParam={appParam(viewer)} label={t('box.campaigns')} />
      {large && (
        <p id="search-box-hint" className="mt-2 text-13 text-second">
          {t('box.hint')}
        </p>
      )}
    </SearchBoxForm>
  )
}

interface CodeSearchProps {
  viewer: Viewer
  label: string
  hint: string
  children: ReactNode
}

function CodeSearch({ viewer, label, hint, children }: CodeSearchProps) {
  const app = appParam(viewer)
  return (
    <search className="relative w-full">
      <form action={PATHS.code} method="get" className="search-box">
        {app !== null && <input type="hidden" name="app" value={app} />}
        <Icon name="lookup" size={16} />
        <input
          name="code"
          required
          maxLength={200}
          data-search-field
          aria-label={label}
          aria-keyshortcuts="Control+K Meta+K /"
          placeholder={hint}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
        />
        <span className="search-box-key" aria-hidden="true">
          /
        </span>
        {children}
      </form>
    </search>
  )
}
