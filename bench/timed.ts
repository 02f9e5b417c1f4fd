import type { Store } from '@/lib/store/store'

/** Wraps a store and adds up the milliseconds of its calls. Concurrent calls count separately. */
export function timedStore(store: Store): { store: Store; take(): number } {
  let spent = 0
  const clocked = <T extends object>(group: T): T =>
    new Proxy(group, {
      get(target, name, receiver) {
        const method = Reflect.get(target, name, receiver)
        if (typeof method !== 'function') return method
        return async (...args: unknown[]) => {
          const began = performance.now()
          try {
            return await method.apply(target, args)
          } finally {
            spent += performance.now() - began
          }
        }
      },
    })
  return {
    store: { ...store, windows: clocked(store.windows), daily: clocked(store.daily), tasks: clocked(store.tasks) },
    take() {
      const total = spent
      spent = 0
      return total
    },
  }
}
