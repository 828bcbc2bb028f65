import { chosenPersona, type Persona } from './persona'
import { signIn } from './session'

/** Signs in as somebody else, or as nobody, and starts over. */
export const becomePersona = async (persona: Persona | undefined): Promise<void> => {
  if (persona) chosenPersona.keep(persona)
  else chosenPersona.forget()
  await signIn()
  window.location.reload()
}
