import { webAddress } from '../files'
import {
  type BuiltIn,
  booleanProperty,
  hostOf,
  numberProperty,
  type Self,
  tell,
  textProperty,
} from './built-in'

/** A picture for a canvas: `src` is a path as everywhere in a program. */
const createImage = (): HTMLImageElement => {
  const picture = new Image()
  const native = Object.getOwnPropertyDescriptor(HTMLImageElement.prototype, 'src')
  Object.defineProperty(picture, 'src', {
    get: () => native?.get?.call(picture),
    set: (path: unknown) => {
      webAddress(String(path)).then(
        (address) => native?.set?.call(picture, address),
        (error: unknown) => picture.onerror?.(String(error)),
      )
    },
  })
  return picture
}

/** Source: https://developers.weixin.qq.com/miniprogram/dev/component/canvas.html */
const canvas: BuiltIn = {
  properties: {
    type: textProperty(),
    canvasId: textProperty(),
    disableScroll: booleanProperty(),
  },
  lifetimes: {
    attached() {
      const made = document.createElement('canvas')
      hostOf(this).append(made)
      this.kept = {}
      // The first kind of canvas has no node: `wx.createCanvasContext` draws on it.
      if (!this.data.type) return
      const node = Object.assign(made, {
        createImage,
        createImageData: (width: number, height: number) => new ImageData(width, height),
        createPath2D: (path?: Path2D) => new Path2D(path),
        requestAnimationFrame: (work: FrameRequestCallback) => requestAnimationFrame(work),
        cancelAnimationFrame: (id: number) => cancelAnimationFrame(id),
      })
      this.kept = { node }
    },
  },
}

const mark = (d: string, colour = '#fff'): string =>
  `<path d="${d}" fill="none" stroke="${colour}" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"/>`
const full = '<circle cx="12" cy="12" r="11" fill="currentColor"/>'
const ring = '<circle cx="12" cy="12" r="10" fill="none" stroke="currentColor" stroke-width="1.5"/>'
const own = (d: string): string => mark(d, 'currentColor')

const check = 'M7 12.5l3.5 3.5L17.5 9'
const cross = 'M8.5 8.5l7 7M15.5 8.5l-7 7'
const letter = 'M12 11v6M12 7.5v.1'

/** Source: https://developers.weixin.qq.com/miniprogram/dev/component/icon.html */
const icons: Readonly<Record<string, readonly [colour: string, drawing: string]>> = {
  success: ['#09bb07', full + mark(check)],
  success_no_circle: ['#09bb07', own('M3 12.5l6 6L21 6')],
  info: ['#10aeff', full + mark(letter)],
  warn: ['#f76260', full + mark('M12 6.5v7M12 17v.1')],
  waiting: ['#10aeff', full + mark('M12 6.5V13h5')],
  cancel: ['#f43530', ring + own(cross)],
  download: ['#09bb07', ring + own('M12 6.5v9M8.5 12.5l3.5 3.5 3.5-3.5')],
  search: ['#b2b2b2', own('M16 10a6 6 0 1 1-12 0 6 6 0 0 1 12 0zM14.5 14.5L20 20')],
  clear: ['#b2b2b2', full + mark(cross)],
  circle: ['#c9c9c9', ring],
  info_circle: ['#09bb07', ring + own(letter)],
}

const length = (value: unknown): string =>
  /^\d+(\.\d+)?$/.test(String(value)) ? `${value}px` : String(value)

const drawIcon = (self: Self): void => {
  const [colour, drawing] = icons[String(self.data.type)] ?? ['', '']
  const picture = document.createElementNS('http://www.w3.org/2000/svg', 'svg')
  picture.setAttribute('viewBox', '0 0 24 24')
  picture.innerHTML = drawing
  const side = length(self.data.size)
  picture.style.cssText = `display: block; width: ${side}; height: ${side}`
  picture.style.color = String(self.data.color || colour)
  hostOf(self).replaceChildren(picture)
}

const icon: BuiltIn = {
  properties: { type: textProperty(), size: { type: null, value: 23 }, color: textProperty() },
  observers: {
    'type, size, color'() {
      if (this.kept) drawIcon(this)
    },
  },
  lifetimes: {
    attached() {
      this.kept = {}
      drawIcon(this)
    },
  },
}

const drawProgress = (self: Self): void => {
  const { percent, strokeWidth, activeColor, color, backgroundColor, borderRadius, showInfo, fontSize } =
    self.data as Record<string, unknown>
  const [bar, filled, info] = self.kept.parts as readonly [HTMLElement, HTMLElement, HTMLElement]
  const share = Math.min(100, Math.max(0, Number(percent) || 0))
  bar.style.cssText = `flex: 1; overflow: hidden; height: ${length(strokeWidth)}; border-radius: ${length(borderRadius)}; background: ${backgroundColor}`
  filled.style.cssText = `width: ${share}%; height: 100%; background: ${activeColor || color}`
  info.style.cssText = `margin-left: 15px; font-size: ${length(fontSize)}`
  info.hidden = !showInfo
  info.textContent = `${share}%`
}

/** Source: https://developers.weixin.qq.com/miniprogram/dev/component/progress.html */
const progress: BuiltIn = {
  properties: {
    percent: numberProperty(),
    showInfo: booleanProperty(),
    borderRadius: { type: null, value: 0 },
    fontSize: { type: null, value: 16 },
    strokeWidth: { type: null, value: 6 },
    color: textProperty('#09BB07'),
    activeColor: textProperty(),
    backgroundColor: textProperty('#EBEBEB'),
    active: booleanProperty(),
    activeMode: textProperty('backwards'),
    duration: numberProperty(30),
  },
  observers: {
    'percent, showInfo, color, activeColor, backgroundColor, strokeWidth'() {
      if (!this.kept) return
      drawProgress(this)
      if (this.data.active) tell(this, 'activeend', { curPercent: this.data.percent })
    },
  },
  lifetimes: {
    attached() {
      const [bar, filled, info] = ['div', 'div', 'div'].map((tag) => document.createElement(tag))
      if (!bar || !filled || !info) return
      bar.append(filled)
      hostOf(this).append(bar, info)
      this.kept = { parts: [bar, filled, info] }
      drawProgress(this)
      if (this.data.active)
        requestAnimationFrame(() => tell(this, 'activeend', { curPercent: this.data.percent }))
    },
  },
}

export const drawingComponents: Readonly<Record<string, BuiltIn>> = { canvas, icon, progress }
