import { ask } from './cloud.js'
import {
  badge,
  button,
  choice,
  duration,
  element,
  emptyNote,
  facts,
  field,
  instant,
  prettyJson,
  printed,
  size,
} from './elements.js'

const triggers = { client: '客户端', function: '函数', timer: '定时器', console: '控制台' }
const callers = { none: '无', anonymous: '匿名', custom: '自定义登录', wechat: '微信' }

/** Which invocations have been opened: they stay so when the log is read again. */
const opened = new Set()

const outcome = ({ code, durationMs }) => {
  if (code) return badge(`失败 ${code}`, 'bad')
  return durationMs === undefined ? badge('正在运行') : badge('成功', 'good')
}

const line = ({ at, level, text, functionName }) =>
  element(
    'li',
    { className: level === 'error' ? 'line line--bad' : 'line' },
    element('span', { className: 'quiet' }, `${instant(at)} ${functionName ?? ''} ${level}`),
    element('code', {}, text),
  )

const invocationOf = (one) => {
  const details = element(
    'details',
    { className: 'card', open: opened.has(one.requestId) },
    element(
      'summary',
      {},
      element('strong', {}, one.functionName),
      outcome(one),
      element(
        'span',
        { className: 'summary__rest' },
        `${instant(one.at)} · ${triggers[one.trigger] ?? one.trigger} · ${duration(one.durationMs)}`,
      ),
    ),
    facts([
      ['来源 source', one.source],
      ['身份', callers[one.caller] ?? one.caller],
      ['冷启动', one.isColdStart ? '是' : '否'],
      ['requestId', element('code', {}, one.requestId)],
    ]),
    element('h3', {}, '事件 event'),
    'event' in one
      ? printed(prettyJson(one.event), '事件')
      : element('p', { className: 'quiet' }, `太大，没有保存（${size(one.eventBytes)}）`),
    element('h3', {}, '日志'),
    one.lines.length > 0
      ? element('ul', { className: 'lines' }, one.lines.map(line))
      : element('p', { className: 'quiet' }, '没有输出。'),
  )
  details.addEventListener('toggle', () => {
    if (details.open) opened.add(one.requestId)
    else opened.delete(one.requestId)
  })
  return details
}

export const logView = {
  title: () => '函数日志',
  show: async ({ parameters, state, go, refresh }) => {
    const { functionName } = parameters
    const { invocations, others } = await ask('log', functionName === undefined ? {} : { functionName })
    const filter = choice(
      'function',
      [['', '全部函数'], ...state().functionNames.map((name) => [name, name])],
      functionName ?? '',
    )
    filter.addEventListener('change', () => go('log', { functionName: filter.value }))
    return [
      element('div', { className: 'row' }, field('函数', filter), button('refresh', '刷新', refresh)),
      invocations.length === 0
        ? emptyNote('还没有调用过函数。')
        : element('div', { className: 'cards' }, invocations.map(invocationOf)),
      ...(others.length > 0
        ? [
            element('h2', {}, '不属于上面任何一次调用'),
            element('ul', { className: 'lines panel' }, others.map(line)),
          ]
        : []),
    ]
  },
}
