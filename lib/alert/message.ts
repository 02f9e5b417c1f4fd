import 'server-only'

export interface Message {
  id: string
  text: string
}

/** Feishu and Lark, and DingTalk and WeCom, need their own shapes. Slack takes a plain `text`. */
const SHAPES: [RegExp, (message: Message) => unknown][] = [
  [/^open\.(feishu\.cn|larksuite\.com)$/, ({ text }) => ({ msg_type: 'text', content: { text } })],
  [/^(oapi\.dingtalk\.com|qyapi\.weixin\.qq\.com)$/, ({ text }) => ({ msgtype: 'text', text: { content: text } })],
  [/^hooks\.slack(-gov)?\.com$/, ({ text }) => ({ text })],
]

/** Returns the JSON body for the service at this host. One body cannot fit all: `text` is a string or an object. */
export function bodyFor(host: string, message: Message): string {
  const shape = SHAPES.find(([pattern]) => pattern.test(host))?.[1]
  return JSON.stringify(shape ? shape(message) : { id: message.id, text: message.text })
}
