import { ask } from './cloud.js'
import { button, choice, element, emptyNote, field } from './elements.js'

const moments = [
  ['before', '做之前：没有做'],
  ['after', '做之后：做了，但没人知道'],
]

const when = (moment) => (moment === 'after' ? '做完之后' : '做之前')

/** A fault in one line. */
export const faultWords = (fault) => {
  const action = fault.action ? fault.action : '所有动作'
  const functionName = fault.functionName ? `函数 ${fault.functionName}` : '所有函数'
  if (fault.kind === 'latency') return `延迟 ${fault.ms} ms：${action}`
  if (fault.kind === 'error') {
    const times = fault.times === undefined ? '' : `，${fault.times} 次`
    return `错误 ${fault.code}：${action}，${when(fault.when)}${times}`
  }
  if (fault.kind === 'crash') {
    const what = fault.target === 'cloud' ? '整个云' : functionName
    return `崩溃：${what}，第 ${fault.step} 个数据库步骤${when(fault.when)}`
  }
  const parts = [
    fault.delayMs ? `晚到 ${fault.delayMs} ms` : '',
    fault.copies > 1 ? `送达 ${fault.copies} 次` : '',
  ].filter(Boolean)
  return `调用${parts.join('，')}：${functionName}`
}

const number = (id, value, min, max) =>
  element('input', { id, type: 'number', value, min, max, required: true })
const optionalNumber = (id, min) => element('input', { id, type: 'number', min })

/** Fields that were left empty are not sent. */
const given = (pairs) => Object.fromEntries(pairs.filter(([, value]) => value !== '' && value !== undefined))
const numberOf = (control) => (control.value === '' ? '' : Number(control.value))

/** Each kind with its fields and how they become a fault. */
const kindsFor = (functionNames) => {
  const functions = (id) => choice(id, [['', '所有函数'], ...functionNames.map((name) => [name, name])], '')
  const actionHint = '动作名的开头，如 database. 或 storage.；空着是全部'
  const latencyAction = element('input', { id: 'latency-action', autocapitalize: 'off' })
  const latencyMs = number('latency-ms', '500', 1, 3_600_000)
  const errorAction = element('input', { id: 'error-action', value: 'database.', autocapitalize: 'off' })
  const errorCode = element('input', {
    id: 'error-code',
    value: 'DATABASE_REQUEST_FAILED',
    required: true,
    pattern: '[A-Z][A-Z_]{2,60}',
    autocapitalize: 'characters',
  })
  const errorWhen = choice('error-when', moments, 'before')
  const errorSkip = optionalNumber('error-skip', 0)
  const errorTimes = optionalNumber('error-times', 1)
  const crashTarget = choice(
    'crash-target',
    [
      ['function', '函数的实例'],
      ['cloud', '整个云（进程会被杀掉）'],
    ],
    'function',
  )
  const crashFunction = functions('crash-function')
  const crashStep = number('crash-step', '1', 1, 3_600_000)
  const crashWhen = choice('crash-when', moments, 'after')
  const crashTimes = optionalNumber('crash-times', 1)
  const deliveryFunction = functions('delivery-function')
  const deliveryDelay = number('delivery-delay', '0', 0, 3_600_000)
  const deliveryCopies = number('delivery-copies', '2', 1, 10)
  return {
    latency: {
      words: '延迟 latency',
      fields: [field('动作 action', latencyAction, actionHint), field('多少毫秒', latencyMs)],
      read: () =>
        given([
          ['action', latencyAction.value],
          ['ms', numberOf(latencyMs)],
        ]),
    },
    error: {
      words: '错误 error',
      fields: [
        field('动作 action', errorAction, actionHint),
        field('错误码 code', errorCode),
        field('什么时候', errorWhen),
        field('先放过几次', errorSkip, '空着不放过'),
        field('失败几次', errorTimes, '空着一直失败'),
      ],
      read: () =>
        given([
          ['action', errorAction.value],
          ['code', errorCode.value],
          ['when', errorWhen.value],
          ['skip', numberOf(errorSkip)],
          ['times', numberOf(errorTimes)],
        ]),
    },
    crash: {
      words: '崩溃 crash',
      fields: [
        field('什么崩溃', crashTarget),
        field('函数', crashFunction),
        field('第几个数据库步骤', crashStep),
        field('什么时候', crashWhen),
        field('几次调用', crashTimes, '空着一次'),
      ],
      read: () =>
        given([
          ['target', crashTarget.value],
          ['functionName', crashFunction.value],
          ['step', numberOf(crashStep)],
          ['when', crashWhen.value],
          ['times', numberOf(crashTimes)],
        ]),
    },
    delivery: {
      words: '晚到或重复 delivery',
      fields: [
        field('函数', deliveryFunction),
        field('晚到多少毫秒', deliveryDelay),
        field('送达几次', deliveryCopies, '2 就是重复一次'),
      ],
      read: () =>
        given([
          ['functionName', deliveryFunction.value],
          ['delayMs', numberOf(deliveryDelay)],
          ['copies', numberOf(deliveryCopies)],
        ]),
    },
  }
}

let lastKind = 'latency'

export const faultsView = {
  title: () => '故障',
  show: async ({ state, attempt, say, update, refresh }) => {
    const kinds = kindsFor(state().functionNames)
    const kind = choice(
      'kind',
      Object.entries(kinds).map(([name, { words }]) => [name, words]),
      lastKind,
    )
    const fields = element('div', { className: 'columns' })
    const showFields = () => {
      lastKind = kind.value
      fields.replaceChildren(...kinds[kind.value].fields)
    }
    kind.addEventListener('change', showFields)
    showFields()
    const change = (verb, body, words) =>
      attempt(async () => {
        await ask(verb, body)
        say(words, 'good')
        await update()
        await refresh()
      })
    const form = element(
      'form',
      { className: 'panel' },
      element('h2', {}, '打开一个故障'),
      field('种类', kind),
      fields,
      element('button', { type: 'submit', id: 'add-fault', className: 'primary' }, '打开'),
    )
    form.addEventListener('submit', (event) => {
      event.preventDefault()
      void change('add-fault', { kind: kind.value, ...kinds[kind.value].read() }, '故障打开了')
    })
    const active = state().faults
    return [
      active.length === 0
        ? emptyNote('没有打开的故障。')
        : element(
            'ul',
            { className: 'cards' },
            active.map(({ id, fault, struck }) =>
              element(
                'li',
                { className: 'card card--bad' },
                element(
                  'div',
                  { className: 'card__title' },
                  element('strong', {}, faultWords(fault)),
                  button(`remove-${id}`, '关掉', () => change('remove-fault', { id }, '故障关掉了')),
                ),
                element('p', { className: 'quiet' }, `已经发生 ${struck} 次`),
              ),
            ),
          ),
      form,
    ]
  },
}
