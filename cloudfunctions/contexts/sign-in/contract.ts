import * as z from 'zod/mini'
import { bucket, per } from '../../ground/bucket'
import { minuteMs } from '../../ground/instant'
import { readSpokenCode, spokenCodeLength } from '../../ground/text/spoken-code'
import { type Answered, command, open, type Parsed, query } from '../../terms/action'
import { ordinaryReading, type Reading } from '../../terms/limits'
import { at, id, text, typedText } from '../../terms/primitives'
import { stays } from './rules/sign-in'

/** A code as it is typed. */
const code = z.pipe(
  z.string('口令不对'),
  z.transform((raw, context) => {
    const read = readSpokenCode(raw.slice(0, 40))
    if (read !== undefined) return read
    context.issues.push({ code: 'custom', message: `口令是${spokenCodeLength}位字母和数字`, input: raw })
    return z.NEVER
  }),
)

/** What the page alone knows of its attempt. */
const pageKey = z.string('口令不对').check(z.regex(/^[0-9a-f]{32}$/, '口令不对'))

/** An office shows as many codes in a minute as it has computers. */
const beginning: Reading = {
  ...ordinaryReading,
  person: bucket(20, per(20, minuteMs)),
  address: bucket(60, per(60, minuteMs)),
  together: bucket(600, per(600, minuteMs)),
}
/** A page asks every two seconds for two minutes; an office has some dozens of them. */
const fetching: Reading = {
  ...ordinaryReading,
  address: bucket(1500, per(1500, minuteMs)),
}

export const signInContract = {
  /** A page wants to be signed in: what it shows, and what it keeps to itself. */
  'signIn.begin': open(
    z.strictObject({ device: typedText(1, 40), isPublic: z.boolean() }),
    z.object({ code: text, pageKey: text, words: text, expiresAt: at }),
    beginning,
  ),
  /** The page asks how far it is. The ticket is answered once. */
  'signIn.take': open(
    z.strictObject({ code, pageKey }),
    z.object({
      state: z.enum(['waiting', 'seen', 'confirmed', 'refused', 'over']),
      /** Once, when it is confirmed. */
      signedIn: z.nullable(
        z.object({
          ticket: text,
          sessionId: text,
          /** Tells the people who use a computer apart, and nothing else. */
          person: text,
          isPublic: z.boolean(),
          untilAt: at,
        }),
      ),
    }),
    fetching,
  ),
  /** A phone has the code: what it wants to know before it says yes. */
  'signIn.see': command(
    z.strictObject({ code }),
    z.object({ device: text, isPublic: z.boolean(), choices: z.array(text), expiresAt: at }),
  ),
  /** Which words the computer shows, and for how long; null: it is not theirs, or it shows none of them. */
  'signIn.answer': command(
    z.strictObject({
      code,
      words: z.nullable(z.string('请选电脑上的字').check(z.maxLength(20))),
      stay: z.enum(stays),
    }),
    z.object({ isConfirmed: z.boolean() }),
  ),
  'webSession.list': query(
    z.strictObject({}),
    z.object({
      rows: z.array(
        z.object({
          id: text,
          device: text,
          isPublic: z.boolean(),
          startedAt: at,
          /** When it ended, or will. */
          untilAt: at,
          isRunning: z.boolean(),
          /** The one that asks. */
          isThis: z.boolean(),
        }),
      ),
    }),
  ),
  'webSession.end': command(z.strictObject({ sessionId: id }), z.object({ sessionId: text })),
} as const

type Own = typeof signInContract
export type ParsedInputOf<A extends keyof Own> = Parsed<Own, A>
export type OutputOf<A extends keyof Own> = Answered<Own, A>
