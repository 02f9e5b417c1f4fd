import type { Words } from '@/components/i18n/words'
import type { RequestInput } from './request-url'

interface Props {
  inputs: RequestInput[]
  change: (inputs: RequestInput[]) => void
  words: Words
}

/** Renders one field per parameter: a choice where the values are known, else a text. */
export function RequestFields({ inputs, change, words: { t } }: Props) {
  if (inputs.length === 0) return null
  const set = (name: string, value: string) =>
    change(inputs.map((one) => (one.name === name ? { ...one, value } : one)))
  return (
    <div className="grid gap-3 sm:grid-cols-2">
      {inputs.map(({ name, required, options, value }) => (
        <div key={name} className="text-13 font-medium">
          <label htmlFor={`try-${name}`}>
            <span className="font-mono">{name}</span>{' '}
            {required && <span className="font-normal text-second">{t('api-docs.required')}</span>}
          </label>
          {options ? (
            <select
              id={`try-${name}`}
              className="field mt-1 font-normal"
              value={value}
              required={required}
              onChange={(event) => set(name, event.target.value)}
            >
              <option value="" />
              {options.map((option) => (
                <option key={option} value={option}>
                  {option}
                </option>
              ))}
            </select>
          ) : (
            <input
              id={`try-${name}`}
              className="field mt-1 font-mono font-normal"
              value={value}
              required={required}
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
              onChange={(event) => set(name, event.target.value)}
            />
          )}
        </div>
      ))}
    </div>
  )
}
