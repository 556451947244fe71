/** The English sentences about new words for those who have a broadcast, and who approves those, by key. */
export const correction = {
  'correction.already': 'You approved the correction of {id} at {time}. It waits for one other person.',
  'correction.changed':
    'The correction of {id} was changed after what you saw. Look at it again before you approve it: /broadcast {id}.',
  'correction.none': 'No correction of {id} waits any more. How it stands: /broadcast {id}.',
  'correction.alone-not': '{id} is not about saving lives, so a second person has to approve new words for it.',
  'correction.recall-bare':
    'Words of your own need a second person. Take {id} back without them: that goes at once, and says so.',
  'correction.title': 'Please approve a correction of {id}: {title}',
  'correction.title-red': 'Please approve a correction of {id}',
  'correction.ask': '{person} asks to send new words to everybody who had {id}. Nobody has them yet.',
  'correction.were': 'They have now:',
  'correction.are': 'They would get:',
  'correction.since': 'Changed since it was proposed first:',
  'correction.notice':
    'New words for {id} go out once a second person has approved them. To stop harm at once, take it back.',
  'correction.notice-alone':
    'New words for {id} wait for a second person, unless you say why they cannot: then they go at once.',
  'correction.notice-recall': '{id} is taken away at once from all who had it, and says only that it was taken back.',
  'correction.form-alone-hint': 'Only to save lives; all who may approve it are told. Empty: it waits for one of them.',
  'correction.form-recall-why': 'Why is it taken back?',
  'correction.form-recall-hint': 'Those who may approve it read this, nobody else. It may stay empty.',
  'correction.waits':
    'Your words for {id} wait for approval: whoever may give it is asked now. Until then people have the old ones.',
  'correction.approved': 'You approved the new words for {id}.',
  'correction.declined': 'The new words for {id} are not sent. {person} is told why.',
  'correction.proposed-at': 'Correction proposed by {person}, {time}. Nobody has it yet:',
  'correction.corrected-with': 'Corrected by {person}, approved by {people}, {time}:',
  'correction.corrected-alone': 'Corrected by {person} alone, {time}, to save lives: {reason}',
  'correction.recalled-why': 'Taken back by {person}, {time}: {reason}',
  'correction.list': 'CORRECTION WAITS FOR APPROVAL',
  'correction.button-second': 'Approve the correction',
  'correction.button-decline': 'Send the correction back',
  'correction.told-one': '{person} approved the correction of {id}. One more person has to.',
  'correction.told-one-senior':
    '{person} approved the correction of {id}. A leader or a coordinator of the whole network has to approve it too.',
  'correction.told-nobody':
    'Nobody else here may approve the correction of {id}. If its words do harm, take it back: that needs nobody else.',
  'correction.told-declined':
    '{person} sent the correction of {id} back. People still have the old words. Their reason: {reason}',
  'correction.told-corrected': '{person} corrected {id} ({title}), approved by {people}. Those who had it get this:',
  'correction.told-alone':
    '{person} corrected {id} ({title}) without a second person, to save lives. ' +
    'Those who had it get the words below. Their reason: {reason}',
  'correction.told-recalled': '{person} took {id} ({title}) back from those who had it. Their reason: {reason}',
} as const
