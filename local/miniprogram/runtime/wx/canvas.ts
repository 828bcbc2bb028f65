import { webAddress } from '../files'
import { elementOf, type Node } from '../render'
import { currentPage } from '../routing'
import { ApiFailure, apis, keptFile, number, type Options, text } from './call'

type Drawing = (context: CanvasRenderingContext2D) => unknown

/** The first kind of canvas has a name and belongs to a page or a component. */
const canvasNamed = (id: unknown, component: unknown): HTMLCanvasElement | undefined => {
  const owner = elementOf(component ?? currentPage()?.caller)
  for (const dom of document.querySelectorAll('wx-canvas')) {
    const node = (dom as unknown as { __wxElement?: Node & { data: { canvasId: string } } }).__wxElement
    if (node?.data.canvasId !== id || (node?.ownerShadowRoot?.getHostNode() as unknown) !== owner) continue
    return dom.querySelector('canvas') ?? undefined
  }
  return undefined
}

const pictureOf = async (path: unknown): Promise<HTMLImageElement> => {
  const picture = new Image()
  picture.src = await webAddress(String(path))
  await picture.decode()
  return picture
}

const lowerFirst = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1)

/** Setters whose value is not that of the property with their name. */
const setters: Readonly<Record<string, (...given: never[]) => Drawing>> = {
  setFontSize: (size: number) => (context) => {
    context.font = context.font.replace(/[\d.]+px/, `${size}px`)
  },
  setShadow: (x: number, y: number, blur: number, colour: string) => (context) =>
    Object.assign(context, { shadowOffsetX: x, shadowOffsetY: y, shadowBlur: blur, shadowColor: colour }),
  setTextBaseline: (name: string) => (context) => {
    context.textBaseline = (name === 'normal' ? 'alphabetic' : name) as CanvasTextBaseline
  },
  drawImage:
    (path: string, ...places: never[]) =>
    async (context) =>
      (context.drawImage as (...given: unknown[]) => void)(await pictureOf(path), ...places),
}

/**
 * A context that remembers what is drawn until `draw` is called.
 * Source: https://developers.weixin.qq.com/miniprogram/dev/api/canvas/CanvasContext.html
 */
const createContext = (id: unknown, component?: unknown): object => {
  let drawings: Drawing[] = []
  const context = () => canvasNamed(id, component)?.getContext('2d') ?? undefined
  const now = (): CanvasRenderingContext2D => {
    const found = context() ?? new OffscreenCanvas(1, 1).getContext('2d')
    return found as CanvasRenderingContext2D
  }
  const draw = async (isKept: unknown, done: unknown): Promise<void> => {
    const all = drawings
    drawings = []
    const found = context()
    if (found) {
      const { canvas } = found
      const ratio = window.devicePixelRatio
      const [width, height] = [canvas.clientWidth * ratio, canvas.clientHeight * ratio]
      if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height })
      else if (isKept !== true) found.reset()
      found.setTransform(ratio, 0, 0, ratio, 0, 0)
      for (const drawing of all) await drawing(found)
    }
    if (typeof done === 'function') done()
  }
  const own: Readonly<Record<string, (...given: never[]) => unknown>> = {
    draw: (isKept: unknown, done: unknown) => void draw(isKept, done),
    measureText: (words: string) => ({ width: now().measureText(words).width }),
    createLinearGradient: (...places: [number, number, number, number]) =>
      now().createLinearGradient(...places),
    createCircularGradient: (x: number, y: number, radius: number) =>
      now().createRadialGradient(x, y, 0, x, y, radius),
  }
  return new Proxy(
    {},
    {
      get: (_, name) => {
        const known = own[String(name)]
        if (known) return known
        return (...given: never[]) => {
          const setter = setters[String(name)]
          const property = /^set([A-Z]\w*)$/.exec(String(name))?.[1]
          drawings.push(
            setter?.(...given) ??
              ((context) => {
                const work = (context as unknown as Record<string, unknown>)[String(name)]
                if (typeof work === 'function') return work.apply(context, given)
                if (!property) throw new Error(`CanvasContext.${String(name)} is not provided by this host`)
                return Object.assign(context, { [lowerFirst(property)]: given[0] })
              }),
          )
        }
      },
      set: (_, name, value) => {
        drawings.push((context) => Object.assign(context, { [name]: value }))
        return true
      },
    },
  )
}

const picture = async (options: Options, component: unknown): Promise<object> => {
  const canvas = options.canvas ?? canvasNamed(options.canvasId, component)
  if (!(canvas instanceof HTMLCanvasElement)) throw new ApiFailure('fail canvas is empty')
  // The first kind is counted in pixels of the page.
  const ratio = options.canvas ? 1 : canvas.width / (canvas.clientWidth || canvas.width)
  const [wide, high] = [
    number(options.width, canvas.width / ratio),
    number(options.height, canvas.height / ratio),
  ]
  const made = new OffscreenCanvas(
    number(options.destWidth, wide * ratio),
    number(options.destHeight, high * ratio),
  )
  const [x, y] = [number(options.x, 0) * ratio, number(options.y, 0) * ratio]
  made.getContext('2d')?.drawImage(canvas, x, y, wide * ratio, high * ratio, 0, 0, made.width, made.height)
  const type = text(options.fileType, 'png') === 'png' ? 'image/png' : 'image/jpeg'
  return { tempFilePath: keptFile(await made.convertToBlob({ type, quality: number(options.quality, 1) })) }
}

export const canvasApis: Record<string, unknown> = {
  createCanvasContext: createContext,
  canvasToTempFilePath: (options: Options, component?: unknown) =>
    apis({ canvasToTempFilePath: (given) => picture(given, component) }).canvasToTempFilePath?.(options),
}
