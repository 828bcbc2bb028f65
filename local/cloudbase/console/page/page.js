import { clockView, offsetWords } from './clock.js'
import { ask, explain, Refused } from './cloud.js'
import { collectionsView } from './collections.js'
import { addressOf, element, instant } from './elements.js'
import { faultsView, faultWords } from './faults.js'
import { filesView } from './files.js'
import { logView } from './log.js'
import { queryView } from './query.js'
import { timersView } from './timers.js'

const views = {
  collections: collectionsView,
  query: queryView,
  log: logView,
  files: filesView,
  timers: timersView,
  clock: clockView,
  faults: faultsView,
}
const part = (id) => document.getElementById(id)

let state
/** When the state was read, by this machine's clock. */
let readAtMs = 0
/** Counted up with each view that is begun: one that comes too late is not shown. */
let turn = 0

const presentState = () => ({ ...state, now: state.now + Date.now() - readAtMs })

const say = (text, tone = 'plain') => {
  part('message').textContent = text
  part('message').className = `message message--${tone}`
}

/** Words change only when they differ: screen readers would say them again. */
const write = (target, text) => {
  if (target.textContent !== text) target.textContent = text
}

const showClock = () => {
  if (!state) return
  const { now, offsetMs } = presentState()
  write(part('now'), instant(now))
  write(part('offset'), offsetWords(offsetMs))
  const large = part('clock-now')
  if (large) write(large, instant(now))
}

const showState = () => {
  showClock()
  const { faults } = state
  const isAny = faults.length > 0
  const first = isAny ? faultWords(faults[0].fault) : ''
  part('fault-strip').classList.toggle('faults--on', isAny)
  write(
    part('fault-text'),
    isAny ? `有 ${faults.length} 个故障开着：${first}${faults.length > 1 ? ' ……' : ''}` : '没有故障',
  )
  part('clear-faults').hidden = !isAny
}

/** What went wrong, in words; what is no refusal is a bug of this page. */
const wordsOf = (error) => {
  if (!(error instanceof Refused)) console.error(error)
  return explain(error)
}

/** Reads the state anew. */
const update = async () => {
  state = await ask('state')
  readAtMs = Date.now()
  showState()
}

/** Does what a button says; what goes wrong is told and ends there. */
const attempt = async (work) => {
  try {
    await work()
  } catch (error) {
    say(wordsOf(error), 'bad')
  }
}

const place = () => {
  const [name = '', query = ''] = location.hash.slice(1).split(/\?(.*)/s)
  return {
    name: Object.hasOwn(views, name) ? name : 'collections',
    parameters: Object.fromEntries(new URLSearchParams(query)),
  }
}

const showView = async () => {
  turn += 1
  const own = turn
  const { name, parameters } = place()
  const view = views[name]
  let content
  try {
    content = await view.show({
      parameters,
      state: presentState,
      go,
      refresh: showView,
      update,
      attempt,
      say,
    })
  } catch (error) {
    content = [element('p', { className: 'notice notice--bad', role: 'alert' }, wordsOf(error))]
  }
  if (own !== turn) return
  const focused = document.activeElement?.id
  const title = view.title(parameters)
  document.title = `${title} · 本机云控制台`
  write(part('title'), title)
  for (const one of document.querySelectorAll('body > nav a')) {
    one.ariaCurrent = one.getAttribute('href') === addressOf(name) ? 'page' : null
  }
  part('view').replaceChildren(...content)
  // What was pressed is there again under its name.
  if (focused && document.activeElement?.id !== focused) part(focused)?.focus({ preventScroll: true })
}

const go = (view, parameters) => {
  const address = addressOf(view, parameters)
  if (location.hash === address) void showView()
  else location.hash = address
}

addEventListener('hashchange', async () => {
  const title = part('title').textContent
  const focused = document.activeElement
  say('')
  await showView()
  // A view of another name is read from its beginning.
  if (part('title').textContent === title) return
  if (!focused?.isConnected || focused.closest('nav')) part('title').focus({ preventScroll: true })
  scrollTo(0, 0)
})

part('clear-faults').addEventListener('click', () =>
  attempt(async () => {
    await ask('clear-faults')
    await update()
    if (place().name === 'faults') await showView()
    part('title').focus({ preventScroll: true })
  }),
)

setInterval(showClock, 1000)
setInterval(() => {
  if (!document.hidden) void update().catch((error) => write(part('fault-text'), wordsOf(error)))
}, 2000)

await attempt(update)
if (state) await showView()
