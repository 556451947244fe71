import type { Filed } from '../diary.ts'
import { type Check, type Evidence, holding, type Verdict } from './verdict.ts'

/** What people were told about their reports is true, and nobody is left without knowing. */
export const reports: Check = async (evidence, verdict) => {
  for (const filed of evidence.diary.filed.values()) await one(filed, evidence, verdict)
}

const aroundMs = 60_000

async function one(filed: Filed, evidence: Evidence, { check, allow }: Verdict): Promise<void> {
  const { report, told, id } = filed
  const found = holding(evidence, report.word)
  const who = `report ${report.n} (${report.tool}, ${report.who}, told ${told} ${id ?? ''})`
  check('a report stands at most once', found.length < 2, () => `${who} stands ${found.length} times`)
  const read = (await evidence.stage.someone(report.who, report.tool).direct()).map(seen => seen.text)
  const standing = found[0]
  if (told === 'received') {
    // Two receipts of one person may come out of turn; each must be of a report of theirs.
    const both = standing && [...read, ...evidence.diary.pages].some(text => text.includes(standing.id))
    const own = [...evidence.diary.filed.values()].filter(one => one.report.who === report.who)
    const theirs = own.some(one => holding(evidence, one.report.word)[0]?.id === id)
    if (!standing && theirs) return allow('a late receipt, taken for that of the next report')
    const same = standing?.id === id || (both && theirs)
    return check('"Received" is true', Boolean(same), () => `${who} stands as ${standing?.id ?? 'nothing'}`)
  }
  if (told === 'not-received') {
    return check('"NOT received" is true', standing === undefined, () => `${who} stands as ${standing?.id}`)
  }
  if (told === 'silent' && !standing) return allow('somebody got no answer, and nothing was kept')
  if (!standing) {
    const settled = read.some(text => /NOT (received|added)|cannot tell whether this was received/.test(text))
    const died = evidence.diary.deaths.some(at => at > filed.at - aroundMs && at < filed.at + 5 * aroundMs)
    if (!settled && died) return allow('a hub died while somebody read that it was saving')
    return check('an open answer is settled', settled, () => `${who} was never told that it was not received`)
  }
  if (report.contact !== 'yes') return allow('a receipt that could not be given to who asked not to be written to')
  const known = read.some(text => text.includes(standing.id))
  check('an open answer is settled', known, () => `${who} stands as ${standing.id} and was never told so`)
}
