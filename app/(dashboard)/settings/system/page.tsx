import { Forbidden } from '@/components/frame/forbidden'
import { Backups } from '@/components/system/backups'
import { MasterKey } from '@/components/system/master-key'
import { System } from '@/components/system/system'
import { VERSION } from '@/lib/contract/installation/version'
import { readBackups, readMasterKey, readStatus, readUntrustedProxy } from '@/lib/http/pages/system'
import { appPage, type PageProps, pageTitle } from '../../app-page'

export const generateMetadata = () => pageTitle('system.title')

export default function SystemPage(props: PageProps) {
  return appPage(props, 'system', async ({ page, words }) => {
    const [read, masterKey, backups, untrustedProxyAt] = await Promise.all([
      readStatus(page),
      readMasterKey(page),
      readBackups(page),
      readUntrustedProxy(),
    ])
    if (!('error' in read)) {
      return (
        <>
          <System reply={read} untrustedProxyAt={untrustedProxyAt} words={words} />
          {masterKey && <MasterKey state={masterKey} tz={page.app.utcOffset} words={words} />}
          {masterKey && backups && (
            <Backups reply={backups} keySource={masterKey.source} tz={page.app.utcOffset} words={words} />
          )}
          <p className="mt-4 text-13 text-second">{words.t('system.version', { version: VERSION })}</p>
        </>
      )
    }
    if (read.error === 'forbidden') return <Forbidden app={page.app} needs="system" words={words} />
    return { error: read.error }
  })
}
