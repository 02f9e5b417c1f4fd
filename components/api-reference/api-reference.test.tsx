import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, test } from 'vitest'
import { ROUTES } from '@/app/api/v1/openapi.json/routes'
import { LOCALES, type Locale } from '@/components/i18n/locale'
import { visibleText, wordsIn } from '@/components/i18n/testing/render'
import { openApiDocument } from '@/lib/http/openapi/document'
import { ApiReference } from './api-reference'
import { operationsOf } from './operations'
import { curlOf, type RequestInput, requestUrl } from './request-url'
import { sampleBody } from './sample-body'

const API = openApiDocument(ROUTES, new URL('http://localhost:3000'))
const html = (chosen: string | null, locale: Locale = 'en') =>
  renderToStaticMarkup(
    <ApiReference api={API} chosen={chosen} app="14" mayCreateTokens={false} words={wordsIn(locale)} />,
  )

describe('the API reference', () => {
  test.each(LOCALES)('renders every operation in %s', (locale) => {
    for (const { operationId, path } of operationsOf(API)) {
      const seen = html(operationId, locale)
      expect(seen).toContain(path)
      expect(seen.match(/aria-current="page"/g)).toHaveLength(2)
    }
  })

  test('shows an operation with its role, parameters, fields, errors and a command', () => {
    const seen = visibleText(html('getFunnel'))
    expect(seen).toContain(
      'GET /api/v1/apps/{app}/funnel Needs one of the roles Viewer, Editor, Support, Administrator on this app.',
    )
    expect(seen).toContain(
      'interval none | hour | day | week query · optional The buckets of the series · default "none"',
    )
    expect(seen).toContain('sent integer | null')
    expect(seen).toContain('429 too_many: Too many requests')
    expect(seen).toContain("curl -X GET 'http://localhost:3000/api/v1/apps/14/funnel'")
    expect(seen).toContain('Also as CSV')
    expect(visibleText(html('deleteTokensById'))).toContain('This request changes data.')
  })

  test.each([
    ['getTokens', 'Needs the role Administrator on all apps.'],
    ['getTraces', 'Needs one of the roles Support, Administrator on this app.'],
    ['postSetup', 'Needs no sign-in.'],
  ])('says who may call %s', (operation, access) => {
    expect(visibleText(html(operation))).toContain(access)
  })

  test('an unknown operation shows the first', () => {
    expect(visibleText(html('nothing'))).toContain('GET /api/v1/apps For everybody who is signed in, and every token.')
  })
})

describe('a request to try', () => {
  const input = (over: Partial<RequestInput>): RequestInput => {
    return { name: 'app', where: 'path', required: true, list: false, options: null, value: '14', ...over }
  }

  test('has its IDs encoded, lists repeated, and empty parameters left out', () => {
    const tasks = input({ name: 'task', where: 'query', list: true, value: 'a, b' })
    const empty = input({ name: 'tz', where: 'query', value: '' })
    expect(requestUrl('/apps/{app}/funnel', [input({ value: 'a/b' }), tasks, empty])).toBe(
      '/apps/a%2Fb/funnel?task=a&task=b',
    )
    expect(requestUrl('/apps/{app}', [])).toBe('/apps/')
  })

  test('is safe to paste into a shell', () => {
    expect(curlOf('POST', '/x', `{"name":"it's"}`)).toContain(`-d '{"name":"it'\\''s"}'`)
  })

  test('starts from the required fields', () => {
    const bodyOf = (path: string, method: string) =>
      sampleBody(API.paths[path]?.[method]?.requestBody?.content['application/json']?.schema ?? {})
    expect(bodyOf('/api/v1/tokens', 'post')).toEqual({ name: '', role: 'viewer', apps: [''] })
    expect(bodyOf('/api/v1/apps/{app}/losses/known', 'delete')).toEqual({
      source: 'task',
      stage: 'ready_to_send',
      code: '',
    })
  })
})
