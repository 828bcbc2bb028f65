import { readSpokenCode } from '../../cloudfunctions/ground/text/spoken-code'
import { routes } from '../routes'
import { decode, writeParams } from './page-address'

/** What a code is for, under the name by which WeChat hands it on, and the page that takes it. */
const takers = { 'sign-in': routes.computers, invited: routes.invited } as const

type CodeKind = keyof typeof takers

/**
 * What a camera reads: WeChat opens the mini-program by the address before `#`, which it hands on whole; any other camera
 * opens the page that takes the code.
 */
export const codeAddress = (kind: CodeKind, site: string, code: string): string =>
  `${site}?${writeParams({ [kind]: code })}#/${takers[kind]}?${writeParams({ code })}`

/** The code in what was scanned, typed, or handed on by WeChat; as it is where it is none, for the server to say so. */
export const codeIn = (kind: CodeKind, text: string): string => {
  const named = new RegExp(`[?&]${kind}=([^&#]*)`).exec(decode(text))?.[1]
  return readSpokenCode(named ?? text) ?? text
}
