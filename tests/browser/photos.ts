import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { PhotoId } from '../../local/demo/photo-ids'
import { drawPhotos } from '../../local/demo/photos'

/** The demonstration's drawn pictures stand for what a camera would hand over. Answers their files. */
export const takePhotos = async (folder: string, ids: readonly PhotoId[]): Promise<readonly string[]> => {
  const drawn = await drawPhotos()
  return Promise.all(
    ids.map(async (id) => {
      const photo = drawn.find((one) => one.id === id)
      if (!photo) throw new Error(`no picture ${id}`)
      const file = path.join(folder, `${id}.jpg`)
      await writeFile(file, photo.full)
      return file
    }),
  )
}
