import { webLengths } from '../../lengths'
import {
  type BuiltIn,
  booleanProperty,
  hostOf,
  inside,
  numberProperty,
  type Self,
  tell,
  textProperty,
} from './built-in'

const scroll = (self: Self): void => {
  const host = hostOf(self)
  host.style.overflowX = self.data.scrollX ? 'auto' : 'hidden'
  host.style.overflowY = self.data.scrollY ? 'auto' : 'hidden'
}

const glide = (self: Self): ScrollBehavior => (self.data.scrollWithAnimation ? 'smooth' : 'instant')

/** Source: https://developers.weixin.qq.com/miniprogram/dev/component/scroll-view.html */
const scrollView: BuiltIn = {
  properties: {
    scrollX: booleanProperty(),
    scrollY: booleanProperty(),
    upperThreshold: { type: null, value: 50 },
    lowerThreshold: { type: null, value: 50 },
    scrollTop: { type: null, value: 0 },
    scrollLeft: { type: null, value: 0 },
    scrollIntoView: textProperty(),
    scrollWithAnimation: booleanProperty(),
    enableBackToTop: booleanProperty(),
    enableFlex: booleanProperty(),
    scrollAnchoring: booleanProperty(),
    refresherEnabled: booleanProperty(),
    refresherTriggered: booleanProperty(),
    showScrollbar: booleanProperty(true),
    enhanced: booleanProperty(),
    bounces: booleanProperty(true),
    pagingEnabled: booleanProperty(),
    fastDeceleration: booleanProperty(),
  },
  observers: {
    'scrollX, scrollY'() {
      if (this.kept) scroll(this)
    },
    scrollTop(top: never) {
      if (this.kept) hostOf(this).scrollTo({ top: Number(top), behavior: glide(this) })
    },
    scrollLeft(left: never) {
      if (this.kept) hostOf(this).scrollTo({ left: Number(left), behavior: glide(this) })
    },
    scrollIntoView(id: never) {
      if (!this.kept || id === '') return
      const target = hostOf(this).querySelector(`[id$="--${CSS.escape(String(id))}"]`)
      if (!target) return
      const [mine, its] = [hostOf(this).getBoundingClientRect(), target.getBoundingClientRect()]
      const by = { top: its.top - mine.top, left: its.left - mine.left }
      hostOf(this).scrollBy({
        ...(this.data.scrollY ? { top: by.top } : {}),
        ...(this.data.scrollX ? { left: by.left } : {}),
        behavior: glide(this),
      })
    },
  },
  lifetimes: {
    attached() {
      const host = hostOf(this)
      this.kept = {}
      scroll(this)
      host.toggleAttribute('data-wx-flex', Boolean(this.data.enableFlex))
      let [top, left] = [0, 0]
      requestAnimationFrame(() => {
        if (Number(this.data.scrollTop)) host.scrollTop = Number(this.data.scrollTop)
        if (Number(this.data.scrollLeft)) host.scrollLeft = Number(this.data.scrollLeft)
        top = host.scrollTop
        left = host.scrollLeft
      })
      host.addEventListener('scroll', () => {
        const [deltaY, deltaX] = [top - host.scrollTop, left - host.scrollLeft]
        top = host.scrollTop
        left = host.scrollLeft
        tell(this, 'scroll', {
          scrollTop: top,
          scrollLeft: left,
          scrollHeight: host.scrollHeight,
          scrollWidth: host.scrollWidth,
          deltaX,
          deltaY,
        })
        const near = (at: number, delta: number, threshold: unknown) => delta > 0 && at <= Number(threshold)
        if (near(top, deltaY, this.data.upperThreshold)) tell(this, 'scrolltoupper', { direction: 'top' })
        if (near(left, deltaX, this.data.upperThreshold)) tell(this, 'scrolltoupper', { direction: 'left' })
        const below = host.scrollHeight - host.clientHeight - top
        const right = host.scrollWidth - host.clientWidth - left
        if (near(below, -deltaY, this.data.lowerThreshold))
          tell(this, 'scrolltolower', { direction: 'bottom' })
        if (near(right, -deltaX, this.data.lowerThreshold))
          tell(this, 'scrolltolower', { direction: 'right' })
      })
    },
  },
}

const slides = (self: Self): readonly Self[] => inside(hostOf(self), ['swiper-item'])

/** How far it is from one slide to the next. */
const stride = (self: Self): number => {
  const first = slides(self)[0]
  if (!first) return 0
  return self.data.vertical ? hostOf(first).offsetHeight : hostOf(first).offsetWidth
}

/** Dots lie over the slides and do not move with them. */
const drawDots = (self: Self): void => {
  const host = hostOf(self)
  host.querySelector(':scope > .wx-swiper-dots')?.remove()
  if (!self.data.indicatorDots) return
  const dots = document.createElement('div')
  dots.className = 'wx-swiper-dots'
  const { indicatorColor, indicatorActiveColor } = self.data as Record<string, string>
  dots.append(
    ...slides(self).map((_, index) => {
      const dot = document.createElement('div')
      dot.style.background = (index === self.kept.current ? indicatorActiveColor : indicatorColor) ?? ''
      return dot
    }),
  )
  host.append(dots)
}

const layOut = (self: Self): void => {
  const { previousMargin, nextMargin, displayMultipleItems } = self.data as Record<string, string>
  const margin = (value: string | undefined) => webLengths(String(value || '0px'))
  const { style } = hostOf(self)
  style.setProperty('--wx-before', margin(previousMargin))
  style.setProperty('--wx-after', margin(nextMargin))
  style.setProperty('--wx-shown', String(Number(displayMultipleItems) || 1))
}

/** Turns a swiper to a slide. `source` is who did it, as the page is told. */
export const swipeTo = (self: Self, index: number, source: 'touch' | 'autoplay' | ''): void => {
  const list = slides(self)
  const current = ((index % list.length) + list.length) % list.length
  if (list.length === 0 || current === self.kept.current) return
  self.kept.current = current
  const at = current * stride(self)
  hostOf(self).scrollTo({ ...(self.data.vertical ? { top: at } : { left: at }), behavior: 'instant' })
  drawDots(self)
  const currentItemId = String(list[current]?.data.itemId ?? '')
  tell(self, 'change', { current, source, currentItemId })
  tell(self, 'animationfinish', { current, source, currentItemId })
}

/** Source: https://developers.weixin.qq.com/miniprogram/dev/component/swiper.html */
const swiper: BuiltIn = {
  properties: {
    indicatorDots: booleanProperty(),
    indicatorColor: textProperty('rgba(0, 0, 0, .3)'),
    indicatorActiveColor: textProperty('#000000'),
    autoplay: booleanProperty(),
    current: numberProperty(),
    interval: numberProperty(5000),
    duration: numberProperty(500),
    circular: booleanProperty(),
    vertical: booleanProperty(),
    displayMultipleItems: numberProperty(1),
    previousMargin: textProperty('0px'),
    nextMargin: textProperty('0px'),
    snapToEdge: booleanProperty(),
    easingFunction: textProperty('default'),
  },
  observers: {
    current(index: never) {
      if (this.kept) swipeTo(this, Number(index), '')
    },
    'indicatorDots, indicatorColor, indicatorActiveColor'() {
      if (this.kept) drawDots(this)
    },
    'previousMargin, nextMargin, displayMultipleItems'() {
      if (this.kept) layOut(this)
    },
  },
  lifetimes: {
    attached() {
      const host = hostOf(this)
      this.kept = { current: 0 }
      host.toggleAttribute('data-wx-vertical', Boolean(this.data.vertical))
      layOut(this)
      requestAnimationFrame(() => {
        if (!this.getBackendElement()) return
        drawDots(this)
        if (Number(this.data.current)) swipeTo(this, Number(this.data.current), '')
      })
      // Slides may come later than the swiper.
      const observer = new MutationObserver(() => {
        const drawn = host.querySelector(':scope > .wx-swiper-dots')?.childElementCount ?? 0
        if (this.data.indicatorDots && drawn !== slides(this).length) drawDots(this)
      })
      observer.observe(host, { childList: true })
      host.addEventListener('scrollend', () => {
        const side = stride(this)
        const at = this.data.vertical ? host.scrollTop : host.scrollLeft
        if (side > 0) swipeTo(this, Math.round(at / side), 'touch')
      })
      this.kept.observer = observer
      this.kept.timer = setInterval(() => {
        if (this.data.autoplay) swipeTo(this, Number(this.kept.current) + 1, 'autoplay')
      }, Number(this.data.interval))
    },
    detached() {
      ;(this.kept.observer as MutationObserver).disconnect()
      clearInterval(this.kept.timer as never)
    },
  },
}

const swiperItem: BuiltIn = {
  properties: { itemId: textProperty(), skipHiddenItemLayout: booleanProperty() },
}

export const scrollComponents: Readonly<Record<string, BuiltIn>> = {
  'scroll-view': scrollView,
  swiper,
  'swiper-item': swiperItem,
}
