import { appParam, mayEdit } from '@/components/frame/viewer'
import { Code } from '@/components/losses/code'
import { readExample, readLosses, readReasons, readUserHref } from '@/lib/http/pages/losses'
import { appPage, type PageProps, pageTitle } from '../../app-page'

export const generateMetadata = () => pageTitle('losses.title')

/**
 * `q` is text that someone typed. `code` is a code from a report. Both are searched in the losses and in the
 * dictionary.
 */
export default function CodePage(props: PageProps) {
  return appPage(props, 'losses', async ({ page, search, words }) => {
    const asked = search.code ?? search.q
    if (typeof asked !== 'string') return { error: 'bad_request' }
    const code = asked.trim()
    const [answer, found] = await Promise.all([readLosses(page, search, ['code', 'q']), readReasons(page, code)])
    if ('error' in answer) return { error: answer.error }
    if ('error' in found) return { error: found.error }
    const [example, user] = await Promise.all([readExample(page, answer.query.source, code), readUserHref(page, code)])
    return (
      <Code
        app={page.app.id}
        appParam={appParam(page)}
        view={{ ...answer.query, tag: answer.tag?.tag }}
        tag={answer.tag}
        code={code}
        entries={found.items}
        mayEdit={mayEdit(page)}
        subject={{ app: page.app.name, sdkAppId: page.app.sdkAppId, demo: page.app.demo }}
        example={example}
        user={user}
        nowMs={answer.nowMs}
        reply={answer.reply}
        words={words}
      />
    )
  })
}
