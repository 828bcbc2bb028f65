import { type Problem, sayProblem } from '../failure'

export type Request = (params: Record<string, unknown>) => unknown

const waiting: string[] = []
const handlers = new Map<string, Request>()
let socket: WebSocket | undefined

const send = (message: object): void => {
  const text = JSON.stringify(message)
  if (socket?.readyState === WebSocket.OPEN) socket.send(text)
  else waiting.push(text)
}

/** Tells whoever drives the mini-program; nobody has to listen. */
export const emit = (method: string, params: object): void => send({ method, params })

const answer = async (id: string, method: string, params: Record<string, unknown>): Promise<void> => {
  try {
    const handler = handlers.get(method)
    if (!handler) throw new Error(`${method} is not provided by this host`)
    send({ id, result: (await handler(params)) ?? {} })
  } catch (error) {
    send({ id, error: { message: error instanceof Error ? error.message : String(error) } })
  }
}

/** What can be asked of this page through the automator's protocol. */
export const provide = (requests: Readonly<Record<string, Request>>): void => {
  for (const [method, request] of Object.entries(requests)) handlers.set(method, request)
}

/** Opens the line to the server. When it is lost the page says so and stays as it is. */
export const openLink = (): Promise<void> =>
  new Promise((resolve, reject) => {
    socket = new WebSocket(`${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/device`)
    socket.addEventListener('open', () => {
      for (const text of waiting.splice(0)) socket?.send(text)
      resolve()
    })
    socket.addEventListener('error', () => reject(new Error('the server of the mini-program is not there')))
    socket.addEventListener('message', ({ data }) => {
      const message = JSON.parse(String(data)) as {
        id?: string
        method: string
        params?: Record<string, unknown>
      }
      if (message.method === 'Host.reload') location.reload()
      else if (message.id !== undefined) void answer(message.id, message.method, message.params ?? {})
    })
  })

let explain = (reason: string): string => reason
/** Adds to a reason what only the runtime knows. */
export const explainProblems = (given: typeof explain): void => {
  explain = given
}

let hearError: (problem: Problem) => void = () => {}
/** Who else hears of what threw. */
export const hearErrors = (given: typeof hearError): void => {
  hearError = given
}

/** Writes down what is wrong. WeChat's console shows the same. */
export const report = (given: Problem): void => {
  const problem = { ...given, reason: explain(given.reason) }
  emit('Host.problem', problem)
  if (problem.kind === 'warning') console.warn(sayProblem(problem))
  else {
    emit('App.exceptionThrown', { exception: { message: sayProblem(problem), stack: '' } })
    console.error(sayProblem(problem))
  }
  if (problem.kind === 'error') hearError(problem)
}

/** So that the server knows where a handler that never ends has been entered. */
export const entering = (page: string, handler: string): void => emit('Host.entering', { page, handler })

export const postCloud = async (
  action: string,
  body: BodyInit,
  headers: HeadersInit = {},
): Promise<unknown> => {
  const answered = await fetch(`/cloud/${action}`, { method: 'POST', body, headers })
  const value = (await answered.json()) as { error?: { code?: string; message: string } }
  if (!answered.ok) throw Object.assign(new Error(value.error?.message ?? answered.statusText), value.error)
  return value
}
