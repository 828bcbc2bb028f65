import type { Journalled } from './rules/journalled'

/**
 * Reads these matters together; where one of them cannot be read, each alone: it keeps nobody from the others, and
 * whoever asked is told of it.
 */
export const readEach = async <T extends Journalled>(
  getMany: (ids: readonly string[]) => Promise<readonly T[]>,
  ids: readonly string[],
  failed: (id: string, error: unknown) => void,
): Promise<readonly T[]> => {
  try {
    return await getMany(ids)
  } catch (error) {
    const [id, ...others] = ids
    if (id !== undefined && others.length === 0) failed(id, error)
    if (others.length === 0) return []
  }
  const found: T[] = []
  for (const id of ids) found.push(...(await readEach(getMany, [id], failed)))
  return found
}
