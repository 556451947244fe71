import { coordination, personal } from '../town.ts'
import type { Check } from './verdict.ts'

/** Nothing is left undone, what could not be done is said, no chain is broken, and no rule of a tool. */
export const rest: Check = async ({ rest: left, witness, stuck, broken, stage }, { check, allow }) => {
  check('everything is done in the end', left.length === 0, () => left.join(', '))
  const findings = await Array.fromAsync(witness.store.audit.verify())
  check('hash chains verify', findings.length === 0, () => JSON.stringify(findings.slice(0, 5)))
  const told = [...stage.written('slack', coordination.slack), ...stage.written('signal', coordination.signal)].join(
    '\n',
  )
  for (const one of stuck) {
    // Of a broadcast its live message tells.
    if (one.key.startsWith('cast:')) continue
    const blind = one.state === 'unsure'
    if (blind) allow('something on Signal of which nobody can tell if it arrived')
    check('nothing is stuck in silence', blind && /cannot tell|may or may not have arrived/.test(told), () =>
      JSON.stringify(one),
    )
  }
  for (const { rule, during } of broken) {
    if (/second first answer/.test(rule)) {
      allow('an answer on Discord given again, because it was not known to have arrived')
      continue
    }
    if (/two sends at once/.test(rule) && during.some(what => /kill|freeze|hang/.test(what))) {
      allow('two sends at once on Signal, because a hub died in the middle of one')
      continue
    }
    const late = /late acknowledgement|an answer after/.test(rule)
    const excused = late && during.some(what => /kill|freeze|database|disk|half-open|down|cut/.test(what))
    if (excused) allow('an answer that came too late while a hub was dying')
    else check('no rule of a tool is broken', false, () => `${rule} (${during.join(', ') || 'nothing went wrong'})`)
  }
  check('no rule of a tool is broken', true, () => '')
}

/** Nothing personal is in the logs, and no mistake of the program. */
export const logs: Check = async ({ log, diary }, { check }) => {
  const words = new Set([
    ...[...diary.filed.values()].map(one => one.report.word),
    ...[...diary.casts.values()].flatMap(one => [one.deed.word, ...(one.now ? [one.now] : [])]),
    ...[...diary.lines.values()].flatMap(one => [one.word, ...(one.former ? [one.former] : [])]),
  ])
  const found = [...log.matchAll(/[a-z]{8,}/g)].map(([token]) => token).filter(token => words.has(token))
  check('no words are logged', found.length === 0, () => found.slice(0, 5).join())
  for (const name of personal) check('nobody is named in logs', !log.includes(name), () => name)
  const bugs = log.split('\n').filter(line => /"level":[56]0/.test(line) && mistakes.test(line))
  for (const bug of bugs.slice(0, 5)) check('no mistake of the program', false, () => bug.slice(0, 600))
  check('no mistake of the program', true, () => '')
}

const mistakes = /"type":"(Type|Reference|Range|Syntax)Error|something failed that nobody waited for/
