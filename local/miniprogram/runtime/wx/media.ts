import { readFile, removeFile, userFolder, webAddress, writeFile } from '../files'
import { askChoice, askDialog, askFiles, showPictures } from '../sheets'
import { ApiFailure, apis, keptFile, number, type Options, text } from './call'
import { needDeclaration, needPrivacy, needScope } from './consent'

const choose = async (name: string, options: Options, accept: string): Promise<readonly File[]> => {
  await needPrivacy(name)
  const files = await askFiles(accept, number(options.count, 9))
  if (files.length === 0) throw new ApiFailure('cancel')
  return files
}

const bitmapOf = async (path: string): Promise<{ readonly bitmap: ImageBitmap; readonly type: string }> => {
  const file = await readFile(path)
  try {
    return { bitmap: await createImageBitmap(file), type: file.type }
  } catch {
    throw new ApiFailure(`image ${path} cannot be read`)
  }
}

const compress = async (options: Options): Promise<object> => {
  const { bitmap } = await bitmapOf(text(options.src))
  const width = number(options.compressedWidth, bitmap.width)
  const height = number(options.compressedHeight, Math.round((bitmap.height * width) / bitmap.width))
  const canvas = new OffscreenCanvas(width, height)
  canvas.getContext('2d')?.drawImage(bitmap, 0, 0, width, height)
  const content = await canvas.convertToBlob({
    type: 'image/jpeg',
    quality: number(options.quality, 80) / 100,
  })
  return { tempFilePath: keptFile(content) }
}

interface Place {
  readonly name: string
  readonly address: string
  readonly latitude: number
  readonly longitude: number
}

const places = async (): Promise<readonly Place[]> => {
  const answer = await fetch('/host/places')
  return answer.ok ? ((await answer.json()) as readonly Place[]) : []
}

const choosePlace = async (): Promise<object> => {
  needDeclaration('chooseLocation')
  await needPrivacy('chooseLocation')
  const known = await places()
  const index = await askChoice(
    known.map(({ name }) => name),
    '选择位置',
  )
  const place = index === undefined ? undefined : known[index]
  if (!place) throw new ApiFailure('cancel')
  return { ...place }
}

const locate = (name: string, scope: string) => async (): Promise<object> => {
  needDeclaration(name)
  await needPrivacy(name)
  await needScope(scope, name)
  const [place] = await places()
  if (!place) throw new ApiFailure('system permission denied')
  return {
    latitude: place.latitude,
    longitude: place.longitude,
    speed: -1,
    accuracy: 65,
    verticalAccuracy: 65,
    horizontalAccuracy: 65,
  }
}

const contentOf = (value: unknown, encoding: unknown): Blob => {
  if (typeof value !== 'string') return new Blob([value as ArrayBuffer])
  if (encoding === 'base64') return new Blob([Uint8Array.from(atob(value), (letter) => letter.charCodeAt(0))])
  return new Blob([value])
}

const fileSystem = {
  ...apis({
    readFile: async ({ filePath, encoding }) => {
      const file = await readFile(text(filePath))
      if (encoding === undefined) return { data: await file.arrayBuffer() }
      if (encoding === 'base64') {
        const bytes = new Uint8Array(await file.arrayBuffer())
        return { data: btoa(bytes.reduce((all, byte) => all + String.fromCharCode(byte), '')) }
      }
      return { data: await file.text() }
    },
    writeFile: ({ filePath, data, encoding }) => writeFile(text(filePath), contentOf(data, encoding)),
    copyFile: async ({ srcPath, destPath }) => writeFile(text(destPath), await readFile(text(srcPath))),
    unlink: ({ filePath }) => removeFile(text(filePath)),
    access: ({ path }) => readFile(text(path)).then(() => ({})),
    getFileInfo: async ({ filePath }) => ({ size: (await readFile(text(filePath))).size }),
  }),
  writeFileSync: (path: string, data: unknown, encoding?: string) =>
    writeFile(path, contentOf(data, encoding)),
  unlinkSync: (path: string) => removeFile(path),
}

export const mediaApis: Record<string, unknown> = {
  ...apis({
    chooseMedia: async (options) => {
      const files = await choose('chooseMedia', options, 'image/*')
      return {
        type: 'image',
        tempFiles: files.map((file) => ({
          tempFilePath: keptFile(file),
          size: file.size,
          fileType: 'image',
        })),
      }
    },
    chooseImage: async (options) => {
      const files = await choose('chooseImage', options, 'image/*')
      const tempFiles = files.map((file) => ({ path: keptFile(file), size: file.size }))
      return { tempFilePaths: tempFiles.map(({ path }) => path), tempFiles }
    },
    chooseMessageFile: async (options) => {
      const endings = Array.isArray(options.extension) ? (options.extension as readonly string[]) : []
      const accept = endings.map((one) => `.${one.replace(/^\./, '')}`).join(',')
      const files = await choose('chooseMessageFile', options, accept)
      return {
        tempFiles: files.map((file) => ({
          path: keptFile(file),
          name: file.name,
          size: file.size,
          type: 'file',
          time: Math.floor(file.lastModified / 1000),
        })),
      }
    },
    shareFileMessage: async ({ filePath, fileName }) => {
      await readFile(text(filePath))
      const { isConfirmed } = await askDialog({
        title: '发送给朋友',
        content: text(fileName),
        confirmText: '发送',
        cancelText: '取消',
      })
      if (!isConfirmed) throw new ApiFailure('cancel')
    },
    compressImage: compress,
    getImageInfo: async ({ src }) => {
      const { bitmap, type } = await bitmapOf(text(src))
      const { width, height } = bitmap
      return {
        width,
        height,
        path: text(src),
        orientation: 'up',
        type: type.replace('image/', '') || 'unknown',
      }
    },
    previewImage: async ({ urls, current }) => {
      const list = Array.isArray(urls) ? (urls as readonly string[]) : []
      if (list.length === 0) throw new ApiFailure('parameter error: parameter.urls should be Array')
      const addresses = await Promise.all(list.map(webAddress))
      showPictures(
        addresses,
        Math.max(0, typeof current === 'number' ? current : list.indexOf(text(current))),
      )
    },
    saveImageToPhotosAlbum: async ({ filePath }) => {
      await needPrivacy('saveImageToPhotosAlbum')
      await needScope('scope.writePhotosAlbum', 'saveImageToPhotosAlbum')
      await readFile(text(filePath))
    },
    chooseLocation: choosePlace,
    getLocation: locate('getLocation', 'scope.userLocation'),
    getFuzzyLocation: locate('getFuzzyLocation', 'scope.userFuzzyLocation'),
    openLocation: ({ name, address }) =>
      askDialog({ title: text(name), content: text(address), confirmText: '知道了' }).then(() => ({})),
    scanCode: async () => {
      await needPrivacy('scanCode')
      const { isConfirmed, text: written } = await askDialog({
        title: '扫码',
        placeholder: '码的内容',
        confirmText: '扫到',
        cancelText: '取消',
      })
      if (!isConfirmed) throw new ApiFailure('cancel')
      return { result: written, scanType: 'QR_CODE', charSet: 'UTF-8', path: '' }
    },
    makePhoneCall: async ({ phoneNumber }) => {
      if (!text(phoneNumber)) throw new ApiFailure('parameter error: parameter.phoneNumber should be String')
      const { isConfirmed } = await askDialog({
        title: text(phoneNumber),
        confirmText: '呼叫',
        cancelText: '取消',
      })
      if (!isConfirmed) throw new ApiFailure('cancel')
    },
    setClipboardData: ({ data }) => {
      clipboard = text(data)
    },
    getClipboardData: async () => {
      await needPrivacy('getClipboardData')
      return { data: clipboard }
    },
  }),
  env: { USER_DATA_PATH: userFolder },
  getFileSystemManager: () => fileSystem,
}

let clipboard = ''
