import { ask } from './cloud.js'
import { badge, button, element, emptyNote, facts, instant, link } from './elements.js'

const outcome = ({ lastAt, lastCode }) => {
  if (lastAt === undefined) return badge('还没运行过')
  return lastCode === undefined ? badge('成功', 'good') : badge(`失败 ${lastCode}`, 'bad')
}

export const timersView = {
  title: () => '定时器',
  show: async ({ attempt, say, refresh }) => {
    const { timers } = await ask('timers')
    if (timers.length === 0) return [emptyNote('没有函数带定时器。')]
    const runNow = ({ functionName, triggerName }) =>
      attempt(async () => {
        say(`正在运行 ${functionName} ……`)
        try {
          const { durationMs } = await ask('run-timer', { functionName, triggerName })
          say(`${functionName} 运行成功，用时 ${Math.round(durationMs)} ms`, 'good')
        } finally {
          await refresh()
        }
      })
    return [
      element(
        'ul',
        { className: 'cards' },
        timers.map((timer) =>
          element(
            'li',
            { className: 'card' },
            element(
              'div',
              { className: 'card__title' },
              element('strong', {}, `${timer.functionName} / ${timer.triggerName}`),
              button(`run-${timer.functionName}-${timer.triggerName}`, '立即运行', () => runNow(timer), {
                ariaLabel: `立即运行 ${timer.functionName} / ${timer.triggerName}`,
              }),
            ),
            facts([
              ['cron', element('code', {}, timer.cron)],
              ['下次', timer.nextAt === undefined ? '一年之内不会' : instant(timer.nextAt)],
              ['上次', instant(timer.lastAt)],
              ['结果', outcome(timer)],
              ['等待重试', `${timer.retries} 次`],
            ]),
            link('看日志', 'log', { functionName: timer.functionName }),
          ),
        ),
      ),
      element('p', { className: 'quiet' }, '时间都是北京时间，按云的时钟算。'),
    ]
  },
}
