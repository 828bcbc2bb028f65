import { type Persona, rememberPersona } from './persona'
import { signIn } from './session'

/** Signs in as somebody else, or as nobody, and starts over. */
export const becomePersona = async (persona: Persona | undefined): Promise<void> => {
  rememberPersona(persona)
  await signIn()
  window.location.reload()
}
