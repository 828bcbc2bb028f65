import type { Keyed } from '../../../ground/keyed'
import type { SignIn } from '../rules/sign-in'

export const codeIdOf = (keyed: Keyed, code: string): string => keyed(`sign-in|${code}`)

/** What is kept of a code and of what its page alone knows. */
export const signInIdOf = (keyed: Keyed, code: string, pageKey: string): Pick<SignIn, 'id' | 'page'> => ({
  id: codeIdOf(keyed, code),
  page: keyed(`sign-in-page|${pageKey}`),
})
