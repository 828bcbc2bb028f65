import { openType } from '../open-types'
import { askColumns, type Column } from '../sheets'
import {
  around,
  type BuiltIn,
  booleanProperty,
  hostOf,
  inside,
  numberProperty,
  onTap,
  type Self,
  tell,
  textProperty,
} from './built-in'

const fields = ['input', 'textarea', 'picker', 'switch', 'slider', 'checkbox-group', 'radio-group'] as const

const valueIn = (field: Self): unknown => {
  if (field.is === 'wx:switch') return field.data.checked
  if (field.is === 'wx:checkbox-group')
    return inside(hostOf(field), ['checkbox']).flatMap((one) => (one.data.checked ? [one.data.value] : []))
  if (field.is === 'wx:radio-group')
    return inside(hostOf(field), ['radio']).find((one) => one.data.checked)?.data.value ?? ''
  return field.data.value
}

type Field = HTMLInputElement | HTMLTextAreaElement

const fieldOf = (self: Self): Field => self.kept.field as Field

/** The most that somebody may type; a negative number is no limit. */
const limited = (self: Self, text: string): string => {
  const most = Number(self.data.maxlength)
  return most >= 0 ? [...text].slice(0, most).join('') : text
}

const putValue = (self: Self, value: unknown): void => {
  const field = fieldOf(self)
  const text = value === undefined || value === null ? '' : String(value)
  if (field.value !== text) field.value = text
}

/** Typed text as the page hears of it. What its handler returns takes the place of the text. */
const typed = (self: Self): void => {
  const field = fieldOf(self)
  const value = limited(self, field.value)
  if (value !== field.value) field.value = value
  self.replaceDataOnPath(['value'], value)
  self.applyDataUpdates()
  const answers: unknown[] = []
  self.triggerEvent(
    'input',
    { value, cursor: field.selectionEnd ?? value.length, keyCode: 0 } as never,
    { handleListenerReturn: (answer: unknown) => void answers.push(answer) } as never,
  )
  const replaced = answers.find((answer) => answer !== undefined && answer !== false)
  if (typeof replaced === 'string') self.setData({ value: replaced })
  else if (typeof replaced === 'object' && replaced !== null && 'value' in replaced)
    self.setData({ value: String(replaced.value) })
}

/** Types into a field as a finger would. */
export const typeInto = (self: Self, text: string): void => {
  if (self.data.disabled) return
  fieldOf(self).focus()
  fieldOf(self).value = text
  typed(self)
}

const openField = (self: Self, field: Field): void => {
  self.kept = { field }
  hostOf(self).append(field)
  field.addEventListener('input', () => {
    if (!(self.kept.isComposing as boolean)) typed(self)
  })
  field.addEventListener('compositionstart', () => {
    self.kept.isComposing = true
  })
  field.addEventListener('compositionend', () => {
    self.kept.isComposing = false
    typed(self)
  })
  field.addEventListener('focus', () => tell(self, 'focus', { value: field.value, height: 0 }))
  field.addEventListener('blur', () =>
    tell(self, 'blur', { value: field.value, cursor: field.selectionEnd ?? 0 }),
  )
  onTap(self, () => {
    if (!self.data.disabled) field.focus()
  })
  putValue(self, self.data.value)
}

const fieldProperties = {
  value: { type: null, value: '' },
  name: textProperty(),
  placeholder: textProperty(),
  placeholderStyle: textProperty(),
  placeholderClass: textProperty('input-placeholder'),
  disabled: booleanProperty(),
  maxlength: numberProperty(140),
  focus: booleanProperty(),
  autoFocus: booleanProperty(),
  cursorSpacing: numberProperty(),
  cursor: numberProperty(-1),
  selectionStart: numberProperty(-1),
  selectionEnd: numberProperty(-1),
  adjustPosition: booleanProperty(true),
  holdKeyboard: booleanProperty(),
  confirmType: textProperty('done'),
  confirmHold: booleanProperty(),
}

const fieldObservers: BuiltIn['observers'] = {
  value(value: never) {
    if (this.kept) putValue(this, value)
  },
  'placeholder, disabled'(placeholder: never, isDisabled: never) {
    if (!this.kept) return
    fieldOf(this).placeholder = placeholder
    fieldOf(this).disabled = isDisabled
  },
  'placeholderClass, placeholderStyle'() {
    if (this.kept) colourPlaceholder(this)
  },
  focus(isFocused: never) {
    if (!this.kept) return
    if (isFocused) fieldOf(this).focus()
    else fieldOf(this).blur()
  },
}

/** A placeholder is the browser's own here; the class and style for it are asked for their colour. */
const colourPlaceholder = (self: Self): void => {
  const probe = document.createElement('span')
  probe.className = `wx-placeholder ${self.data.placeholderClass}`
  probe.style.cssText = String(self.data.placeholderStyle)
  hostOf(self).append(probe)
  fieldOf(self).style.setProperty('--wx-placeholder', getComputedStyle(probe).color)
  probe.remove()
}

const begin = (self: Self): void => {
  const field = fieldOf(self)
  colourPlaceholder(self)
  field.placeholder = String(self.data.placeholder)
  field.disabled = Boolean(self.data.disabled)
  if (self.data.focus || self.data.autoFocus) requestAnimationFrame(() => field.focus())
}

const modes: Readonly<Record<string, string>> = {
  number: 'numeric',
  digit: 'decimal',
  idcard: 'text',
  nickname: 'text',
  'safe-password': 'text',
}

const input: BuiltIn = {
  properties: { ...fieldProperties, type: textProperty('text'), password: booleanProperty() },
  observers: fieldObservers,
  lifetimes: {
    attached() {
      const field = document.createElement('input')
      field.type = this.data.password ? 'password' : 'text'
      field.inputMode = modes[String(this.data.type)] ?? 'text'
      field.enterKeyHint = this.data.confirmType as 'done'
      openField(this, field)
      begin(this)
      field.addEventListener('keydown', (event) => {
        if (event.key !== 'Enter' || event.isComposing) return
        tell(this, 'confirm', { value: field.value })
        if (!this.data.confirmHold) field.blur()
      })
    },
  },
}

const textarea: BuiltIn = {
  properties: {
    ...fieldProperties,
    placeholderClass: textProperty('textarea-placeholder'),
    autoHeight: booleanProperty(),
    fixed: booleanProperty(),
    showConfirmBar: booleanProperty(true),
    disableDefaultPadding: booleanProperty(),
  },
  observers: fieldObservers,
  lifetimes: {
    attached() {
      const field = document.createElement('textarea')
      openField(this, field)
      begin(this)
      let lines = 0
      const fit = () => {
        if (this.data.autoHeight) {
          field.style.height = 'auto'
          field.style.height = `${field.scrollHeight}px`
          hostOf(this).style.height = 'auto'
        }
        const lineHeight = Number.parseFloat(getComputedStyle(field).lineHeight) || 20
        const lineCount = Math.max(1, Math.round(field.scrollHeight / lineHeight))
        if (lineCount === lines) return
        lines = lineCount
        tell(this, 'linechange', { height: field.scrollHeight, heightRpx: field.scrollHeight * 2, lineCount })
      }
      field.addEventListener('input', fit)
      requestAnimationFrame(fit)
    },
  },
}

const button: BuiltIn = {
  properties: {
    size: textProperty('default'),
    type: textProperty('default'),
    plain: booleanProperty(),
    disabled: booleanProperty(),
    loading: booleanProperty(),
    formType: textProperty(),
    openType: textProperty(),
    hoverClass: textProperty('button-hover'),
    hoverStopPropagation: booleanProperty(),
    hoverStartTime: numberProperty(20),
    hoverStayTime: numberProperty(70),
    lang: textProperty('en'),
    appParameter: textProperty(),
    phoneNumberNoQuotaToast: booleanProperty(true),
  },
  observers: {
    'size, type, plain, disabled, loading'() {
      if (!this.kept) return
      for (const name of ['size', 'type', 'plain', 'disabled', 'loading'] as const) {
        const value = this.data[name]
        if (value === false) hostOf(this).removeAttribute(`data-wx-${name}`)
        else hostOf(this).setAttribute(`data-wx-${name}`, value === true ? '' : String(value))
      }
    },
  },
  lifetimes: {
    attached() {
      this.kept = {}
      const host = hostOf(this)
      for (const name of ['size', 'type', 'plain', 'disabled', 'loading'] as const) {
        const value = this.data[name]
        if (value !== false) host.setAttribute(`data-wx-${name}`, value === true ? '' : String(value))
      }
      onTap(this, () => {
        if (this.data.disabled) return
        const form = this.data.formType ? around(this, 'form') : undefined
        if (form && this.data.formType === 'submit') submit(form)
        if (form && this.data.formType === 'reset') reset(form)
        if (this.data.openType) openType(String(this.data.openType), this)
      })
    },
  },
}

const submit = (form: Self): void => {
  const value: Record<string, unknown> = {}
  for (const field of inside(hostOf(form), fields)) {
    const name = String(field.data.name ?? '')
    if (name) value[name] = valueIn(field)
  }
  tell(form, 'submit', { value, target: {}, formId: 'the formId is a mock one' })
}

const reset = (form: Self): void => {
  for (const field of inside(hostOf(form), [...fields, 'checkbox', 'radio'])) {
    if ('checked' in field.data) field.setData({ checked: false })
    else if (field.is !== 'wx:picker') field.setData({ value: '' })
  }
  tell(form, 'reset', { target: {} })
}

const form: BuiltIn = {
  properties: { reportSubmit: booleanProperty(), reportSubmitTimeout: numberProperty() },
}

/** Turns a switch as a finger would. */
export const turn = (self: Self): void => {
  if (self.data.disabled) return
  self.setData({ checked: !self.data.checked })
  tell(self, 'change', { value: self.data.checked })
}

const mark = (self: Self): void => {
  const host = hostOf(self)
  host.toggleAttribute('data-wx-checked', Boolean(self.data.checked))
  host.toggleAttribute('data-wx-disabled', Boolean(self.data.disabled))
  if (self.data.color) host.style.setProperty('--wx-color', String(self.data.color))
}

const marked: Pick<BuiltIn, 'observers'> = {
  observers: {
    'checked, disabled, color'() {
      if (this.kept) mark(this)
    },
  },
}

const toggle: BuiltIn = {
  properties: {
    checked: booleanProperty(),
    disabled: booleanProperty(),
    type: textProperty('switch'),
    color: textProperty(),
    name: textProperty(),
  },
  ...marked,
  lifetimes: {
    attached() {
      this.kept = {}
      mark(this)
      onTap(this, () => turn(this))
    },
  },
}

const choose = (self: Self, group: 'checkbox-group' | 'radio-group'): void => {
  if (self.data.disabled) return
  const owner = around(self, group)
  if (group === 'radio-group') {
    if (self.data.checked) return
    if (owner) for (const other of inside(hostOf(owner), ['radio'])) other.setData({ checked: false })
    self.setData({ checked: true })
  } else self.setData({ checked: !self.data.checked })
  if (owner) tell(owner, 'change', { value: valueIn(owner) })
}

const option = (group: 'checkbox-group' | 'radio-group'): BuiltIn => ({
  properties: {
    value: textProperty(),
    checked: booleanProperty(),
    disabled: booleanProperty(),
    color: textProperty(),
  },
  ...marked,
  lifetimes: {
    attached() {
      this.kept = {}
      mark(this)
      onTap(this, () => choose(this, group))
    },
  },
})

const label: BuiltIn = {
  properties: { for: textProperty() },
  lifetimes: {
    attached() {
      onTap(this, (event) => {
        const origin = (event.getOriginalEvent() as { target?: Element } | undefined)?.target
        const controls = ['switch', 'checkbox', 'radio', 'button', 'input']
        if (origin?.closest(controls.map((name) => `wx-${name}`).join(','))) return
        const named = String(this.data.for)
        const page = hostOf(this).closest('wx-page') ?? document.body
        const scope = named ? [...page.querySelectorAll(`[id$="--${CSS.escape(named)}"]`)] : [hostOf(this)]
        const [control] = scope.flatMap((dom) =>
          named ? [(dom as unknown as { __wxElement: Self }).__wxElement] : inside(dom, controls),
        )
        control?.triggerEvent('tap', event.detail as never, { bubbles: false })
      })
    },
  },
}

const slider: BuiltIn = {
  properties: {
    min: numberProperty(0),
    max: numberProperty(100),
    step: numberProperty(1),
    value: numberProperty(0),
    disabled: booleanProperty(),
    name: textProperty(),
    showValue: booleanProperty(),
  },
  observers: {
    value(value: never) {
      if (this.kept) (this.kept.field as HTMLInputElement).value = String(value)
    },
  },
  lifetimes: {
    attached() {
      const field = document.createElement('input')
      field.type = 'range'
      field.min = String(this.data.min)
      field.max = String(this.data.max)
      field.step = String(this.data.step)
      field.value = String(this.data.value)
      this.kept = { field }
      hostOf(this).append(field)
      field.addEventListener('input', () => tell(this, 'changing', { value: Number(field.value) }))
      field.addEventListener('change', () => slideTo(this, Number(field.value)))
    },
  },
}

export const slideTo = (self: Self, value: number): void => {
  if (self.data.disabled) return
  self.setData({ value })
  tell(self, 'change', { value })
}

const nameOf = (choice: unknown, key: unknown): string =>
  typeof choice === 'object' && choice !== null
    ? String((choice as Record<string, unknown>)[String(key)] ?? '')
    : String(choice)

const twoDigits = (value: number): string => String(value).padStart(2, '0')

const range = (from: number, to: number): number[] =>
  Array.from({ length: Math.max(0, to - from + 1) }, (_, at) => from + at)

const columnOf = (choices: readonly string[], wanted: unknown): Column => ({
  choices,
  index: Math.max(0, choices.indexOf(String(wanted))),
})

const dateColumns = (self: Self): readonly Column[] => {
  const [year, month, day] = String(self.data.value || '2000-01-01').split('-')
  const first = Number(String(self.data.start || '1900').slice(0, 4))
  const last = Number(String(self.data.end || '2100').slice(0, 4))
  const all = [
    columnOf(range(first, last).map(String), year),
    columnOf(range(1, 12).map(twoDigits), month),
    columnOf(range(1, 31).map(twoDigits), day),
  ]
  return all.slice(0, { year: 1, month: 2, day: 3 }[String(self.data.fields)] ?? 3)
}

/** A date within its month and within what the page allows. */
const dateWithin = (self: Self, parts: readonly string[]): string => {
  const [year = '2000', month, day] = parts
  const longest = month ? new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate() : 31
  const written = [year, month, day && twoDigits(Math.min(Number(day), longest))].filter(Boolean).join('-')
  const { start, end } = self.data as { start: string; end: string }
  if (start && written < start.slice(0, written.length)) return start.slice(0, written.length)
  return end && written > end.slice(0, written.length) ? end.slice(0, written.length) : written
}

const listsOf = (self: Self): readonly (readonly unknown[])[] =>
  (self.data.mode === 'multiSelector'
    ? self.data.range
    : [self.data.range]) as readonly (readonly unknown[])[]

const columnsOf = (self: Self, chosen?: readonly number[]): readonly Column[] => {
  if (self.data.mode === 'date') return dateColumns(self)
  if (self.data.mode === 'time') {
    const [hour, minute] = String(self.data.value || '00:00').split(':')
    return [columnOf(range(0, 23).map(twoDigits), hour), columnOf(range(0, 59).map(twoDigits), minute)]
  }
  const value =
    chosen ?? (self.data.mode === 'multiSelector' ? (self.data.value as number[]) : [self.data.value])
  return listsOf(self).map((list, at) => ({
    choices: list.map((choice) => nameOf(choice, self.data.rangeKey)),
    index: Math.min(Math.max(0, Number(value[at] ?? 0)), Math.max(0, list.length - 1)),
  }))
}

const openPicker = async (self: Self): Promise<void> => {
  const mode = String(self.data.mode)
  if (mode === 'region') throw new Error('<picker mode="region"> is not provided by this host')
  let columns = columnsOf(self)
  const {
    answer,
    change,
    chosen: standing,
  } = askColumns(columns, (column, value) => {
    if (mode === 'multiSelector') tell(self, 'columnchange', { column, value })
  })
  // What the page changes while it is open is seen at once.
  self.kept = {
    change: (isValue: boolean) => {
      columns = columnsOf(self, isValue ? undefined : standing())
      change(columns)
    },
  }
  const chosen = await answer
  self.kept = {}
  if (!chosen) {
    tell(self, 'cancel')
    return
  }
  const words = chosen.map((index, at) => columns[at]?.choices[index] ?? '')
  const value = {
    date: () => dateWithin(self, words),
    time: () => words.join(':'),
    multiSelector: () => [...chosen],
  }[mode]
  tell(self, 'change', { value: value ? value() : String(chosen[0] ?? 0) })
}

const picker: BuiltIn = {
  properties: {
    mode: textProperty('selector'),
    range: { type: Array, value: [] },
    rangeKey: textProperty(),
    value: { type: null, value: 0 },
    start: textProperty(),
    end: textProperty(),
    fields: textProperty('day'),
    disabled: booleanProperty(),
    headerText: textProperty(),
    name: textProperty(),
  },
  observers: {
    range() {
      ;(this.kept?.change as ((isValue: boolean) => void) | undefined)?.(false)
    },
    value() {
      ;(this.kept?.change as ((isValue: boolean) => void) | undefined)?.(true)
    },
  },
  lifetimes: {
    attached() {
      this.kept = {}
      onTap(this, () => {
        if (!this.data.disabled) void openPicker(this)
      })
    },
  },
}

const group: BuiltIn = { properties: { name: textProperty() } }

export const formComponents: Readonly<Record<string, BuiltIn>> = {
  input,
  textarea,
  button,
  form,
  switch: toggle,
  checkbox: option('checkbox-group'),
  'checkbox-group': group,
  radio: option('radio-group'),
  'radio-group': group,
  label,
  slider,
  picker,
}
