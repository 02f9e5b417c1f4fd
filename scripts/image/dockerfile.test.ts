import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { readEnv } from '@/lib/env'
import { readDockerfile, readIgnored, readVariables } from './dockerfile.mjs'

const read = (file: string) => readFileSync(resolve(import.meta.dirname ?? '', '../..', file), 'utf8')

describe('the Dockerfile', () => {
  const stages = readDockerfile(read('Dockerfile'))
  const last = stages.at(-1)?.steps ?? []
  const of = (instruction: string) => last.filter((step) => step.instruction === instruction).map(({ text }) => text)

  test('ends as another user, with one volume, a health check and one command', () => {
    expect([of('USER'), of('VOLUME'), of('EXPOSE')]).toEqual([['node'], ['/data'], ['3000']])
    expect(of('HEALTHCHECK')).toHaveLength(1)
    expect(of('CMD')).toEqual(['["node", "server/index.mjs"]'])
  })

  test('sets variables that a start accepts, and no secret', () => {
    const given = Object.assign({}, ...of('ENV').map(readVariables))
    expect(readEnv(given)).toMatchObject({ dataFolder: '/data', masterKey: null, admin: null })
  })

  test('with an instruction that the test does not run fails the test', () => {
    expect(() => readDockerfile('FROM a\nADD https://example.com/x /x')).toThrow('not understood: ADD')
    expect(readDockerfile('FROM a AS b\n# note\nRUN one \\\n  two\n')).toEqual([
      { base: 'a', name: 'b', steps: [{ instruction: 'RUN', text: 'one    two' }] },
    ])
  })
})

test('secrets, databases and results stay out of the build', () => {
  const ignored = readIgnored(read('.dockerignore'))
  const out = [
    '.env',
    '.env.local',
    '.git',
    'data',
    'data/master.key',
    'pushlens.db',
    'node_modules/a',
    'x.log',
    '.next',
  ]
  expect(out.filter((path) => !ignored(path))).toEqual([])
  expect(['lib/env.test.ts', 'a.test.tsx', 'components/report/b.test.tsx'].filter((path) => !ignored(path))).toEqual([])
  const kept = ['lib/env.ts', 'package.json', 'package-lock.json', '.npmrc', 'lib/database.ts', 'scripts/build.mjs']
  expect(kept.filter(ignored)).toEqual([])
})

describe.each(['compose.yaml', 'compose.postgres.yaml'])('%s', (file) => {
  const text = read(file)
  test('has no secret of its own, and names every variable that it needs', () => {
    const secrets = [...text.matchAll(/(?:PASSWORD|KEY|TOKEN)\w*: (.+)/g)].map(([, value]) => value)
    expect(secrets.filter((value) => !value?.startsWith('${'))).toEqual([])
  })

  test('sets variables that a start accepts', () => {
    const given = new Map(
      [...text.matchAll(/^ {6}([A-Z_]+): "?([^"\n]+)"?$/gm)].map(([, name, value]) => [name, value]),
    )
    const filled = [...given].map(([name, value = '']) => [
      name,
      value
        .replace(/\$\{\w+:-(.*?)\}/g, '$1')
        .replace(/\$\{(\w+).*?\}/g, 'push.example.com')
        .replace(/^push\.example\.com$/, 'x'.repeat(40)),
    ])
    // The container gets all of .env, also what is for Compose.
    const ofCompose = { DOMAIN: 'push.example.com', COMPOSE_FILE: 'compose.yaml', POSTGRES_PASSWORD: 'x' }
    const app = { ...ofCompose, ...Object.fromEntries(filled) }
    expect(() => readEnv(app)).not.toThrow()
  })
})
