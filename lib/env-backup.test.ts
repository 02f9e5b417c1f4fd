import { resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { readEnv } from './env'
import { problems } from './testing/env-problems'

const BUCKET = {
  BACKUP_TO: 's3://company-backups/push/eu/',
  BACKUP_S3_ACCESS_KEY_ID: 'AKIDEXAMPLE',
  BACKUP_S3_SECRET_ACCESS_KEY: 'a secret access key',
}

describe('backups', () => {
  test('go to a folder beside the database, without a schedule, unless that is set', () => {
    expect(readEnv({ DATABASE_URL: 'sqlite:./x/p.db' }).backup).toEqual({
      everyS: null,
      keep: 7,
      to: { kind: 'folder', folder: resolve('x/backups') },
    })
    const set = readEnv({ BACKUP_EVERY: '36h', BACKUP_KEEP: '3', BACKUP_TO: '/mnt/backups' }).backup
    expect(set).toEqual({ everyS: 36 * 3_600, keep: 3, to: { kind: 'folder', folder: '/mnt/backups' } })
    expect(readEnv({ BACKUP_EVERY: 'off' }).backup.everyS).toBeNull()
  })

  test('go to a bucket of AWS or of another service', () => {
    expect(readEnv(BUCKET).backup.to).toMatchObject({
      kind: 's3',
      bucket: 'company-backups',
      prefix: 'push/eu',
      endpoint: 'https://s3.us-east-1.amazonaws.com',
    })
    const other = { ...BUCKET, BACKUP_S3_ENDPOINT: 'https://minio.example.com/', BACKUP_S3_REGION: 'eu' }
    expect(readEnv(other).backup.to).toMatchObject({ endpoint: 'https://minio.example.com', region: 'eu' })
  })

  test.each([
    [{ BACKUP_EVERY: 'daily' }, 'BACKUP_EVERY must be off, or a time'],
    [{ BACKUP_EVERY: '31d' }, 'BACKUP_EVERY must be off, or a time'],
    [{ BACKUP_KEEP: '0' }, 'BACKUP_KEEP'],
    [{ BACKUP_EVRY: '1d' }, 'did you mean BACKUP_EVERY?'],
    [{ BACKUP_TO: 's3://B/x' }, 'must be a folder, or look like s3://bucket/prefix'],
    [{ BACKUP_TO: 's3://bucket' }, 'needs BACKUP_S3_ACCESS_KEY_ID'],
    [{ ...BUCKET, BACKUP_TO: '/backups' }, 'BACKUP_S3_… needs BACKUP_TO=s3://'],
    [{ ...BUCKET, BACKUP_S3_ENDPOINT: 'http://s3.example.com' }, 'BACKUP_S3_ENDPOINT must start with https'],
    [{ ...BUCKET, BACKUP_S3_ENDPOINT: 'https://169.254.169.254' }, 'must not be a link-local address'],
    [{ ...BUCKET, BACKUP_S3_ENDPOINT: 'https://a:b@s3.example.com' }, 'must not contain a user name'],
    [{ DATABASE_URL: 'postgres://x/y', MASTER_KEY: 'k'.repeat(44), BACKUP_EVERY: '1d' }, 'copy SQLite only'],
  ])('%o is refused with a message', (source, sentence) => {
    const found = problems(source).join('\n')
    expect(found).toContain(sentence)
    expect(found).not.toContain('a secret access key')
  })
})
