import { LANGUAGE_NAMES, LOCALES } from '@/components/i18n/locale'
import type { Words } from '@/components/i18n/words'
import { Icon } from '@/components/ui/icon'
import { Menu } from '@/components/ui/menu'
import { Preference } from './preference'

/** Lists each language in its own words, on signed-in pages and on the sign-in page. */
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
