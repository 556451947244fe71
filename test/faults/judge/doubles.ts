import { messagesIn } from '../../peers/discord/world.ts'
import { everybody } from '../town.ts'
import type { Check } from './verdict.ts'

// Whoever sends a form in again, since the first answer did not close it, is answered again; the receipt says more.
const answer = /^Received as [A-Z]{2}-\d{4,}, [^\n]*$/

/** Nothing that the hub says under one key stands twice on Slack or Discord, and on Signal only where it says so. */
export const doubles: Check = async ({ stage }, { check, allow }) => {
  const { slack, discord, signal } = stage.peers
  const said = new Map<string, string[]>()
  const add = (key: string, text: string) => said.set(key, [...(said.get(key) ?? []), text])
  const answers = new Set<string>()
  for (const channel of slack.world.channels.values()) {
    for (const { metadata, text, ts } of channel.messages) {
      const { key } = (metadata?.event_payload ?? {}) as { readonly key?: string }
      if (!key) continue
      add(`${channel.id} ${key}`, `${ts} ${text.split('\n')[0]}`)
      if (channel.id.startsWith('D') && answer.test(text)) answers.add(`${channel.id} ${key}`)
    }
  }
  for (const channel of discord.world.channels.keys()) {
    for (const { nonce, content } of messagesIn(discord.world, channel)) {
      if (nonce !== undefined) add(`${channel} ${nonce}`, content)
    }
  }
  for (const [key, texts] of said) {
    const again = texts.length === 2 && answers.has(key)
    if (again) allow('the same answer in private on Slack, because a form was sent in again')
    check('a message stands once', texts.length === 1 || again, () => `${key} stands as ${texts.join(' | ')}`)
  }
  for (const { accounts } of everybody) {
    if (!accounts.signal) continue
    const texts = (await signal.direct(accounts.signal)).filter(one => one.author === 'hub').map(one => one.text)
    const receipts = texts.filter(text => /^(You may get this twice[^\n]*\n)?Received as .*\n/.test(text))
    for (const id of new Set(receipts.flatMap(text => /Received as ([A-Z]{2}-\d+)/.exec(text)?.[1] ?? []))) {
      const same = receipts.filter(text => text.includes(`Received as ${id},`) || text.includes(`Received as ${id}.`))
      const flagged = same.some(text => text.includes('You may get this twice'))
      if (same.length === 2 && flagged) allow('a receipt twice on Signal after a lost answer, and it says so')
      check('a receipt on Signal stands once, or says so', same.length < 2 || flagged, () => `${id}: ${same.length}`)
    }
  }
}
