import type { Words } from '@/components/i18n/words'
import type { JsonSchema } from '@/lib/contract/api/openapi'
import { limitsOf } from './operations'
import { objectOf, typeText } from './schema-type'

/** Deeper fields are named by their type only. The description itself has all. */
const MOST_LEVELS = 5

interface Props {
  schema: JsonSchema
  named: Record<string, JsonSchema>
  words: Words
  level?: number
}

/** Lists the fields of an object with their types. A field with fields of its own can be opened. */
export function SchemaFields({ schema, named, words, level = 0 }: Props) {
  const object = objectOf(schema, named)
  if (!object?.properties) return null
  return (
    <ul className={level > 0 ? 'ms-2 border-s border-line ps-3' : ''}>
      {Object.entries(object.properties).map(([name, field]) => (
        <li key={name} className="py-1">
          <Field
            name={name}
            field={field}
            required={object.required?.includes(name) ?? false}
            named={named}
            words={words}
            level={level}
          />
        </li>
      ))}
    </ul>
  )
}

interface FieldProps extends Omit<Props, 'schema' | 'level'> {
  name: string
  field: JsonSchema
  required: boolean
  level: number
}

function Field({ name, field, required, named, words, level }: FieldProps) {
  const { t } = words
  const limits = limitsOf(field, words)
  const line = (
    <>
      <span className="font-mono text-13">{name}</span>{' '}
      <span className="font-mono text-12 break-words text-second">{typeText(field, t('api-docs.anything'))}</span>{' '}
      {!required && <span className="text-12 text-second">{t('api-docs.optional')}</span>}
      {limits && <span className="block text-12 text-second">{limits}</span>}
    </>
  )
  if (level >= MOST_LEVELS || objectOf(field, named) === null) return <div className="ps-4">{line}</div>
  return (
    <details>
      <summary className="min-h-6 ps-4 marker:content-none before:-ms-4 before:inline-block before:w-4 before:text-second before:content-['+'] [[open]>&]:before:content-['−']">
        {line}
      </summary>
      <SchemaFields schema={field} named={named} words={words} level={level + 1} />
    </details>
  )
}
