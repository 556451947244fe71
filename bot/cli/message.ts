import type { Command } from 'commander'
import type { LocalText } from '../../workflows/broadcast.ts'
import type { MessageFile } from '../../workflows/library/define.ts'
import { isStale } from '../../workflows/library.ts'
import { phrase } from '../../workflows/phrase.ts'
import { say } from '../../workflows/text/say.ts'
import { contentFiles } from '../config.ts'
import { loadMessages, readMessage } from '../messages.ts'
import { count, type Print, print, run } from './terminal.ts'

/** `hub message check` and `hub message list`. */
export function addMessage(program: Command): void {
  const message = program.command('message').description('Prepared messages: words that are approved in advance')
  message
    .command('check')
    .argument('<file>', 'the YAML file of a prepared message')
    .description('Say by line what is wrong with a file, and show what people would read')
    .action((file: string) => run(async () => checkMessage(file, Date.now(), print)))
  message
    .command('list')
    .description('List the prepared messages that the hub takes in when it starts')
    .action(() =>
      run(async () => {
        print(...listLines(loadMessages(contentFiles().messagesFolder), Date.now()))
        return true
      }),
    )
}

/** Checks a file and prints what people would read of it. True if it is good. @throws ConfigError with its problems */
export function checkMessage(file: string, now: number, out: Print): boolean {
  const { id, version, message } = readMessage(file)
  const { title, situation, wordings, blanks, voice, avoid, claims, review, sample } = message
  out(
    `${file} is good.`,
    '',
    `${id} · ${either(title)} · version ${version} · ${english(`library.situation-${situation}`)}`,
  )
  if (sample) out('SAMPLE: two people of your network approve it in chat before it is used.')
  if (isStale(message, now)) out(`Its review day was ${review}: look at it again.`)
  for (const { for: whom, words } of wordings) {
    out('', `For ${english(`library.for-${whom}`)}`)
    for (const language of ['en', 'es'] as const) {
      const text = words[language]
      if (text === undefined) out(`  ${language}: missing`)
      else out(`  ${language}: ${count(text.length, 'character')}`, ...text.split('\n').map(line => `      ${line}`))
    }
  }
  out('')
  if (blanks.length > 0) out(`To be filled in: ${blanks.map(one => `[${one.name}] ${either(one.label)}`).join(', ')}`)
  out(`Who may carry it: ${voice.kinds.map(kind => english(`library.voice-${kind}`)).join(', ')}: ${either(voice.who)}`)
  out(`Do not: ${either(avoid)}`)
  for (const { says, evidence } of claims) out(`Says: ${either(says)} (checked: ${evidence})`)
  return true
}

/** One line for each prepared message of files. */
export function listLines(messages: readonly MessageFile[], now: number): readonly string[] {
  return messages.map(({ id, version, message }) =>
    [
      `${id.padEnd(20)} ${either(message.title)}`,
      english(`library.situation-${message.situation}`),
      `version ${version}`,
      ...(message.sample ? ['SAMPLE'] : []),
      ...(isStale(message, now) ? [`review day ${message.review} is over`] : []),
    ].join(' · '),
  )
}

function either({ en, es }: LocalText): string {
  return en ?? es ?? ''
}

function english(key: Parameters<typeof phrase>[0]): string {
  return say(phrase(key), { language: 'en', zone: 'UTC', now: 0, person: () => null })
}
