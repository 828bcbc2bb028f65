import { routes } from './routes'
import './services/storage'
import { askCloud, functionPath } from './services/cloud-api'
import { openingOf } from './services/first-questions'
import { addressIn, namesIn } from './services/page-address'
import { accessToken } from './services/session'

/** By the build: every page's files besides the entry's, and which of them each page needs. */
declare const files: readonly string[]
declare const filesOfPages: Readonly<Record<string, readonly number[]>>

const { route, params } = addressIn(window.location.hash)
const page = route || routes.home

/** Without this the browser would learn of them when the router has come and asks for the page. */
const preload = (): void => {
  for (const place of filesOfPages[page] ?? []) {
    const file = files[place] ?? ''
    const link = document.createElement('link')
    link.rel = 'preload'
    link.as = file.endsWith('.css') ? 'style' : 'script'
    link.href = `./${file}`
    document.head.append(link)
  }
}

/**
 * Stands in the head of the browser's page, before every script and stylesheet: while they are on their way it signs in
 * and asks what the first page will ask. `services/early-call.ts` takes it over.
 */
const begin = (): void => {
  const token = accessToken()
  const input = openingOf(page, namesIn(params))
  if (!input) {
    window.early = { signedIn: token.catch(() => undefined) }
    return
  }
  const path = functionPath('api')
  const question = { action: 'page.open', input }
  const answer = token.then((shown) => askCloud(path, question, { authorization: `Bearer ${shown}` }))
  // Whoever takes it over hears of a failure; until then nobody does.
  answer.catch(() => undefined)
  window.early = {
    signedIn: token.catch(() => undefined),
    call: { path, body: JSON.stringify(question), answer },
  }
}

try {
  begin()
} catch (error) {
  console.info('nothing was asked early', error)
}
preload()
