import { readCode } from '../../workflows/code.ts'
import type { MessageRef } from '../../workflows/delivery.ts'
import { readSafety } from '../../workflows/headcount/words.ts'
import { phrase } from '../../workflows/phrase.ts'
import { readSay } from '../../workflows/wish.ts'
import { aboutOf, cardCommand } from './actions.ts'
import { messageRef, readRef, roomOf, selfRef } from './address.ts'
import type { Standing } from './board.ts'
import { act, chooseNewest, chooseOpenCard, command, meantBy, offCard } from './choosing.ts'
import type { Heard } from './heard.ts'
import { readLine } from './meaning.ts'
import { hearSign, isSignOn } from './reacting.ts'
import { broadcastOf } from './signing.ts'
import type { Tools, Visit } from './visit.ts'

type Of<T extends Heard['type']> = Extract<Heard, { type: T }>

/** Does what follows from one thing heard, and leaves in the visit what is to be said and known. */
export async function understand(visit: Visit, tools: Tools): Promise<void> {
  const { heard } = visit
  switch (heard.type) {
    case 'text':
      if (heard.once) visit.tell(phrase('signal.once'))
      if (heard.words.trim() === '' && heard.files.length === 0) return
      await (heard.group === null ? hearAlone(heard, visit, tools) : hearInGroup(heard, heard.group, visit, tools))
      return
    case 'reaction':
      await hearSign(heard, visit, tools)
      return
    case 'edit': {
      const self = messageRef(roomOf(heard), heard.account, heard.target)
      if (heard.group === null && visit.mend(heard.target, heard.words)) return
      if (visit.desk().acted.includes(heard.target)) return visit.remark(phrase('signal.changed-late'))
      visit.answer(await visit.ask({ type: 'edited', self, words: heard.words }))
      return
    }
    case 'deletion': {
      const self = messageRef(roomOf(heard), heard.account, heard.target)
      if (heard.group === null && visit.mend(heard.target, null)) return
      if (visit.desk().acted.includes(heard.target)) return visit.remark(phrase('signal.deleted-late'))
      visit.answer(await visit.ask({ type: 'deleted', self }))
      return
    }
    case 'unreadable':
    case 'nothing':
      return
  }
}

async function hearAlone(heard: Of<'text'>, visit: Visit, tools: Tools): Promise<void> {
  const { words, files } = heard
  const forming = visit.desk().forms.length > 0
  const say = files.length === 0 ? readSay(words) : null
  // Whatever stands above it: they have had enough of what goes to many, or want it again.
  if (say && !forming) return command(say, '', visit, null)
  if (files.length === 0 && (await saysSafe(heard, forming, visit))) return
  const meaning = readLine(words, tools.commands, { alone: true, forming, called: heard.mentioned })
  const quoted = await quotedMessage(heard, tools)
  const number = meaning.type === 'number' ? meaning.number : null
  // "Claim" under an alarm means that one, before it is a command that asks which.
  const bare = meaning.type !== 'command' || (meaning.words === '' && !words.startsWith('/'))
  if (bare && quoted?.own && (await onMessage(quoted, number, visit, tools))) return
  if (bare && !quoted && files.length === 0 && (await chooseNewest(words, number, visit, tools))) return
  if (meaning.type === 'command') return command(meaning.name, meaning.words, visit, quoted?.ref ?? null)
  // A code is none of the answers that a form waits for.
  if (forming && !(files.length === 0 && readCode(words))) {
    await visit.converse({ words, files })
    if (say === 'stop') visit.remark(phrase('wish.stop-once-more'))
    return
  }
  // It answers a question that is settled: a team would read a number that means nothing.
  if (number !== null && files.length === 0) return visit.remark(phrase('signal.number-alone'))
  await message(heard, null, visit)
}

/**
 * Whoever is asked whether they are safe answers in one word, which else would be a command or an answer to something
 * else; numbers are those of what the hub said last. While a question waits, only words that can mean nothing else.
 */
async function saysSafe(heard: Of<'text'>, forming: boolean, visit: Visit): Promise<boolean> {
  const safety = readSafety(heard.words)
  if (!safety || /^\W*\d/u.test(heard.words) || (forming && !safety.sure)) return false
  const said = { type: 'message', words: heard.words, files: [], self: selfRef(heard), ifAsked: true } as const
  const answer = await visit.ask(said)
  if (answer.reply.type === 'nothing') return false
  visit.answer(answer)
  return true
}

async function hearInGroup(heard: Of<'text'>, group: string, visit: Visit, tools: Tools): Promise<void> {
  const meaning = readLine(heard.words, tools.commands, { alone: false, forming: false, called: heard.mentioned })
  const quoted = await quotedMessage(heard, tools)
  const about = quoted?.standing?.under ?? quoted?.ref ?? null
  if (meaning.type === 'command') {
    const { name, words } = meaning
    const lead = name === 'report' ? { lead: phrase('signal.alone') } : {}
    visit.answer(await visit.ask({ type: 'command', name, words, message: about }), lead)
    return
  }
  if (quoted?.own) {
    if (await hearWrittenSign(heard, quoted, visit, tools)) return
    const number = meaning.type === 'number' ? meaning.number : null
    const actions = quoted.standing?.actions ?? []
    const action = meantBy(heard.words, number, actions)
    if (action) return act(action, quoted.ref, visit)
    const broadcast = broadcastOf(actions)
    if (broadcast) return command('answer', `${broadcast} ${heard.words}`, visit, null)
    if (number === null) return message(heard, about, visit)
    const known = cardCommand(number)
    if (known) return command(known, '', visit, about)
    if (quoted.standing && actions.length > 0) await offCard(quoted.standing, number, visit)
    return
  }
  // A code that everybody has read must be told as that.
  if (quoted || readCode(heard.words)) return message(heard, about, visit)
  if (meaning.type === 'number') return chooseOpenCard(meaning.number, group, visit, tools)
  // What people say to each other there without quoting a card is no business of the hub.
  if (heard.mentioned) await command('hub', 'help', visit, null)
}

/** Some phones make it easier to answer with an emoji than to react with it. */
async function hearWrittenSign(heard: Of<'text'>, quoted: Quoted, visit: Visit, tools: Tools): Promise<boolean> {
  const { ref, standing } = quoted
  const place = readRef(ref)
  if (!place || heard.files.length > 0 || !isSignOn(heard.words.trim(), standing)) return false
  const { author, at: target } = place
  await hearSign({ emoji: heard.words.trim(), author, target, removed: false }, visit, tools)
  return true
}

type Quoted = { readonly ref: MessageRef; readonly own: boolean; readonly standing: Standing | null }

async function quotedMessage(heard: Of<'text'>, { board, number }: Tools): Promise<Quoted | null> {
  if (!heard.quote) return null
  const ref = messageRef(roomOf(heard), heard.quote.author, heard.quote.at)
  const own = heard.quote.author === number
  return { ref, own, standing: own ? await board.read(ref) : null }
}

/** Takes what was written to a message of the hub in the direct conversation; false if it is about nothing there. */
async function onMessage(quoted: Quoted, number: number | null, visit: Visit, tools: Tools): Promise<boolean> {
  const { heard } = visit
  if (heard.type !== 'text') return false
  const { ref, standing } = quoted
  if (!standing) {
    if (number === null || visit.desk().forms.length > 0) return false
    visit.tell(phrase('signal.forgotten'))
    return true
  }
  const { actions } = standing
  const id = actions.map(one => aboutOf(one.id)).find(one => one !== null)
  const broadcast = broadcastOf(actions)
  const action = meantBy(heard.words, number, actions)
  if (action) await act(action, ref, visit)
  else if (await hearWrittenSign(heard, quoted, visit, tools)) return true
  else if (number !== null && actions.length > 0) await offCard(standing, number, visit)
  else if (id && number === null && heard.files.length === 0) {
    await command('update', `${id} ${heard.words}`, visit, null)
  } else if (broadcast && number === null && heard.files.length === 0) {
    await command('answer', `${broadcast} ${heard.words}`, visit, null)
  } else return false
  return true
}

async function message(heard: Of<'text'>, about: MessageRef | null, visit: Visit): Promise<void> {
  const { words, files, until } = heard
  const gone = until === null ? {} : { until }
  const said = { type: 'message', words, files, self: selfRef(heard), message: about, ...gone } as const
  visit.answer(await visit.ask(said))
}
