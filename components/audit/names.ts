import { isoDay, second } from '@/components/i18n/time'
import type { MessageKey, Words } from '@/components/i18n/words'
import { stripControls } from '@/components/ui/strip-controls'
import type { AuditEntryReply, AuditName } from '@/lib/contract/access/audit'
import { EVERY_APP, ROLES } from '@/lib/contract/roles'

/** Returns `2026-11-20 14:05:09`, with the year, because entries are kept without a time limit. */
export function moment(iso: string, tz: string): string {
  return `${isoDay(iso, tz)} ${second(iso, tz)}`
}

/** Returns what people call a person, a token, or what acts without either. */
export function nameText({ kind, id, name }: AuditName, { t }: Words): string {
  switch (kind) {
    case 'person':
      return name === null ? `${t('audit.actor.removedPerson')} ${id.slice(0, 8)}` : stripControls(name)
    case 'token':
      return name === null
        ? `${t('audit.actor.removedToken')} ${id.slice(0, 8)}`
        : t('audit.actor.token', { name: stripControls(name) })
    case 'command line':
      return t('audit.actor.commandLine')
    case 'environment':
      return t('audit.actor.environment')
    case 'other':
      return id === 'anonymous' ? t('audit.actor.anonymous') : stripControls(id)
  }
}

/** Returns what was done, in words. An action without words, of a newer version, is shown as it is stored. */
export function actionText(action: string, { t, has }: Words): string {
  if (action.startsWith('export.')) return t('audit.export', { report: action.slice('export.'.length) })
  const key = `audit.action.${action.replaceAll('.', '_')}`
  return has(key) ? t(key as MessageKey) : stripControls(action)
}

/** Returns the rest of an entry as `days: 7 · Viewer · all apps`. What another column shows is left out. */
export function detailText({ detail, subject }: AuditEntryReply, words: Words): string {
  return Object.entries(detail)
    .filter(([, value]) => value !== null && value !== subject?.id)
    .map(([name, value]) =>
      name === 'roles' ? rolesText(String(value), words) : `${name}: ${stripControls(String(value))}`,
    )
    .join(' · ')
}

/** Reads roles as the audit stores them, such as `*:viewer 1400187352:support`. Anything else is shown as it is. */
function rolesText(stored: string, { t }: Words): string {
  const texts = stored.split(' ').map((one) => {
    const [, app = '', name = ''] = /^(.+):(\w+)$/.exec(one) ?? []
    const role = ROLES.find((known) => known === name)
    if (!role) return stripControls(one)
    const where = app === EVERY_APP ? t('people.everyApp') : stripControls(app)
    return t('people.roleOn', { role: t(`common.role.${role}`), where })
  })
  return texts.join(', ')
}

/** Returns what the action was done to: an app, a person or token, the code of a user. Empty where it is the actor. */
export function targetTexts({ app, subject, subjectHash, action, actor }: AuditEntryReply, words: Words): string[] {
  const { t } = words
  const isUser = subjectHash !== null && /lookup$|^user\./.test(action)
  return [
    subject && subject.id !== actor.id ? nameText(subject, words) : null,
    isUser ? t('audit.user', { code: subjectHash.slice(0, 8) }) : null,
    app && (app.name === null ? t('audit.removedApp', { id: app.id }) : stripControls(app.name)),
  ].filter((text) => text !== null)
}
