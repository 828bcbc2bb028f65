import { ask } from './cloud.js'
import { button, choice, element, field, instant, span } from './elements.js'

const minuteMs = 60_000
const hourMs = 60 * minuteMs
const dayMs = 24 * hourMs

const presets = [
  ['10 分钟', 10 * minuteMs],
  ['1 小时', hourMs],
  ['1 天', dayMs],
  ['7 天', 7 * dayMs],
  ['30 天', 30 * dayMs],
]

export const offsetWords = (offsetMs) => {
  if (Math.abs(offsetMs) < 1000) return '真实时间'
  return offsetMs > 0 ? `拨快了 ${span(offsetMs)}` : `拨慢了 ${span(offsetMs)}`
}

/** What has been chosen stays so while the view is shown anew. */
const chosen = { verb: 'move-clock', amount: '1', unit: String(hourMs) }

export const clockView = {
  title: () => '时钟',
  show: async ({ state, attempt, say, update, refresh }) => {
    const change = (verb, ms) =>
      attempt(async () => {
        try {
          const next = await ask(verb, ms === undefined ? {} : { ms })
          say(`现在是 ${instant(next.now)}，${offsetWords(next.offsetMs)}`, 'good')
        } finally {
          // Moved it is, even when a timer has failed after that.
          await update()
          await refresh()
        }
      })
    const verb = choice(
      'verb',
      [
        ['move-clock', '拨动 move：每个定时器运行一次'],
        ['step-clock', '只改时间 step：不运行定时器'],
      ],
      chosen.verb,
    )
    verb.addEventListener('change', () => {
      chosen.verb = verb.value
    })
    const amount = element('input', {
      id: 'amount',
      type: 'number',
      step: 1,
      required: true,
      value: chosen.amount,
    })
    const unit = choice(
      'unit',
      [
        [String(minuteMs), '分钟'],
        [String(hourMs), '小时'],
        [String(dayMs), '天'],
      ],
      chosen.unit,
    )
    const form = element(
      'form',
      {},
      element(
        'div',
        { className: 'row' },
        field('多少（负数往回拨）', amount),
        field('单位', unit),
        element('button', { type: 'submit', id: 'move' }, '拨'),
      ),
    )
    form.addEventListener('submit', (event) => {
      event.preventDefault()
      Object.assign(chosen, { amount: amount.value, unit: unit.value })
      void change(verb.value, Number(amount.value) * Number(unit.value))
    })
    return [
      element(
        'section',
        { className: 'panel', ariaLabel: '现在' },
        element('p', { className: 'big', id: 'clock-now' }, instant(state().now)),
        element('p', { className: 'quiet' }, `北京时间，${offsetWords(state().offsetMs)}`),
        // Where there is nothing to go back from there is no button.
        ...(state().offsetMs === 0 ? [] : [button('reset', '回到真实时间', () => change('reset-clock'))]),
      ),
      element(
        'section',
        { className: 'panel', ariaLabel: '拨时钟' },
        field('方式', verb),
        element(
          'div',
          { className: 'row', role: 'group', ariaLabel: '往前' },
          presets.map(([words, ms]) => button(`move-${ms}`, `+${words}`, () => change(verb.value, ms))),
        ),
        form,
      ),
    ]
  },
}
