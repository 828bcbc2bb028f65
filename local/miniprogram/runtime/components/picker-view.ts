import { webLengths } from '../../lengths'
import {
  around,
  type BuiltIn,
  booleanProperty,
  hostOf,
  inside,
  type Self,
  tell,
  textProperty,
} from './built-in'

const columns = (self: Self): readonly Self[] => inside(hostOf(self), ['picker-view-column'])

/** The rows of a column, one under the other. */
const rows = (column: Self): readonly HTMLElement[] =>
  [...hostOf(column).children].filter((child) => child instanceof HTMLElement)

const rowHeight = (column: Self): number => rows(column)[0]?.offsetHeight ?? 0

const chosen = (column: Self): number => {
  const height = rowHeight(column)
  const last = Math.max(0, rows(column).length - 1)
  return height === 0 ? 0 : Math.min(last, Math.round(hostOf(column).scrollTop / height))
}

const turnTo = (self: Self): void => {
  const value = (self.data.value ?? []) as readonly number[]
  columns(self).forEach((column, at) => {
    const last = Math.max(0, rows(column).length - 1)
    const index = Math.min(Math.max(0, Number(value[at] ?? 0)), last)
    hostOf(column).scrollTo({ top: index * rowHeight(column), behavior: 'instant' })
  })
}

const tellTurned = (self: Self): void => {
  const value = columns(self).map(chosen)
  const before = (self.kept.value ?? []) as readonly number[]
  if (value.length === before.length && value.every((index, at) => index === before[at])) return
  self.kept.value = value
  tell(self, 'change', { value })
}

const settle = (self: Self): void => {
  requestAnimationFrame(() => {
    if (!self.getBackendElement()) return
    turnTo(self)
    self.kept.value = columns(self).map(chosen)
  })
}

/** Source: https://developers.weixin.qq.com/miniprogram/dev/component/picker-view.html */
const pickerView: BuiltIn = {
  properties: {
    value: { type: Array, value: [] },
    indicatorStyle: textProperty(),
    indicatorClass: textProperty(),
    maskStyle: textProperty(),
    maskClass: textProperty(),
    immediateChange: booleanProperty(),
    name: textProperty(),
  },
  observers: {
    value() {
      if (this.kept) settle(this)
    },
  },
  lifetimes: {
    attached() {
      this.kept = {}
      const style = webLengths(String(this.data.indicatorStyle))
      const height = /(?:^|;)\s*height\s*:\s*([^;]+)/.exec(style)?.[1] ?? '34px'
      hostOf(this).style.setProperty('--wx-row', height)
      const indicator = document.createElement('div')
      indicator.className = 'wx-picker-view-indicator'
      indicator.style.cssText = style
      hostOf(this).append(indicator)
      settle(this)
      // Rows may come later than the wheels.
      const observer = new MutationObserver(() => settle(this))
      observer.observe(hostOf(this), { childList: true, subtree: true })
      this.kept.observer = observer
    },
    detached() {
      ;(this.kept.observer as MutationObserver).disconnect()
    },
  },
}

const pickerViewColumn: BuiltIn = {
  lifetimes: {
    attached() {
      this.kept = {}
      const host = hostOf(this)
      let isMoving = false
      host.addEventListener('touchstart', () => {
        const wheels = around(this, 'picker-view')
        if (wheels && !isMoving) tell(wheels, 'pickstart')
        isMoving = true
      })
      host.addEventListener('scrollend', () => {
        const wheels = around(this, 'picker-view')
        if (!wheels?.kept) return
        tellTurned(wheels)
        if (isMoving) tell(wheels, 'pickend')
        isMoving = false
      })
    },
  },
}

export const pickerViewComponents: Readonly<Record<string, BuiltIn>> = {
  'picker-view': pickerView,
  'picker-view-column': pickerViewColumn,
}
