import Taro from '@tarojs/taro'

/** Somebody of the demonstration whom the local build lets one be. It does not exist in any other build. */
export interface Persona {
  readonly id: string
  readonly name: string
  readonly role: string
  readonly hint: string
}

const storageKey = 'persona'

/** The persona chosen last in this browser. */
export const recalledPersona = (): Persona | undefined =>
  (Taro.getStorageSync(storageKey) as Persona | '') || undefined

export const rememberPersona = (persona: Persona | undefined): void => {
  if (persona) Taro.setStorageSync(storageKey, persona)
  else Taro.removeStorageSync(storageKey)
}

/** Everybody one can be. */
export const listPersonas = async (): Promise<Persona[]> => {
  const answer = await fetch('/demo/personas.json')
  if (!answer.ok) throw new Error(`personas: HTTP ${answer.status}`)
  return answer.json()
}

/** A custom sign-in ticket from the local server. */
export const ticketFor = async (persona: Persona): Promise<string> => {
  const answer = await fetch('/local/ticket', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ customUserId: persona.id }),
  })
  if (!answer.ok) throw new Error(`ticket for ${persona.id}: HTTP ${answer.status}`)
  const { ticket } = (await answer.json()) as { ticket: string }
  return ticket
}
