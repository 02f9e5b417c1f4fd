import 'server-only'

export interface Message {
  id: string
  text: string
}

/** Feishu and Lark, DingTalk and WeCom each want their own shape; Slack and whatever is like it take a plain `text`. */
const SHAPES: [RegExp, (message: Message) => unknown][] = [
  [/^open\.(feishu\.cn|larksuite\.com)$/, ({ text }) => ({ msg_type: 'text', content: { text } })],
  [/^(oapi\.dingtalk\.com|qyapi\.weixin\.qq\.com)$/, ({ text }) => ({ msgtype: 'text', text: { content: text } })],
  [/^hooks\.slack(-gov)?\.com$/, ({ text }) => ({ text })],
]

/** The JSON that the service behind this host takes. One body for all cannot be: `text` is a string to some, an object to others. */
export function bodyFor(host: string, message: Message): string {
  const shape = SHAPES.find(([pattern]) => pattern.test(host))?.[1]
  return JSON.stringify(shape ? shape(message) : { id: message.id, text: message.text })
}
