// The phone's surroundings: who holds it, how large it is, and how its network is.

const screen = document.querySelector('.screen')
const panel = document.querySelector('.panel')
const field = (name) => panel.elements.namedItem(name)

const tell = (name, detail) => screen.contentDocument?.dispatchEvent(new CustomEvent(name, { detail }))

const showDevice = () => {
  const network = field('network').value
  const device = {
    fontSizeSetting: Number(field('fontSizeSetting').value),
    isOnline: network !== 'none',
    networkType: network === 'slow' ? '2g' : 'wifi',
    networkDelayMs: network === 'slow' ? 2000 : 0,
  }
  // The phone reads it when it is opened, and is told while it is open.
  sessionStorage.setItem('wx-device', JSON.stringify(device))
  tell('wx-device', device)
}

const resize = () => {
  const [width, height] = field('size').value.split('x')
  screen.style.width = `${width}px`
  screen.style.height = `${height}px`
}

const restart = () => screen.contentWindow?.location.reload()

let isShown = true
const showAway = () => {
  field('back').textContent = isShown ? '切到后台' : '回到前台'
  screen.classList.toggle('is-away', !isShown)
}

screen.addEventListener('load', () => {
  isShown = true
  showAway()
})
// The phone is opened with the choices that the frame shows.
showDevice()
screen.src = '/'
field('size').addEventListener('change', resize)
field('fontSizeSetting').addEventListener('change', () => {
  showDevice()
  restart()
})
field('network').addEventListener('change', showDevice)
field('restart').addEventListener('click', restart)
field('refresh').addEventListener('click', () => tell('wx-pull-down'))
field('forget').addEventListener('click', () => {
  screen.contentWindow?.localStorage.clear()
  restart()
})

field('back').addEventListener('click', () => {
  isShown = !isShown
  showAway()
  tell('wx-show-app', { isShown })
})

const people = await fetch('/host/people').then((answer) => answer.json())
if (people.length > 0) {
  panel.querySelector('.people').hidden = false
  for (const { id, name, hint } of people) {
    const option = new Option(name, id)
    option.title = hint ?? ''
    field('person').add(option)
  }
  field('person').addEventListener('change', async () => {
    await fetch('/host/person', { method: 'POST', body: JSON.stringify({ id: field('person').value }) })
    restart()
  })
}

const showProblems = async () => {
  const problems = await fetch('/host/problems').then((answer) => answer.json())
  document.querySelector('.problems').replaceChildren(
    ...problems.map((problem) => {
      const row = document.createElement('li')
      row.textContent = problem
      return row
    }),
  )
}
setInterval(() => void showProblems().catch(() => undefined), 2000)
