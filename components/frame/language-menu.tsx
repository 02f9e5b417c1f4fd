import { LANGUAGE_NAMES, LOCALES } from '@/components/i18n/locale'
import type { Words } from '@/components/i18n/words'
import { Icon } from '@/components/ui/icon'
import { Menu } from '@/components/ui/menu'
import { Preference } from './preference'

/** Each language in its own words, inside and outside the door. */
export function LanguageMenu({ words }: { words: Words }) {
  return (
    <Menu end label={words.t('common.language.label')} icon={<Icon name="language" />}>
      <ul>
        <Preference
          name="locale"
          current={words.locale}
          options={LOCALES.map((value) => ({ value, label: LANGUAGE_NAMES[value] }))}
        />
      </ul>
    </Menu>
  )
}
