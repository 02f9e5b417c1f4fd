'use client'
import { useState } from 'react'
import type { Locale } from '@/components/i18n/locale'
import { createWords, type Messages } from '@/components/i18n/words'
import { startSecondFactor } from '@/lib/browser/second-factor'
import type { SecondFactorStartReply } from '@/lib/contract/access/second-factor'
import { ProofForm } from './proof-form'
import { RecoveryCodes } from './recovery-codes'
import { Scan } from './scan'

interface Props {
  /** The page to open afterwards. It belongs to this server. */
  next: string
  locale: Locale
  messages: Partial<Messages>
}

/** The set-up that a role requires, after the password and before everything else. */
export function DueSetUp({ next, locale, messages }: Props) {
  const words = createWords(locale, messages)
  const [step, setStep] = useState<'start' | { started: SecondFactorStartReply } | { codes: string[] }>('start')
  if (step === 'start') {
    return (
      <ProofForm
        ask={[]}
        label={words.t('second-factor.due.start')}
        submit={async () => setStep({ started: await startSecondFactor({}) })}
        words={words}
      />
    )
  }
  if ('started' in step) return <Scan started={step.started} onCodes={(codes) => setStep({ codes })} words={words} />
  return <RecoveryCodes codes={step.codes} onDone={() => location.assign(next)} words={words} />
}
