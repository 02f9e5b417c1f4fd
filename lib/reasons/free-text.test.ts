import { describe, expect, test } from 'vitest'
import type { Cause } from './causes'
import { causeOfText } from './free-text'

/** Wordings that are in no table of the dictionary. */
const WORDINGS: readonly [Cause, readonly string[]][] = [
  ['certificate_missing', ['certificate id missing for this device', '该设备未配置证书', 'Cert ID is not set']],
  ['token_missing', ['device token is not uploaded yet', '设备没有上报token', '未上传 Token']],
  ['session_expired', ['the access token has expired', 'JWT is expired', 'accessToken已过期']],
  ['notifications_off', ['notifications are disabled by the user', '用户通知已关闭', '用户关闭了应用通知']],
  [
    'token_gone',
    ['设备已卸载应用', 'device unregistered', '该设备未安装此应用', 'token已失效', 'Token invalid', 'regid 不存在'],
  ],
  ['token_gone', ['registration token expired', 'the app was uninstalled', 'device token is no longer valid']],
  [
    'daily_cap',
    ['单日推送超限', 'daily quota used up: limit 500 per day', '超出当日推送上限', 'too many messages today'],
  ],
  [
    'too_fast',
    [
      '请求频率过高',
      'rate limit hit',
      'request throttled',
      '发送过于频繁',
      'ＦＬＯＷ　ＣＯＮＴＲＯＬ',
      'QPS over limit',
    ],
  ],
  ['quiet_hours', ['outside of allowed hours', '当前为夜间时段，不允许推送', '非推送时间段']],
  ['content_rejected', ['内容包含敏感词', 'message contains prohibited words', '内容违规', '审核未通过']],
  ['content_too_long', ['title is too long', '标题超长', 'payload exceeds 4096 bytes', '内容超过最大长度']],
  ['content_empty', ['title is empty', '标题不能为空', 'message body missing']],
  ['category_not_allowed', ['channel_id does not exist', '消息分类不支持', 'category is not approved']],
  ['app_mismatch', ['package name does not match', '包名不一致', 'bundle id mismatch']],
  [
    'credential_wrong',
    ['鉴权失败', 'unauthorized client', 'invalid app secret', '签名错误', '证书已过期', 'appkey错误'],
  ],
  ['app_not_allowed', ['app is suspended', '应用已被封禁', '应用未上架', 'application blocked by vendor']],
  ['receipt_setup', ['callback url invalid', '回执地址错误']],
  ['click_target', ['activity does not exist', 'deeplink is invalid', '跳转页面不存在']],
  ['inactive_device', ['inactive user', '设备长期未联网', '设备离线']],
  ['expired', ['message ttl expired', '消息已过期']],
  ['replaced', ['message was replaced by a newer one', '消息被覆盖']],
  ['device_state', ['device is locked', 'app process not running', '设备已锁屏']],
  ['push_disabled', ['push disabled by client', '客户端已关闭推送']],
  ['build_not_registered', ['signing certificate fingerprint mismatch', '证书指纹不匹配']],
  ['token_mismatch', ['token from the wrong environment', 'token与环境不匹配']],
  ['filtered', ['device filtered by conditions', '设备被过滤']],
  ['bad_parameters', ['invalid parameter: badge', '参数不合法', 'missing required field', '参数有误']],
  [
    'vendor_busy',
    ['internal server error', 'gateway time-out', '系统繁忙，请稍后再试', '服务暂不可用', 'server overloaded'],
  ],
]

describe('free text', () => {
  const rows = WORDINGS.flatMap(([cause, texts]) => texts.map((text) => [text, cause] as const))

  test.each(rows)('%s means %s', (text, cause) => {
    expect(causeOfText(text)).toBe(cause)
    expect(causeOfText(text.toUpperCase())).toBe(cause)
    expect(causeOfText(`push to vendor failed, detail: ${text} (trace 9f2)`)).toBe(cause)
    expect(causeOfText(`下发失败：${text}。`)).toBe(cause)
  })

  test.each(['', 'success', 'ok', 'something new', '今天先这样', 'code 12345', 'push', '{"a":1}', 'failed'])(
    '"%s" means nothing',
    (text) => expect(causeOfText(text)).toBeNull(),
  )
})
