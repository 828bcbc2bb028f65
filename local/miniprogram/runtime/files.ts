import { postCloud } from './server-link'

/** Files that live as long as the page: chosen pictures, downloads, what the program writes. */
const files = new Map<string, Blob>()
const addresses = new Map<string, string>()

export const userFolder = 'wxfile://usr'

let count = 0
/** Keeps a file under a new temporary path. */
export const keepTemporary = (content: Blob, suffix: string): string => {
  count += 1
  const path = `wxfile://tmp_${count}${suffix}`
  files.set(path, content)
  return path
}

export const writeFile = (path: string, content: Blob): void => {
  if (!path.startsWith(`${userFolder}/`)) throw new Error(`writeFile:fail permission denied, open ${path}`)
  files.set(path, content)
  addresses.delete(path)
}

export const removeFile = (path: string): void => {
  if (!files.delete(path)) throw new Error(`unlink:fail no such file or directory ${path}`)
  addresses.delete(path)
}

const isInPackage = (path: string): boolean => !/^[a-z]+:/.test(path)

/** A file of the program, of the package, or from an address. Refuses what is not there. */
export const readFile = async (path: string): Promise<Blob> => {
  const kept = files.get(path)
  if (kept) return kept
  if (path.startsWith('wxfile:')) throw new Error(`no such file or directory ${path}`)
  const answer = await fetch(await webAddress(path))
  if (!answer.ok) throw new Error(`no such file or directory ${path}`)
  return answer.blob()
}

/** What a browser can load for a path of the mini-program. */
export const webAddress = async (path: string): Promise<string> => {
  if (path.startsWith('cloud://')) {
    const { fileList } = (await postCloud('getTempFileURL', JSON.stringify({ fileList: [path] }))) as {
      fileList: readonly { tempFileURL: string }[]
    }
    return fileList[0]?.tempFileURL ?? ''
  }
  if (isInPackage(path)) return `/files/${path.replace(/^(\.?\/)+/, '')}`
  const kept = files.get(path)
  if (!kept) {
    if (path.startsWith('wxfile:')) throw new Error(`no such file or directory ${path}`)
    return path
  }
  const known = addresses.get(path) ?? URL.createObjectURL(kept)
  addresses.set(path, known)
  return known
}
