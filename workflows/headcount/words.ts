import { plain } from '../spoken.ts'

/** What words answer to "are you safe?"; `sure`: they can hardly mean anything else. */
export type SafetyWords = {
  readonly verb: 'safe' | 'help' | 'back'
  readonly sure: boolean
  /** What they say besides that they need help. */
  readonly note: string
}

/**
 * What a line says to whoever asks "are you safe?", in any language of the hub; null if it is about something else. A
 * cry for help may go on in other words; all else must stand alone, for "ok, but he is hurt" is no answer.
 */
export function readSafety(line: string): SafetyWords | null {
  const said = plain(line)
  const answer = answers.get(said)
  if (answer) return { ...answer, note: '' }
  const cried = cries.some(one => said.startsWith(`${one} `))
  return cried ? { verb: 'help', sure: false, note: line.trim() } : null
}

const cries = ['help', 'i need help', 'need help', 'sos', 'ayuda', 'necesito ayuda', 'auxilio', 'socorro']

const answers: ReadonlyMap<string, Omit<SafetyWords, 'note'>> = new Map(
  [
    {
      verb: 'safe',
      sure: true,
      ways: 'safe, I am safe, I’m safe, im safe, we are safe, we’re safe, all safe, a salvo',
    },
    {
      verb: 'safe',
      sure: true,
      ways: 'estoy a salvo, estoy bien, estamos bien, estamos a salvo, I am ok, I’m ok, im ok',
    },
    { verb: 'safe', sure: true, ways: 'I am fine, I’m fine, im fine, I am okay, I’m okay, todo bien, all good' },
    { verb: 'safe', sure: false, ways: 'ok, okay, yes, sí, bien, fine, 1' },
    { verb: 'help', sure: true, ways: 'help, help me, I need help, need help, we need help, not safe, unsafe, sos' },
    { verb: 'help', sure: true, ways: 'I am not safe, I’m not safe, im not safe, not ok, ayuda, ayúdenme, ayúdame' },
    {
      verb: 'help',
      sure: true,
      ways: 'necesito ayuda, necesitamos ayuda, auxilio, socorro, no estoy bien, no estoy a salvo',
    },
    { verb: 'help', sure: false, ways: 'no, 2' },
    {
      verb: 'back',
      sure: true,
      ways: 'back, I am back, I’m back, back off site, off site, ya volví, volví, de vuelta',
    },
  ].flatMap(({ verb, sure, ways }) => {
    return ways.split(', ').map(way => [plain(way), { verb: verb as SafetyWords['verb'], sure }] as const)
  }),
)
