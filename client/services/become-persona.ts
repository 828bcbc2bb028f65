import { type Persona, rememberPersona } from './persona'

/** Signs in as somebody else, or as nobody, and starts over. */
export const becomePersona = async (persona: Persona | undefined): Promise<void> => {
  rememberPersona(persona)
  const { cloudbaseWeb } = await import(/* webpackChunkName: "cloudbase" */ './cloudbase-web')
  await cloudbaseWeb.signIn()
  window.location.reload()
}
