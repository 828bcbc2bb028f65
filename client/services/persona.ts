import { isRecord, keptValue } from './kept-value'

/** Somebody of the demonstration whom the local build lets one be. It does not exist in any other build. */
export interface Persona {
  readonly id: string
  readonly name: string
  readonly role: string
  readonly hint: string
}

/** The persona chosen last in this browser. Marked pure: else a bundler keeps this whole module in builds without personas. */
export const chosenPersona = /* @__PURE__ */ keptValue(() => 'persona', isRecord<Persona>)

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
