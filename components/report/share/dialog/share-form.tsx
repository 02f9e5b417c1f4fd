import type { Words } from '@/components/i18n/words'
import { SHARE_PRESETS, type SharePreset } from '@/lib/contract/shares/pages'
import { contentTexts } from '../scope-text'
import { AccessFields } from './access-fields'
import { contentOf, type DraftProblem, type ShareDraft, type ShareOffer, withPreset } from './draft'
import { Group, Radio, TextField } from './fields'
import { ScopeFields } from './scope-fields'
import { SharePreview } from './share-preview'

export interface FormProps {
  offer: ShareOffer
  draft: ShareDraft
  problems: readonly DraftProblem[]
  needsPassword: boolean
  onChange(draft: ShareDraft): void
  onNeedPassword(needed: boolean): void
  words: Words
}

/** The fields of a new link, in the order of the decisions: for whom, what, how long, who gets in. */
export function ShareForm(props: FormProps) {
  const { offer, draft, problems, onChange, onNeedPassword, words } = props
  const { t } = words
  const choose = (preset: SharePreset) => {
    onChange(withPreset(draft, preset, offer.shown))
    onNeedPassword(preset === 'partner')
  }
  const content = contentOf(draft, offer)
  return (
    <>
      {draft.scope ? <Presets onChoose={choose} words={words} /> : null}
      <TextField
        field="name"
        label={t('shares.dialog.name')}
        hint={t('shares.dialog.nameHint')}
        value={draft.name}
        maxLength={80}
        problems={problems}
        onValue={(name) => onChange({ ...draft, name })}
        words={words}
      />
      {draft.scope ? (
        <>
          <Group legend={t('shares.dialog.kind')}>
            {(['live', 'frozen'] as const).map((kind) => (
              <Radio
                key={kind}
                name="kind"
                checked={draft.isFrozen === (kind === 'frozen')}
                onChoose={() => onChange({ ...draft, isFrozen: kind === 'frozen' })}
              >
                {t(`shares.dialog.${kind}`)}{' '}
                <span className="text-13 text-second">{t(`shares.dialog.${kind}Meaning`)}</span>
              </Radio>
            ))}
          </Group>
          <ScopeFields {...props} scope={draft.scope} onScope={(scope) => onChange({ ...draft, scope })} />
        </>
      ) : (
        <Group legend={t('shares.dialog.personal')}>
          <label className="flex min-h-6 items-center gap-2">
            <input
              type="checkbox"
              className="accent-accent"
              checked={draft.pseudonyms}
              onChange={(event) => onChange({ ...draft, pseudonyms: event.target.checked })}
            />
            {t('shares.dialog.pseudonyms')}
          </label>
          <p className="text-12 text-second">{t('shares.dialog.pseudonymsMeaning')}</p>
        </Group>
      )}
      <AccessFields {...props} />
      <section aria-labelledby="share-scope" className="rounded-6 bg-sunk px-3 py-2">
        <h3 id="share-scope" className="text-13 font-semibold">
          {t('shares.dialog.scope')}
        </h3>
        <ul className="mt-1 list-disc ps-5 text-13">
          {contentTexts(content, offer.tz, words).map((text) => (
            <li key={text}>{text}</li>
          ))}
        </ul>
      </section>
      {content.kind !== 'lookup' && <SharePreview app={offer.app} scope={content.scope} words={words} />}
    </>
  )
}

function Presets({ onChoose, words: { t } }: { onChoose(preset: SharePreset): void; words: Words }) {
  return (
    <Group legend={t('shares.dialog.for')}>
      <div className="grid gap-2 sm:grid-cols-3">
        {SHARE_PRESETS.map((preset) => (
          <button
            key={preset}
            type="button"
            className="rounded-6 border border-line px-3 py-2 text-start hover:bg-sunk"
            onClick={() => onChoose(preset)}
          >
            <span className="block font-medium">{t(`shares.dialog.preset.${preset}`)}</span>
            <span className="block text-12 text-second">{t(`shares.dialog.preset.${preset}Meaning`)}</span>
          </button>
        ))}
      </div>
      <p className="mt-2 text-12 text-second">{t('shares.dialog.colleague')}</p>
    </Group>
  )
}
