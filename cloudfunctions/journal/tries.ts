import type { Matters } from './matters'
import type { Journalled } from './rules/journalled'

const mostTries = 20

/**
 * The matter as it stands, read again each time somebody else was quicker to write; undefined where it is not there.
 * Comes to an end when it changes faster than it can be written.
 */
export async function* tries<T extends Journalled>(
  matters: Pick<Matters<T>, 'get'>,
  id: string,
  found?: T,
): AsyncGenerator<T | undefined> {
  for (let count = 0; count < mostTries; count += 1) {
    yield count === 0 && found ? found : await matters.get(id)
  }
}
