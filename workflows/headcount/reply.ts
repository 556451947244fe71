import { phrase } from '../phrase.ts'
import { plainView, type View } from '../view.ts'
import { answerButton, type CountPress } from './press.ts'

/**
 * What somebody reads who has answered, at that time (epoch ms), with the way to say otherwise; `seq` tells this
 * drawing of the button from others. `more`: words that followed their cry for help.
 */
export function answeredView({ verb, incident, run, step }: CountPress, seq: number, now: number, more = false): View {
  const time = { time: now }
  const seen = seq.toString(36)
  switch (verb) {
    case 'safe':
      return plainView([phrase('headcount.said-safe', { time })], [answerButton('help', incident, { run, step }, seen)])
    case 'help': {
      const said = more ? phrase('headcount.said-more') : phrase('headcount.said-help', { time })
      return plainView([said], [answerButton('safe', incident, { run, step }, seen)])
    }
    case 'back':
      return plainView([phrase('headcount.said-back', { time })])
  }
}
