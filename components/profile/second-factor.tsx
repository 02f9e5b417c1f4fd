'use client'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import type { Locale } from '@/components/i18n/locale'
import { day } from '@/components/i18n/time'
import { createWords, type Messages, type Words } from '@/components/i18n/words'
import { useHydrated } from '@/components/ui/hydrated'
import { renewRecoveryCodes, startSecondFactor, turnOffSecondFactor } from '@/lib/browser/second-factor'
import type { SecondFactorStartReply, SecondFactorState } from '@/lib/contract/access/second-factor'
import { ProofForm } from './proof-form'
import { RecoveryCodes } from './recovery-codes'
import { Scan } from './scan'

interface Props {
  state: SecondFactorState
  /** The zone in which days are shown. */
  tz: string
  locale: Locale
  /** The namespaces errors and second-factor. */
  messages: Partial<Messages>
}

type Step = 'state' | 'prove' | 'renew' | 'turnOff' | { started: SecondFactorStartReply } | { codes: string[] }

/** The section of the profile in which a person sets up, moves and turns off two-factor authentication. */
export function SecondFactor({ state, tz, locale, messages }: Props) {
  const words = createWords(locale, messages)
  const { t } = words
  const router = useRouter()
  const [step, setStep] = useState<Step>('state')
  const back = () => setStep('state')
  const isOn = state.since !== null
  const finish = () => {
    back()
    router.refresh()
  }
  return (
    <section className="card space-y-4 p-5 max-sm:p-4" aria-labelledby="second-factor">
      <div>
        <h2 id="second-factor" className="text-16 font-semibold">
          {t('second-factor.title')}
        </h2>
        <p className="max-w-[70ch] text-second">{t('second-factor.lead')}</p>
        <noscript>
          <p className="mt-2">{t('second-factor.script')}</p>
        </noscript>
      </div>
      {step === 'state' && <State state={state} tz={tz} words={words} onStep={setStep} />}
      {step === 'prove' && (
        <ProofForm
          ask={isOn ? ['password', 'code'] : ['password']}
          codeHint={t('second-factor.moveCodeHint')}
          label={t('second-factor.continue')}
          submit={async ({ password, code }) =>
            setStep({ started: await startSecondFactor(isOn ? { password, code } : { password }) })
          }
          onCancel={back}
          words={words}
        />
      )}
      {typeof step === 'object' && 'started' in step && (
        <Scan started={step.started} onCodes={(codes) => setStep({ codes })} onCancel={back} words={words} />
      )}
      {step === 'renew' && (
        <ProofForm
          key="renew"
          ask={['code']}
          label={t('second-factor.renew')}
          submit={async ({ code }) => setStep({ codes: await renewRecoveryCodes(code) })}
          onCancel={back}
          words={words}
        >
          <p>{t('second-factor.renewMeaning')}</p>
        </ProofForm>
      )}
      {step === 'turnOff' && (
        <ProofForm
          key="turnOff"
          ask={['code']}
          danger
          label={t('second-factor.turnOff')}
          submit={async ({ code }) => {
            await turnOffSecondFactor(code)
            finish()
          }}
          onCancel={back}
          words={words}
        >
          <p>{t('second-factor.turnOffMeaning')}</p>
        </ProofForm>
      )}
      {typeof step === 'object' && 'codes' in step && (
        <RecoveryCodes codes={step.codes} onDone={finish} words={words} />
      )}
    </section>
  )
}

interface StateProps {
  state: SecondFactorState
  tz: string
  words: Words
  onStep: (step: Step) => void
}

/** Shows whether it is on, and what the person can do. */
function State({ state, tz, words: { t, locale }, onStep }: StateProps) {
  const hydrated = useHydrated()
  const { since, recoveryCodesLeft, required, hasPassword } = state
  const button = (step: 'prove' | 'renew' | 'turnOff', label: string, kind?: 'main') => (
    <button
      type="button"
      className="button needs-script max-sm:min-h-11"
      data-kind={kind}
      disabled={!hydrated}
      onClick={() => onStep(step)}
    >
      {label}
    </button>
  )
  if (!hasPassword) return <p>{t('second-factor.elsewhere')}</p>
  if (since === null) {
    return (
      <div className="flex flex-wrap items-center gap-4">
        <p className="font-medium">{t('second-factor.off')}</p>
        {button('prove', t('second-factor.setUp'), 'main')}
      </div>
    )
  }
  return (
    <div className="space-y-3">
      <div>
        <p className="font-medium text-good">{t('second-factor.on', { date: day(since, tz, locale) })}</p>
        <p className={recoveryCodesLeft < 3 ? 'text-warn' : 'text-second'}>
          {t('second-factor.left', { n: recoveryCodesLeft })}
        </p>
        {required && <p className="text-second">{t('second-factor.required')}</p>}
      </div>
      <div className="flex flex-wrap gap-2">
        {button('renew', t('second-factor.renew'))}
        {button('prove', t('second-factor.move'))}
        {!required && button('turnOff', t('second-factor.turnOff'))}
      </div>
    </div>
  )
}
