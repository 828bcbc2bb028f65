/** An element with its properties and what is in it. Texts go in as texts, whatever they say. */
export const element = (tag, properties = {}, ...content) => {
  const made = Object.assign(document.createElement(tag), properties)
  made.append(...content.flat().filter((one) => one !== undefined && one !== ''))
  return made
}

/** The address of a view, for links and for going there. */
export const addressOf = (view, parameters = {}) => {
  const given = Object.entries(parameters).filter(([, value]) => value !== undefined && value !== '')
  const query = new URLSearchParams(given).toString()
  return query ? `#${view}?${query}` : `#${view}`
}

export const link = (text, view, parameters, properties = {}) =>
  element('a', { href: addressOf(view, parameters), ...properties }, text)

/** A link that is not there yet keeps its place. */
export const linkOrNothing = (isThere, text, view, parameters) =>
  isThere
    ? link(text, view, parameters, { className: 'button' })
    : element('span', { className: 'button button--off', ariaDisabled: 'true' }, text)

/** A button that does one thing at a time; its id lets it keep the focus when the view is shown anew. */
export const button = (id, text, act, properties = {}) => {
  let isBusy = false
  const made = element('button', { type: 'button', id, ...properties }, text)
  made.addEventListener('click', async () => {
    if (isBusy) return
    isBusy = true
    made.ariaBusy = 'true'
    await act()
    made.ariaBusy = 'false'
    isBusy = false
  })
  return made
}

/** A control with its label above it. */
export const field = (label, control, hint) =>
  element(
    'div',
    { className: 'field' },
    element('label', { htmlFor: control.id }, label),
    control,
    hint ? element('small', {}, hint) : undefined,
  )

/** `choices` are pairs of a value and its words. */
export const choice = (id, choices, chosen, properties = {}) =>
  element(
    'select',
    { id, ...properties },
    choices.map(([value, words]) => element('option', { value, selected: value === chosen }, words)),
  )

export const badge = (text, tone = 'plain') => element('span', { className: `badge badge--${tone}` }, text)

/** Long texts scroll by themselves, also with the keyboard. */
export const printed = (text, label) =>
  element('pre', { tabIndex: 0, role: 'region', ariaLabel: label }, text)

export const prettyJson = (value) => JSON.stringify(value, null, 2)

/** Terms with what is said of them. */
export const facts = (pairs) =>
  element(
    'dl',
    {},
    pairs.map(([term, said]) =>
      element('div', {}, element('dt', {}, term), element('dd', {}, said === '' ? '—' : said)),
    ),
  )

export const emptyNote = (text) => element('p', { className: 'empty' }, text)

const beijing = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Asia/Shanghai',
  dateStyle: 'short',
  timeStyle: 'medium',
})
/** China's time, as timers have it. */
export const instant = (ms) => (ms === undefined ? '—' : beijing.format(ms))

export const duration = (ms) => {
  if (ms === undefined) return '—'
  if (ms < 1000) return `${ms < 10 ? ms.toFixed(1) : Math.round(ms)} ms`
  return `${(ms / 1000).toFixed(1)} 秒`
}

export const size = (bytes) => {
  if (bytes < 1024) return `${bytes} B`
  return bytes < 1024 * 1024 ? `${(bytes / 1024).toFixed(1)} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`
}

const units = [
  [86_400_000, '天'],
  [3_600_000, '小时'],
  [60_000, '分钟'],
  [1000, '秒'],
]
/** A span of time in its two largest units. */
export const span = (ms) => {
  let left = Math.abs(ms)
  const parts = []
  for (const [unitMs, name] of units) {
    const count = Math.floor(left / unitMs)
    left -= count * unitMs
    if (count > 0 && parts.length < 2) parts.push(`${count} ${name}`)
  }
  return parts.join(' ') || '0 秒'
}
