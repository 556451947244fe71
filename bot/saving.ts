import { phrase } from '../workflows/phrase.ts'
import type { Line } from '../workflows/view.ts'
import type { Answer } from './platform.ts'
import { settle } from './settle.ts'

/** Who waits for a commit: `wait` says what they read meanwhile, `doubtful` that it may have been kept already. */
export type Patience = {
  /** Settles work that counts once. Whoever asked is answered within two seconds, and hears how it ended later. */
  readonly commit: <T>(work: () => Promise<T>, wait: (doubtful: boolean) => Answer) => Promise<T>
}

/** `giveUp` resolves when an answer has waited too long (ms). */
type Tools = {
  readonly pause: (ms: number) => Promise<void>
  readonly giveUp: (ms: number) => Promise<void>
}

// Platforms want an answer within three seconds; some of that is the way there and back.
const budgetMs = 2_000

/**
 * The answer, or where a commit takes longer than two seconds, that it is being saved, with the true answer to follow.
 * Rejects only as `run` does before that.
 */
export async function answerInTime(
  run: (patience: Patience) => Promise<Answer>,
  { pause, giveUp }: Tools,
): Promise<Answer> {
  const waiting = Promise.withResolvers<Answer>()
  let doubted = false
  const commit: Patience['commit'] = async (work, wait) => {
    let doubtful = false
    let over = false
    void giveUp(budgetMs).then(() => {
      if (over) return
      doubted ||= doubtful
      waiting.resolve(wait(doubtful))
    })
    try {
      return await settle(work, { pause, tried: doubt => (doubtful = doubt) })
    } finally {
      over = true
    }
  }
  const answer = run({ commit })
  const first = await Promise.race([answer.then(given => ({ given })), waiting.promise.then(said => ({ said }))])
  if ('given' in first) return first.given
  return { ...first.said, later: answer.then(truth => (doubted ? afterDoubt(truth) : truth)) }
}

/** What somebody reads whose words are being saved, with the words themselves: nobody has kept them yet. */
export function waitingView(doubtful: boolean, words: string | null) {
  const quoted: Line[] = words === null ? [] : [{ type: 'quote', text: { words } }]
  const text = phrase(doubtful ? 'saving.unsure' : 'saving.wait')
  return { tone: 'plain', title: null, lines: [{ type: 'text', text }, ...quoted], buttons: [] } as const
}

/** Whoever read that it was not sure reads first that it is now. */
function afterDoubt(truth: Answer): Answer {
  const { reply } = truth
  if (reply.type !== 'view') return truth
  const settled: Line = { type: 'text', text: phrase('saving.settled') }
  return { ...truth, reply: { ...reply, view: { ...reply.view, lines: [settled, ...reply.view.lines] } } }
}
