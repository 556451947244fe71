import { identityToRecipient } from 'age-encryption'
import type { Store } from '../../../db/store.ts'
import { ConfigError } from '../../../workflows/errors.ts'
import { type Asker, LeftError, yesOrNo } from '../setup/asker.ts'
import { identityOf, joined, type languages, newSecret, phraseOf, type Secret, secretOf, split } from './phrase.ts'

/** How a phrase is made: in one piece, or in two that open together only; in which language. */
export type PhraseWanted = { readonly split: boolean; readonly language: keyof typeof languages }

/** Makes a recovery phrase, shows it once, and keeps its public half when it is surely written down. */
export async function makePhrase(store: Store, { say, ask, clear }: Sitting, wanted: PhraseWanted): Promise<string> {
  if ((await store.backups.recipient()) !== null) {
    say(
      'There is a recovery phrase already. With a new one the next backups open; those made until now need the old',
      'one for ever, so it must not be thrown away.',
    )
    if (!(await ask('Make a new one? (yes or no)', yesOrNo('no')))) throw new ConfigError('Nothing was changed.')
  }
  const secret = newSecret()
  say(
    'A backup opens with a recovery phrase of 24 words, and with nothing else: not with the key of this machine.',
    'It is shown once, now, and kept nowhere. Write it on paper with a pen; no photo, no file, no message.',
    'Whoever has it can read every backup. Whoever loses it cannot open one.',
    '',
  )
  const parts = wanted.split ? split(secret) : [secret]
  for (const [at, part] of parts.entries()) {
    if (parts.length > 1) {
      say(`This phrase is in two halves, for two people. Both are needed. This is half ${at + 1}.`, '')
      if (at > 0) await ask('The second person sits here, and the first looks away. Type "ready":', ready)
    }
    await show(part, wanted.language, { say, ask, clear }).catch(error => {
      throw error instanceof LeftError ? new ConfigError(leftEarly) : error
    })
    clear()
  }
  const recipient = await identityToRecipient(identityOf(secret))
  await store.backups.setRecipient(recipient)
  say(
    'Done. Keep the paper apart from this machine, where a fire or a search would not find both.',
    'Try what is written on it: npm run -s hub -- backup phrase --check',
  )
  return recipient
}

/** Somebody at a terminal; `clear` wipes what stands on the screen, where that can be. */
export type Sitting = Pick<Asker, 'say' | 'ask'> & { readonly clear: () => void }

/** Asks for a phrase, or for two halves where one does not `fit`, until it does. */
export async function askSecret(
  { say, ask }: Pick<Asker, 'say' | 'ask'>,
  fits: (secret: Secret) => Promise<boolean>,
  words: { readonly alone: string; readonly together: string } = opening,
): Promise<Secret> {
  for (;;) {
    const one = await ask('Recovery phrase:', { read: secretOf })
    if (await fits(one)) return one
    say(words.alone)
    const other = await ask('The other half (or "again" for the first):', {
      read: answer => (answer === 'again' ? null : secretOf(answer)),
    })
    if (other && (await fits(joined(one, other)))) return joined(one, other)
    if (other) say(words.together)
  }
}

const opening = {
  alone: 'This phrase does not open it by itself. If it is one of two halves, type the other one.',
  together: 'Together they do not open it either. Is it the phrase that was in use then, and is the file whole?',
}

async function show(secret: Secret, language: keyof typeof languages, { say, ask }: Sitting): Promise<void> {
  const phrase = phraseOf(secret, language)
  const cells = phrase.map((word, at) => `${String(at + 1).padStart(4)}. ${word.padEnd(10)}`)
  const lines = Array.from({ length: cells.length / 4 }, (_, row) => cells.slice(row * 4, row * 4 + 4).join(''))
  say(...lines, '')
  for (const at of proven(secret)) {
    await ask(`To show that it is written down, type word ${at + 1}:`, {
      read(answer) {
        const [typed, meant] = [answer, phrase[at] ?? ''].map(word => word.normalize('NFD').replace(/\p{M}/gu, ''))
        if (typed?.toLowerCase() !== meant?.toLowerCase()) throw new ConfigError('That is not it. Look at your paper.')
        return true
      },
    })
  }
}

const leftEarly = 'Left before it was written down, so this phrase opens nothing. Run this again for another one.'

const ready = {
  read(answer: string) {
    if (answer.toLowerCase() !== 'ready') throw new ConfigError('Type "ready" when they sit here.')
    return true
  },
}

/** Two places in the phrase, others each time. */
function proven(secret: Secret): readonly [number, number] {
  return [(secret[0] ?? 0) % 12, 12 + ((secret[1] ?? 0) % 12)]
}
