import { accept } from './accept.ts'
import { acquaint } from './acquaint.ts'
import { add } from './add.ts'
import { after } from './after.ts'
import { agenda } from './agenda.ts'
import { agree } from './agree.ts'
import { alone } from './alone.ts'
import { answer } from './answer.ts'
import { approve } from './approve.ts'
import { bind } from './bind.ts'
import { board } from './board.ts'
import { brief } from './brief.ts'
import { broadcast } from './broadcast.ts'
import { cannot } from './cannot.ts'
import { carrier } from './carrier.ts'
import { claim } from './claim.ts'
import type { Command } from './command.ts'
import { correct } from './correct.ts'
import { decline } from './decline.ts'
import { delivery } from './delivery.ts'
import { details } from './details.ts'
import { different } from './different.ts'
import { discard } from './discard.ts'
import { dismiss } from './dismiss.ts'
import { drill } from './drill.ts'
import { duty } from './duty.ts'
import { erase } from './erase.ts'
import { escalate } from './escalate.ts'
import { evidence } from './evidence.ts'
import { exportReports } from './export.ts'
import { fill } from './fill.ts'
import { gate } from './gate.ts'
import { handover } from './handover.ts'
import { headcount } from './headcount.ts'
import { hearsay } from './hearsay.ts'
import { hold, unhold } from './hold.ts'
import { hubCommand } from './hub.ts'
import { incident } from './incident.ts'
import { incidents } from './incidents.ts'
import { invite } from './invite.ts'
import { join } from './join.ts'
import { keep } from './keep.ts'
import { kind } from './kind.ts'
import { kit } from './kit.ts'
import { leave } from './leave.ts'
import { library } from './library.ts'
import { link, unlink } from './link.ts'
import { live } from './live.ts'
import { mark } from './mark.ts'
import { merge } from './merge.ts'
import { messenger } from './messenger.ts'
import { messengers } from './messengers.ts'
import { mine } from './mine.ts'
import { more } from './more.ts'
import { hand, nudge } from './nudge.ts'
import { opencontact } from './opencontact.ts'
import { phones } from './phones.ts'
import { place } from './place.ts'
import { plan } from './plan.ts'
import { prefer } from './prefer.ts'
import { propose } from './propose.ts'
import { protocol } from './protocol.ts'
import { rabat, rabat2 } from './rabat.ts'
import { raise } from './raise.ts'
import { rate } from './rate.ts'
import { reach } from './reach.ts'
import { received } from './received.ts'
import { recurring } from './recurring.ts'
import { reject } from './reject.ts'
import { release } from './release.ts'
import { reopen } from './reopen.ts'
import { report } from './report.ts'
import { rerun } from './rerun.ts'
import { resolve } from './resolve.ts'
import { reveal } from './reveal.ts'
import { reviews } from './reviews.ts'
import { rumour } from './rumour.ts'
import { run } from './run.ts'
import { safe } from './safe.ts'
import { same } from './same.ts'
import { sendback } from './sendback.ts'
import { separate } from './separate.ts'
import { several } from './several.ts'
import { shield, unshield } from './shield.ts'
import { sitrep } from './sitrep.ts'
import { sources } from './sources.ts'
import { steer } from './steer.ts'
import { step } from './step.ts'
import { startCommand, stop } from './stop.ts'
import { table } from './table.ts'
import { takeout } from './takeout.ts'
import { tally } from './tally.ts'
import { topic } from './topic.ts'
import { triage } from './triage.ts'
import { undo } from './undo.ts'
import { update } from './update.ts'
import { verify } from './verify.ts'
import { view } from './view.ts'
import { wanted } from './wanted.ts'
import { warning } from './warning.ts'
import { weigh } from './weigh.ts'
import { when } from './when.ts'
import { whoami } from './whoami.ts'
import { whom } from './whom.ts'
import { withdraw } from './withdraw.ts'
import { without } from './without.ts'
import { wording } from './wording.ts'

const hub = hubCommand(() => commands)

/** Everything a person can ask for: the typed commands in the order they are told, then what is only a button. */
export const commands: readonly Command[] = [
  report,
  mine,
  incidents,
  incident,
  triage,
  protocol,
  step,
  claim,
  join,
  update,
  resolve,
  handover,
  escalate,
  dismiss,
  release,
  reopen,
  merge,
  verify,
  mark,
  withdraw,
  duty,
  drill,
  shield,
  broadcast,
  sitrep,
  exportReports,
  board,
  warning,
  rumour,
  brief,
  agenda,
  delivery,
  bind,
  whoami,
  hub,
  accept,
  add,
  after,
  agree,
  alone,
  approve,
  answer,
  cannot,
  correct,
  decline,
  details,
  discard,
  erase,
  evidence,
  gate,
  hand,
  headcount,
  hearsay,
  hold,
  invite,
  keep,
  kind,
  leave,
  link,
  live,
  more,
  nudge,
  phones,
  place,
  plan,
  prefer,
  propose,
  rabat,
  rabat2,
  raise,
  rate,
  reach,
  recurring,
  reviews,
  reveal,
  reject,
  rerun,
  run,
  safe,
  same,
  different,
  separate,
  several,
  sources,
  steer,
  startCommand(hub),
  stop,
  table,
  takeout,
  tally,
  topic,
  undo,
  library,
  wording,
  carrier,
  fill,
  sendback,
  kit,
  received,
  messengers,
  messenger,
  acquaint,
  opencontact,
  unhold,
  unlink,
  unshield,
  view,
  wanted,
  weigh,
  when,
  whom,
  without,
]

/** The command of that name, or null. */
export function findCommand(name: string): Command | null {
  return commands.find(command => command.name === name) ?? null
}
