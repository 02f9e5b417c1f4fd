import type { ReactNode } from 'react'
import type { Words } from '@/components/i18n/words'

export interface LookupFields {
  pushId: string
  taskId: string
  userId: string
}

interface Props {
  app: string | null
  fields: LookupFields
  words: Words
}

/** Two small forms by GET: they work without JavaScript, and the page they lead to can be kept as an address. */
export function Forms({ app, fields, words: { t } }: Props) {
  return (
    <div className="grid gap-4 md:grid-cols-[2fr_3fr]">
      <LookupForm
        app={app}
        title={t('lookup.form.push')}
        hint={t('lookup.form.pushIdHint')}
        submit={t('lookup.form.submit')}
      >
        <Field name="pushId" label={t('lookup.form.pushId')} value={fields.pushId} hint="push-hint" />
      </LookupForm>
      <LookupForm
        app={app}
        title={t('lookup.form.task')}
        hint={t('lookup.form.taskHint')}
        submit={t('lookup.form.submit')}
        campaign
      >
        <Field name="taskId" label={t('lookup.form.taskId')} value={fields.taskId} hint="task-hint" />
        <Field name="userId" label={t('lookup.form.userId')} value={fields.userId} hint="task-hint" />
      </LookupForm>
    </div>
  )
}

interface FormProps {
  app: string | null
  title: string
  hint: string
  submit: string
  campaign?: boolean
  children: ReactNode
}

function LookupForm({ app, title, hint, submit, campaign, children }: FormProps) {
  const name = campaign ? 'task' : 'push'
  return (
    <form
      action="/lookup"
      method="get"
      aria-labelledby={`${name}-title`}
      className="card flex flex-col gap-3 p-4 sm:p-5"
    >
      <h2 id={`${name}-title`} className="font-semibold">
        {title}
      </h2>
      {app !== null && <input type="hidden" name="app" value={app} />}
      <div className="flex flex-wrap items-end gap-3">
        {children}
        <button type="submit" className="button min-h-9 max-sm:w-full">
          {submit}
        </button>
      </div>
      <p id={`${name}-hint`} className="text-12 text-second">
        {hint}
      </p>
    </form>
  )
}

function Field({ name, label, value, hint }: { name: string; label: string; value: string; hint: string }) {
  return (
    <label className="min-w-0 flex-1 basis-40 text-13 font-medium">
      {label}
      <input
        className="field mt-1 font-mono text-13 font-normal"
        name={name}
        key={value}
        defaultValue={value}
        required
        maxLength={200}
        aria-describedby={hint}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
      />
    </label>
  )
}
