import { expect, test } from 'vitest'
import { describeStores } from './testing'
import { newApp, storeWithApp, T0 } from './testing-rows'

const APP = '1400000001'
const task = (taskId: string, sentAt: number | null = null, createdAt = T0) => ({
  appId: APP,
  taskId,
  sentAt,
  createdAt,
  knownBy: 'lookup',
})

describeStores('tasks', (stores) => {
  test('become known by a look-up', async () => {
    const { tasks } = await storeWithApp(stores)
    expect(await tasks.get(APP, 'a')).toBeNull()
    await tasks.know(task('a', T0 - 5))
    expect(await tasks.get(APP, 'a')).toEqual({ ...task('a', T0 - 5), label: '', tags: [], note: '' })
  })

  test('looked up again keep what was known first, and learn a sending time they had not', async () => {
    const { tasks } = await storeWithApp(stores)
    await tasks.know(task('a'))
    await tasks.know({ ...task('a', T0 - 5, T0 + 1), knownBy: 'import' })
    await tasks.know(task('a', T0 - 9))
    expect(await tasks.get(APP, 'a')).toMatchObject({ sentAt: T0 - 5, createdAt: T0, knownBy: 'lookup' })
  })

  test('come last sent first; an unknown sending time counts as when we came to know the task', async () => {
    const store = await storeWithApp(stores)
    await store.apps.upsert(newApp({ id: 'other' }))
    await store.tasks.know(task('old', T0 - 20))
    await store.tasks.know(task('unknown', null, T0 - 10))
    await store.tasks.know(task('new', T0 - 5))
    await store.tasks.know({ ...task('foreign', T0), appId: 'other' })
    const ids = async (limit: number) => (await store.tasks.list(APP, limit)).map(({ taskId }) => taskId)
    expect(await ids(10)).toEqual(['new', 'unknown', 'old'])
    expect(await ids(1)).toEqual(['new'])
  })
})
