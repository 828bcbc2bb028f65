import { type BuiltIn, booleanProperty, hostOf, type Self, tell, textProperty } from './built-in'

const frameOf = (self: Self): HTMLElement | null => hostOf(self).closest<HTMLElement>('.wx-page-frame')
const scrollerOf = (self: Self): HTMLElement | null | undefined =>
  frameOf(self)?.querySelector<HTMLElement>('.wx-page-scroller')

/** Heard by the bars around the page. */
const say = (self: Self, detail: object): void => {
  frameOf(self)?.dispatchEvent(new CustomEvent('wx-bar', { detail }))
}

const put = (style: CSSStyleDeclaration | undefined, name: string, value: unknown): void => {
  if (value) style?.setProperty(name, String(value))
}

const scrollPage = (self: Self): void => {
  const top = Number.parseFloat(String(self.data.scrollTop))
  if (Number.isFinite(top)) scrollerOf(self)?.scrollTo({ top, behavior: 'instant' })
}

const drawPage = (self: Self): void => {
  const scroller = scrollerOf(self)
  const root = scroller?.querySelector<HTMLElement>('wx-page')
  say(self, { pageColor: self.data.backgroundColor })
  put(root?.style, 'font-size', self.data.pageFontSize)
  put(root?.style, 'background-color', self.data.rootBackgroundColor)
  for (const rule of String(self.data.pageStyle).split(';')) {
    const [name = '', ...value] = rule.split(':')
    if (!name.trim()) continue
    root?.style.setProperty(name.trim(), value.join(':').trim())
    // A page that may not scroll says so by its own style.
    if (/^overflow/.test(name.trim())) scroller?.style.setProperty(name.trim(), value.join(':').trim())
  }
}

/** Source: https://developers.weixin.qq.com/miniprogram/dev/component/page-meta.html */
const pageMeta: BuiltIn = {
  properties: {
    backgroundTextStyle: textProperty(),
    backgroundColor: textProperty(),
    backgroundColorTop: textProperty(),
    backgroundColorBottom: textProperty(),
    rootBackgroundColor: textProperty(),
    scrollTop: textProperty(),
    scrollDuration: { type: Number, value: 300 },
    pageStyle: textProperty(),
    pageFontSize: textProperty(),
    rootFontSize: textProperty(),
    pageOrientation: textProperty(),
  },
  observers: {
    'backgroundColor, rootBackgroundColor, pageStyle, pageFontSize'() {
      if (this.kept) drawPage(this)
    },
    scrollTop() {
      if (this.kept) scrollPage(this)
    },
  },
  lifetimes: {
    attached() {
      this.kept = {}
      drawPage(this)
      scrollPage(this)
      scrollerOf(this)?.addEventListener('scroll', () =>
        tell(this, 'scroll', { scrollTop: scrollerOf(this)?.scrollTop ?? 0 }),
      )
      const resized = () =>
        tell(this, 'resize', { size: { windowWidth: window.innerWidth, windowHeight: window.innerHeight } })
      window.addEventListener('resize', resized)
      this.kept.resized = resized
    },
    detached() {
      window.removeEventListener('resize', this.kept.resized as never)
    },
  },
}

const drawBar = (self: Self): void => {
  const { title, frontColor, backgroundColor } = self.data
  say(self, { title, frontColor, backgroundColor })
}

/** Source: https://developers.weixin.qq.com/miniprogram/dev/component/navigation-bar.html */
const navigationBar: BuiltIn = {
  properties: {
    title: textProperty(),
    loading: booleanProperty(),
    frontColor: textProperty(),
    backgroundColor: textProperty(),
    colorAnimationDuration: { type: Number, value: 0 },
    colorAnimationTimingFunc: textProperty('linear'),
  },
  observers: {
    'title, frontColor, backgroundColor'() {
      if (this.kept) drawBar(this)
    },
  },
  lifetimes: {
    attached() {
      this.kept = {}
      drawBar(this)
    },
  },
}

export const pageMetaComponents: Readonly<Record<string, BuiltIn>> = {
  'page-meta': pageMeta,
  'navigation-bar': navigationBar,
}
