import Link from 'next/link'
import { THEMES, type Theme } from '@/components/i18n/locale'
import type { Words } from '@/components/i18n/words'
import { Icon } from '@/components/ui/icon'
import { Menu } from '@/components/ui/menu'
import { pageHref } from '@/lib/contract/links'
import { SearchBox } from './box/search-box'
import { CollectingDot } from './collecting-dot'
import { LanguageMenu } from './language-menu'
import { Preference } from './preference'
import type { Page } from './rail'
import { SignOut } from './sign-out'
import { appParam, type Viewer } from './viewer'

interface Props {
  viewer: Viewer
  current: Page
  words: Words
  theme: Theme
}

export function Header({ viewer, current, words, theme }: Props) {
  return (
    <header className="no-print sticky top-0 z-20 flex h-14 items-center gap-2 border-b border-line bg-ground px-3 sm:px-6">
      <AppName viewer={viewer} current={current} words={words} />
      <CollectingDot viewer={viewer} words={words} />
      <div className="search-box-small mx-auto w-full max-w-90 min-w-0">
        <SearchBox viewer={viewer} words={words} />
      </div>
      <div className="ms-auto flex shrink-0 items-center">
        <Menu end label={words.t('common.theme.label')} icon={<Icon name="theme" />}>
          <ul>
            <Preference
              name="theme"
              current={theme}
              options={THEMES.map((value) => ({ value, label: words.t(`common.theme.${value}`) }))}
            />
          </ul>
        </Menu>
        <LanguageMenu words={words} />
        {viewer.person && (
          <Menu end label={words.t('common.person.label')} icon={<Icon name="person" />}>
            <div className="border-b border-line px-2.5 py-2">
              <p className="font-semibold">{viewer.person.name}</p>
              <p className="text-13 break-all text-second">{viewer.person.email}</p>
              {viewer.app && <p className="mt-1 text-13 text-second">{words.t(`common.role.${viewer.app.role}`)}</p>}
            </div>
            <Link prefetch={false} href={pageHref('profile', appParam(viewer))} className="menu-item">
              {words.t('settings.nav.profile')}
            </Link>
            <SignOut label={words.t('common.person.signOut')} />
          </Menu>
        )}
      </div>
    </header>
  )
}

function AppName({ viewer, current, words }: Omit<Props, 'theme'>) {
  const { app, apps } = viewer
  if (!app) return <p className="px-2 font-semibold">{words.t('common.app.none')}</p>
  const name = (
    <span className="flex min-w-0 items-baseline gap-2">
      <span className="truncate font-semibold">{app.name}</span>
      {isNamed(app) && <span className="shrink-0 font-mono text-12 text-second">{app.sdkAppId}</span>}
    </span>
  )
  if (apps.length < 2 && !viewer.administersAll) return <div className="min-w-0 px-2">{name}</div>
  const button = (
    <>
      <span className="sr-only">{words.t('common.app.choose')}</span>
      {name}
      <Icon name="chevron" size={16} />
    </>
  )
  return (
    <Menu className="min-w-0" label={words.t('common.app.choose')} button={button}>
      <ul className="max-h-[70dvh] overflow-auto">
        {apps.map(({ id, name, sdkAppId }) => (
          <li key={id}>
            <Link
              prefetch={false}
              href={pageHref(current, apps.length > 1 ? id : null)}
              aria-current={id === app.id ? 'true' : undefined}
              className="menu-item justify-between gap-6"
            >
              <span>{name}</span>
              {isNamed({ name, sdkAppId }) && <span className="font-mono text-12 text-second">{sdkAppId}</span>}
            </Link>
          </li>
        ))}
      </ul>
      {viewer.administersAll && (
        <Link
          prefetch={false}
          href={pageHref('apps', apps.length > 1 ? app.id : null)}
          className="menu-item mt-1 border-t border-line text-second"
        >
          {words.t('common.app.manage')}
        </Link>
      )}
    </Menu>
  )
}

/** An app without a name of its own is called by its SDKAppID, which need not stand there twice. */
function isNamed({ name, sdkAppId }: { name: string; sdkAppId: number }): boolean {
  return !name.includes(String(sdkAppId))
}
