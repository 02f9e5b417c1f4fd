import type { ReactNode } from 'react'
import type { Words } from '@/components/i18n/words'
import { BarMenu } from './bar-menu'
import { PrintButton } from './print-button'

/** A file that the menu offers. `name` is the name under which a browser saves it. */
export interface ExportFile {
  label: string
  href: string
  name: string
}

interface Props {
  files: ExportFile[]
  /** An entry that saves the table of the page as a picture. */
  picture?: ReactNode
  words: Words
}

/** Offers a report as files, by links that work without JavaScript, and prints the page. */
export function ExportMenu({ files, picture, words: { t } }: Props) {
  return (
    <BarMenu end label={t('overview.export.label')} title={t('overview.export.meaning')}>
      <ul>
        {files.map(({ label, href, name }) => (
          <li key={href}>
            <a href={href} download={name} className="menu-item">
              {label}
            </a>
          </li>
        ))}
        {picture}
        <li className="needs-script">
          <PrintButton label={t('overview.export.print')} />
        </li>
      </ul>
    </BarMenu>
  )
}
