import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, test, vi } from 'vitest'
import { LOCALES } from '@/components/i18n/locale'
import { messagesOf, textsOf } from '@/components/i18n/messages'
import { createWords } from '@/components/i18n/words'
import { ApiError } from '@/lib/browser/api'
import { OIDC_PROBLEMS } from '@/lib/contract/access/oidc'
import { AccessPage } from './access-page'
import type { Refusal } from './form'
import { refusalOf, SetupForm, TokenField } from './setup-form'
import { SignInForm } from './sign-in-form'
import { SignInWays } from './sign-in-ways'

vi.mock('next/navigation', () => ({ useRouter: () => ({ refresh: () => {} }) }))

const { access, errors } = textsOf('en')
const signIn = renderToStaticMarkup(<SignInForm texts={access} errors={errors} next="/" />)
const setup = renderToStaticMarkup(<SetupForm texts={access} errors={errors} />)

/** Returns the attributes of the input with this name. */
const input = (markup: string, name: string) => markup.match(new RegExp(`<input[^>]*name="${name}"[^>]*>`))?.[0] ?? ''

describe('the sign-in form', () => {
  test('has fields that password managers recognize', () => {
    expect(input(signIn, 'email')).toContain('autoComplete="username"')
    expect(input(signIn, 'email')).toContain('type="email"')
    expect(input(signIn, 'password')).toContain('autoComplete="current-password"')
    expect(input(signIn, 'password')).toContain('type="password"')
  })

  test('sends nothing in the address without JavaScript', () => {
    expect(signIn).toMatch(/<form[^>]*method="post"/)
  })

  test('reserves the space for an error message, and announces it', () => {
    expect(signIn).toMatch(/role="alert"[^>]*min-h/)
    expect(signIn).toContain(access.signIn.forgot)
  })

  test('has one label that contains “password”, so that people can find the field by name', () => {
    const labels = [...signIn.matchAll(/<label[^>]*>([^<]*)|aria-label="([^"]*)"/g)].map(
      ([, text, spoken]) => text || spoken,
    )
    expect(labels.filter((label) => label === access.signIn.password)).toHaveLength(1)
    expect(access.show).not.toBe(access.signIn.password)
  })
})

describe('single sign-on on the sign-in page', () => {
  const ways = (over: Partial<Parameters<typeof SignInWays>[0]> = {}, locale: (typeof LOCALES)[number] = 'en') => {
    const words = createWords(locale, messagesOf(locale))
    const given = { texts: access, errors, words, next: '/losses?a=b&c=d', problem: null, local: 'password' } as const
    return renderToStaticMarkup(<SignInWays {...given} oidc={{ name: 'Keycloak' }} {...over} />)
  }

  test('is a form that needs no JavaScript, with the provider’s name and the page to open afterwards', () => {
    expect(ways()).toContain('<form action="/api/auth/signin/oidc?next=%2Flosses%3Fa%3Db%26c%3Dd" method="post">')
    expect(ways()).toContain('Sign in with Keycloak')
    expect(ways({ oidc: { name: null } })).toContain('Single sign-on')
  })

  test('is not there unless it is configured', () => {
    expect(ways({ oidc: null })).not.toContain('/api/auth/signin/oidc')
  })

  test('stands above the password, or alone where passwords are off', () => {
    expect(ways().indexOf('oidc')).toBeLessThan(ways().indexOf('name="password"'))
    expect(ways({ local: 'off' })).not.toContain('<input')
    expect(ways({ local: 'off' })).toContain('Sign-in with a password is switched off.')
    expect(ways({ local: 'setup' })).toContain('href="/setup"')
  })

  test.each(LOCALES)('says for every problem what happened and what to do, in %s', (locale) => {
    const texts = OIDC_PROBLEMS.map(
      (problem) => /role="alert".*?<\/div>/.exec(ways({ problem, local: 'off' }, locale))?.[0],
    )
    expect(new Set(texts).size).toBe(OIDC_PROBLEMS.length)
    expect(texts).not.toContain(undefined)
  })
})

describe('the setup form', () => {
  test('asks for the token from the log and a new password of 12 characters', () => {
    expect(input(setup, 'token')).toContain('autoComplete="off"')
    expect(input(setup, 'password')).toContain('autoComplete="new-password"')
    expect(input(setup, 'password')).toContain('minLength="12"')
    expect(setup).toContain(access.setup.tokenHint)
  })

  test('does not ask for a token that was in the address, unless it is wrong', () => {
    const field = (token: string, refused: Refusal | null) =>
      input(renderToStaticMarkup(<TokenField token={token} texts={access} refused={refused} />), 'token')
    expect(field('abc', null)).toContain('type="hidden"')
    expect(field('abc', null)).toContain('value="abc"')
    expect(field('abc', { ...access.setup.badToken, field: 'token' })).toContain('type="text"')
    expect(field('abc', { ...access.setup.badPassword, field: 'password' })).toContain('type="hidden"')
  })
})

describe('a refused setup', () => {
  const said = (error: unknown) => refusalOf(error, access, errors)

  test('names the field to correct and marks it', () => {
    expect(said(new ApiError('bad_credentials', 'token'))).toEqual({ ...access.setup.badToken, field: 'token' })
    expect(said(new ApiError('bad_request', 'password'))).toEqual({ ...access.setup.badPassword, field: 'password' })
    expect(said(new ApiError('bad_request', 'email'))).toMatchObject({
      detail: expect.stringContaining('“E-mail”'),
      field: 'email',
    })
  })

  test('says that someone else was first', () => {
    expect(said(new ApiError('not_found')).title).toBe(access.setup.taken)
  })

  test('has a message for every other error', () => {
    expect(said(new ApiError('too_many'))).toEqual(errors.too_many)
    expect(said(new Error('odd'))).toEqual(errors.internal)
  })
})

test.each(LOCALES)('the sign-in page names the product and offers every language, in %s', (locale) => {
  const words = createWords(locale, messagesOf(locale))
  const seen = renderToStaticMarkup(
    <AccessPage title={words.t('access.signIn.title')} demo words={words}>
      {null}
    </AccessPage>,
  )
  for (const text of [
    'Pushlens',
    words.t('common.demo'),
    words.t('access.signIn.title'),
    'English',
    '简体中文',
    '한국어',
  ]) {
    expect(seen).toContain(text)
  }
})
