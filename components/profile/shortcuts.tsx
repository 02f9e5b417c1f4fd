'use client'
import { KeysSwitch } from '@/components/frame/keys/keys-switch'
import type { Keys } from '@/components/i18n/locale'
import { createWords } from '@/components/i18n/words'
import type { Texts } from './texts'

/** Switches the shortcuts of a single key, which a person may no longer be able to reach by `?`. */
export function Shortcuts({ keys, locale, messages }: Texts & { keys: Keys }) {
  return <KeysSwitch initial={keys} words={createWords(locale, messages)} />
}
