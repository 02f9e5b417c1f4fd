import Link from 'next/link'
import type { Words } from '@/components/i18n/words'
import { stripControls } from '@/components/ui/strip-controls'
import type { AuditName } from '@/lib/contract/access/audit'
import type { AppReply } from '@/lib/contract/apps'
import { type AuditView, auditHref } from '@/lib/contract/links'
import { PATHS } from '@/lib/contract/paths'
import { actionText, nameText } from './names'

interface Props {
  appParam: string | null
  view: AuditView
  apps: AppReply[]
  choices: { actors: AuditName[]; actions: string[] }
  words: Words
}

/** Filters by person or token, action, app and days. A form that is sent by GET, so it needs no JavaScript. */
export function Filter({ appParam, view, apps, choices, words }: Props) {
  const { t } = words
  const byText = (a: { text: string }, b: { text: string }) => a.text.localeCompare(b.text, words.locale)
  const actors = choices.actors
    .map((actor) => ({ value: actorValue(actor), text: nameText(actor, words) }))
    .sort(byText)
  const actions = choices.actions.map((action) => ({ value: action, text: actionText(action, words) })).sort(byText)
  const abouts = apps.map(({ id, name }) => ({ value: id, text: stripControls(name) }))
  const select = (name: string, label: string, options: SelectProps['options'], value: string | undefined) => (
    <Select name={name} label={label} options={options} value={value} all={t('audit.filter.all')} />
  )
  const filtered = Object.values(view).some((value) => value !== undefined)
  return (
    <search className="no-print">
      <form action={PATHS.audit} method="get" className="flex flex-wrap items-end gap-3">
        {appParam !== null && <input type="hidden" name="app" value={appParam} />}
        {select('actor', t('audit.filter.who'), actors, view.actor)}
        {select('action', t('audit.filter.what'), actions, view.action)}
        {abouts.length > 1 && select('about', t('audit.filter.app'), abouts, view.about)}
        <Day name="from" label={t('audit.filter.from')} value={view.from} />
        <Day name="to" label={t('audit.filter.to')} value={view.to} />
        <div className="flex gap-2">
          <button type="submit" className="button min-h-9">
            {t('audit.filter.apply')}
          </button>
          {filtered && (
            <Link prefetch={false} href={auditHref(appParam, {})} className="button min-h-9">
              {t('audit.filter.clear')}
            </Link>
          )}
        </div>
      </form>
    </search>
  )
}

/** Returns an actor as the audit stores it. */
function actorValue({ kind, id }: AuditName): string {
  return kind === 'person' || kind === 'token' ? `${kind}:${id}` : id
}

interface SelectProps {
  name: string
  label: string
  options: { value: string; text: string }[]
  value: string | undefined
  all: string
}

function Select({ name, label, options, value, all }: SelectProps) {
  return (
    <label className="min-w-0 text-12 text-second max-sm:w-full">
      {label}
      <select
        key={value}
        name={name}
        defaultValue={value ?? ''}
        className="field mt-1 block min-h-9 max-w-60 min-w-32 max-sm:max-w-full"
      >
        <option value="">{all}</option>
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.text}
          </option>
        ))}
      </select>
    </label>
  )
}

function Day({ name, label, value }: { name: string; label: string; value: string | undefined }) {
  return (
    <label className="text-12 text-second">
      {label}
      <input key={value} type="date" name={name} defaultValue={value} className="field mt-1 block min-h-9 w-38!" />
    </label>
  )
}
