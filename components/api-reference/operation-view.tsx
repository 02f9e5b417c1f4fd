import { pickMessages } from '@/components/i18n/messages'
import type { Words } from '@/components/i18n/words'
import type { ApiAccess, OpenApiDocument } from '@/lib/contract/api/openapi'
import { limitsOf, type Operation } from './operations'
import { sampleBody } from './sample-body'
import { SchemaFields } from './schema-fields'
import { typeText } from './schema-type'
import { TryIt } from './try-it'

interface Props {
  operation: Operation
  summary: string
  api: OpenApiDocument
  app: string
  words: Words
}

/** Shows one operation: address, who may call it, what it takes, what it answers, and a form that sends it. */
export function OperationView({ operation, summary, api, app, words }: Props) {
  const { t, locale } = words
  const { method, path, parameters, requestBody } = operation
  const body = requestBody?.content['application/json']?.schema ?? null
  const named = api.components.schemas
  const inputs = parameters.map(({ name, required, schema, in: where }) => ({
    name,
    where,
    required,
    list: schema.type === 'array',
    options: schema.enum?.map(String) ?? null,
    value: name === 'app' ? app : '',
  }))
  return (
    <article className="min-w-0 space-y-5" aria-labelledby="operation">
      <section className="card space-y-2 p-5 max-sm:p-4">
        <h2 id="operation" className="text-16 font-semibold">
          {summary}
        </h2>
        <p className="font-mono text-13 break-all">
          <span className="font-semibold">{method}</span> {path}
        </p>
        <p className="text-13 text-second">{accessText(operation['x-access'], words)}</p>
      </section>
      <section className="card p-5 max-sm:p-4" aria-labelledby="request">
        <h3 id="request" className="mb-2 font-semibold">
          {t('api-docs.request')}
        </h3>
        {parameters.length > 0 && <Parameters operation={operation} words={words} />}
        {body && (
          <>
            <h4 className="mt-4 mb-1 text-13 font-medium">{t('api-docs.body')}</h4>
            <SchemaFields schema={body} named={named} words={words} />
          </>
        )}
        {parameters.length === 0 && !body && <p className="text-second">{t('api-docs.noParameters')}</p>}
      </section>
      <Answers operation={operation} named={named} words={words} />
      <TryIt
        method={method}
        path={path}
        inputs={inputs}
        body={body && JSON.stringify(sampleBody(body), null, 2)}
        byToken={operation.security.length === 0 || operation.security.some((one) => 'token' in one)}
        origin={api.servers[0]?.url ?? ''}
        locale={locale}
        messages={pickMessages(locale, ['api-docs'])}
      />
    </article>
  )
}

function accessText({ who, roles }: ApiAccess, { t }: Words): string {
  if (roles.length === 0) return t(who === 'signed_in' ? 'api-docs.access.signed_in' : 'api-docs.access.everybody')
  const names = roles.map((role) => t(`common.role.${role}`)).join(', ')
  return t(who === 'app' ? 'api-docs.access.app' : 'api-docs.access.all_apps', { n: roles.length, roles: names })
}

function Parameters({ operation, words }: { operation: Operation; words: Words }) {
  const { t } = words
  return (
    <ul className="divide-y divide-line">
      {operation.parameters.map((parameter) => {
        const limits = limitsOf(parameter.schema, words)
        return (
          <li key={parameter.name} className="py-2">
            <span className="font-mono text-13 font-semibold">{parameter.name}</span>{' '}
            <span className="font-mono text-12 break-words text-second">
              {typeText(parameter.schema, t('api-docs.anything'))}
            </span>{' '}
            <span className="text-12 text-second">
              {t(`api-docs.in.${parameter.in}`)} · {t(parameter.required ? 'api-docs.required' : 'api-docs.optional')}
            </span>
            {limits && <span className="block text-12 text-second">{limits}</span>}
          </li>
        )
      })}
    </ul>
  )
}

type AnswersProps = { operation: Operation; named: OpenApiDocument['components']['schemas']; words: Words }

function Answers({ operation, named, words }: AnswersProps) {
  const { t } = words
  return (
    <section className="card p-5 max-sm:p-4" aria-labelledby="answers">
      <h3 id="answers" className="mb-2 font-semibold">
        {t('api-docs.answers')}
      </h3>
      <ul className="divide-y divide-line">
        {Object.entries(operation.responses).map(([status, answer]) => {
          const schema = answer.content['application/json']?.schema
          return (
            <li key={status} className="py-2">
              <p>
                <span className="font-mono text-13 font-semibold">{status}</span>{' '}
                <span className="text-13 text-second">{answer.description}</span>
              </p>
              {'text/csv' in answer.content && <p className="text-12 text-second">{t('api-docs.csv')}</p>}
              {schema && <SchemaFields schema={schema} named={named} words={words} />}
            </li>
          )
        })}
      </ul>
    </section>
  )
}
