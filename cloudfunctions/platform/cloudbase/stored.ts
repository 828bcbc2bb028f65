import type { CollectionName, Store } from './database'

/** What the repositories store under `_id` is called `id` everywhere else. */
export type Stored<T extends { readonly id: string }> = Omit<T, 'id'> & { readonly _id: string }

export const toDocument = <T extends { readonly id: string }>({ id, ...rest }: T): Stored<T> =>
  ({ _id: id, ...rest }) as Stored<T>

export const fromDocument = <T extends { readonly id: string }>({ _id, ...rest }: Stored<T>): T =>
  ({ id: _id, ...rest }) as unknown as T

export const getById = async <T extends { readonly id: string }>(
  store: Store,
  name: CollectionName,
  id: string,
) => {
  const document = await store.get<Stored<T>>(name, id)
  return document && fromDocument<T>(document)
}

/** Sets fields of one document, or adds it where there is none; whoever is quicker with adding it, it is set. */
export const setOrAdd = async (set: () => Promise<number>, add: () => Promise<boolean>): Promise<void> => {
  if ((await set()) === 1) return
  if (!(await add())) await set()
}

/** Far above what one document ever has of others; more is a bug in what was imported. */
export const mostOfOne = 5_000
